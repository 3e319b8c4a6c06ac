#include "api/imports/list_columns.h"

#include "api/handlers/clients.h"
#include "api/handlers/products.h"
#include "engine/import/faults.h"
#include "engine/import/text.h"

#include <algorithm>
#include <array>
#include <set>

namespace daybook::api {
namespace {

constexpr std::array<std::string_view, 6> kOnlyShown = {"archived",   "version",    "revision",
                                                        "created_at", "updated_at", "merged_into"};

bool contains(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

struct List {
    std::string_view name;
    EntityKind kind;
    const Resource& (*resource)(); // Its export has the columns that come back.

    bool shows(std::string_view member) const {
        // The currency of a product is that of its price, which stays.
        return contains(kOnlyShown, member)
               || (kind == EntityKind::product && member == "currency");
    }
    bool knows(std::string_view member) const {
        return contains(resource().csv_columns, member) || shows(member);
    }
};

constexpr std::string_view kIgnore = "ignore";

// What the mapping says of each column; else its own name.
std::vector<std::string> members_of(const import::Row& header, std::span<const NamedText> mapping) {
    std::vector<std::string> members;
    for (std::size_t i = 0; i < header.fields.size(); ++i) {
        const std::string own(import::trimmed(header.fields[i]));
        const auto mapped = std::ranges::find_if(mapping, [&](const NamedText& entry) {
            return entry.name == own || entry.name == "#" + std::to_string(i + 1);
        });
        members.push_back(mapped == mapping.end() ? own : mapped->value);
    }
    return members;
}

constexpr std::array<List, 2> kLists{
    {{"products", EntityKind::product, products}, {"clients", EntityKind::client, clients}}};

std::expected<const List*, Problem> list_called(std::string_view name) {
    const auto found = std::ranges::find(kLists, name, &List::name);
    if (found != kLists.end())
        return &*found;
    Problem no = problem(422, "invalid_input", "Options");
    no.faults.push_back({"/list", "unknown_value", "clients or products"});
    return std::unexpected(std::move(no));
}

Problem needs_list() {
    Problem no = problem(422, "needs_choice", "The file does not say everything");
    no.faults.push_back(
        {"/list", "needs_choice", "clients and products have these columns: which are they?"});
    no.facts.push_back({"list", "clients|products"});
    return no;
}

// Which list has these columns, if most of them are columns of one; null: none. Where both know as
// many, nothing is guessed.
std::expected<const List*, Problem> list_with(std::span<const std::string> members,
                                              std::string_view said) {
    const auto has = [&](std::string_view name) {
        return std::ranges::find(members, name) != members.end();
    };
    if (!has("name") || has("quantity") || has("number"))
        return nullptr;
    if (!said.empty())
        return list_called(said);
    const auto known_to = [&](const List& list) {
        return std::ranges::count_if(members, [&](const std::string& member) {
            return member == kIgnore || list.knows(member);
        });
    };
    const auto of_products = known_to(kLists.front());
    const auto of_clients = known_to(kLists.back());
    if (2 * std::max(of_products, of_clients) < std::ssize(members))
        return nullptr;
    if (of_products == of_clients)
        return std::unexpected(needs_list());
    return of_products > of_clients ? &kLists.front() : &kLists.back();
}

} // namespace

std::optional<std::size_t> ListHeader::place(std::string_view member) const {
    const auto found = std::ranges::find(columns, member, &ListColumn::member);
    if (found == columns.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - columns.begin());
}

std::vector<NamedText> split_mapping(std::string_view text) {
    std::vector<NamedText> mapping;
    while (!text.empty()) {
        const std::string_view entry = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), entry.size() + 1));
        const std::size_t colon = entry.rfind(':');
        if (colon != std::string_view::npos)
            mapping.push_back({std::string(import::trimmed(entry.substr(0, colon))),
                               std::string(import::trimmed(entry.substr(colon + 1)))});
    }
    return mapping;
}

std::expected<std::optional<ListHeader>, Problem> recognise_list(const import::Row& header,
                                                                 std::span<const NamedText> mapping,
                                                                 std::string_view said) {
    const std::vector<std::string> members = members_of(header, mapping);
    const List* list = TRY(list_with(members, said));
    if (!list)
        return std::nullopt;
    ListHeader found{list->kind, {}};
    Problem no = problem(422, "unknown_format", "the columns of the list");
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < members.size(); ++i) {
        const std::string& member = members[i];
        const std::string own(import::trimmed(header.fields[i]));
        const std::string name = own.empty() ? "#" + std::to_string(i + 1) : own;
        if (member == kIgnore) {
            found.columns.push_back({name, {}, {}, false});
            continue;
        }
        if (!list->knows(member))
            no.faults.push_back(
                {"/mapping", "unknown_format",
                 import::in_quotes(name) + " means nothing here; map it, or to ignore"});
        else if (!seen.insert(member).second)
            no.faults.push_back(
                {"/mapping", "unknown_format", "two columns mean " + import::in_quotes(member)});
        const std::array<std::string_view, 1> one = {member};
        found.columns.push_back({name, member,
                                 columns_of(one, list->resource().schema).front().kind,
                                 list->shows(member)});
    }
    if (!no.faults.empty())
        return std::unexpected(std::move(no));
    return found;
}

} // namespace daybook::api
