#include "api/handlers/list_query.h"

#include "api/present/invoice.h"
#include "engine/domain/balance.h"
#include "events/base/reflect.h"
#include "events/base/whole_number.h"

#include <algorithm>
#include <set>
#include <span>

namespace daybook::api {
namespace {

using projections::ListQuery;
using projections::SortKey;

constexpr std::size_t kLimitMax = 500;
constexpr std::size_t kSortKeysMax = 3; // Stated by list_parameters().

// ---- names on the wire -------------------------------------------------------------------------

std::string_view name_of(SortKey key) {
    return key == SortKey::created ? "created_at" : enum_name(key);
}

// Each name on the wire with the one the projections know.
using StatusNames = std::vector<std::pair<std::string, std::string>>;

template <Enumeration E>
StatusNames names_of_all() {
    StatusNames names;
    for (std::size_t i = 0; i < kEnumCount<E>; ++i) {
        const auto value = static_cast<E>(i);
        if constexpr (std::is_same_v<E, domain::InvoiceStatus>)
            names.emplace_back(invoice_status_name(value), enum_name(value));
        else
            names.emplace_back(enum_name(value), enum_name(value));
    }
    return names;
}

StatusNames status_names(EntityKind kind) {
    switch (kind) {
    case EntityKind::invoice:
        return names_of_all<domain::InvoiceStatus>();
    case EntityKind::credit_note:
        return names_of_all<domain::CreditNoteStatus>();
    case EntityKind::payment:
        return names_of_all<domain::PaymentStatus>();
    case EntityKind::client:
    case EntityKind::product:
        return {{"live", "live"}, {"archived", "archived"}};
    case EntityKind::file:
        return {{"live", "live"}, {"detached", "detached"}, {"erased", "erased"}};
    default: // Settings.
        return {{"live", "live"}, {"closed", "closed"}, {"retired", "retired"}};
    }
}

std::vector<std::string_view> split_at_commas(std::string_view text) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t comma = text.find(',');
        parts.push_back(text.substr(0, comma));
        if (comma == std::string_view::npos)
            return parts;
        text.remove_prefix(comma + 1);
    }
}

// ---- one parameter after another ---------------------------------------------------------------

class Reader {
  public:
    explicit Reader(const Resource& resource) : resource_(resource) {
        query_.kind = resource.kind;
        if (!resource.sorts.empty())
            query_.sort = {{resource.sorts.front()}};
    }

    std::expected<ListQuery, Problem> read(const Request& request) {
        std::set<std::string_view> seen;
        for (const auto& [name, value] : request.query) {
            if (!seen.insert(name).second)
                fault(name, "given twice");
            else
                read_one(name, value);
        }
        if (no_.faults.empty())
            return std::move(query_);
        no_.detail = no_.faults.front().detail;
        return std::unexpected(std::move(no_));
    }

  private:
    void fault(std::string_view name, std::string detail) {
        no_.faults.push_back({"?" + std::string(name), "bad_parameter",
                              std::string(name) + ": " + std::move(detail)});
    }

    void read_one(std::string_view name, std::string_view value) {
        if (name == "limit")
            read_limit(value);
        else if (name == "sort")
            read_sort(value);
        else if (name == "count")
            query_.count = truth(name, value).value_or(false);
        else if (name == "sums")
            query_.sums = truth(name, value).value_or(false);
        else if (name == "q")
            query_.text = value;
        else if (name == "status")
            read_status(value);
        else if (name == "client_id")
            read_client(value);
        else if (name == "number" || name == "code")
            query_.number = value;
        else if (name == "overdue")
            query_.overdue = truth(name, value);
        else if (name.starts_with("issued_on") || name.starts_with("received_on"))
            read_date(name, value, query_.issued_from, query_.issued_to);
        else if (name.starts_with("due_on"))
            read_date(name, value, query_.due_from, query_.due_to);
    }

    std::optional<bool> truth(std::string_view name, std::string_view value) {
        if (value == "true" || value == "false")
            return value == "true";
        fault(name, "true or false");
        return std::nullopt;
    }

    void read_limit(std::string_view value) {
        const auto limit = whole_number<std::size_t>(value);
        if (!limit || *limit < 1 || *limit > kLimitMax)
            return fault("limit", "1 to " + std::to_string(kLimitMax));
        query_.limit = *limit;
    }

    // -issued_on,number: each name once, '-' for descending.
    void read_sort(std::string_view value) {
        query_.sort.clear();
        for (std::string_view name : split_at_commas(value)) {
            const bool descending = name.starts_with('-');
            name.remove_prefix(descending ? 1 : 0);
            const auto known = std::ranges::find(resource_.sorts, name, name_of);
            if (known == resource_.sorts.end())
                return fault("sort", "'" + std::string(name) + "' is none of " + sort_names()
                                         + "; '-' in front for descending");
            if (std::ranges::count(query_.sort, *known, &projections::SortBy::key) > 0)
                return fault("sort", std::string(name) + " is given twice");
            query_.sort.push_back({*known, descending});
        }
        if (query_.sort.size() > kSortKeysMax)
            fault("sort", "at most " + std::to_string(kSortKeysMax) + " names");
    }

    std::string sort_names() const {
        std::string names;
        for (const SortKey key : resource_.sorts)
            names += (names.empty() ? "" : ", ") + std::string(name_of(key));
        return names;
    }

    void read_status(std::string_view value) {
        const StatusNames known = status_names(resource_.kind);
        for (const std::string_view wanted : split_at_commas(value)) {
            const auto found = std::ranges::find(known, wanted, &StatusNames::value_type::first);
            if (found == known.end())
                return fault("status", "'" + std::string(wanted) + "' is no status of this list");
            query_.status.push_back(found->second);
        }
    }

    void read_client(std::string_view value) {
        if (const auto id = parse_uuid(value))
            query_.client_id = ClientId{*id};
        else
            fault("client_id", "not an id");
    }

    // name, name[gte], name[lte], name[gt] or name[lt]: several of them narrow the range.
    void read_date(std::string_view name, std::string_view value, std::optional<Date>& from,
                   std::optional<Date>& to) {
        const auto date = parse_date(value);
        if (!date)
            return fault(name, date.error().what);
        const auto not_before = [&](Date day) { from = std::max(from.value_or(day), day); };
        const auto not_after = [&](Date day) { to = std::min(to.value_or(day), day); };
        if (name.ends_with("[gt]"))
            not_before(add_days(*date, 1));
        else if (name.ends_with("[lt]"))
            not_after(add_days(*date, -1));
        else if (name.ends_with("[gte]"))
            not_before(*date);
        else if (name.ends_with("[lte]"))
            not_after(*date);
        else {
            not_before(*date);
            not_after(*date);
        }
    }

    const Resource& resource_;
    ListQuery query_;
    Problem no_ = problem(400, "bad_parameter");
};

} // namespace

std::expected<projections::ListQuery, Problem> read_list_query(const Resource& resource,
                                                               const Request& request) {
    return Reader(resource).read(request);
}

} // namespace daybook::api
