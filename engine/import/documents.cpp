#include "engine/import/documents.h"

#include "engine/import/faults.h"
#include "engine/import/text.h"
#include "events/base/check.h"
#include "events/codec/limits.h"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

namespace daybook::import {
namespace {

using domain::Code;

// Leaves room in a record for everything beside the texts of lines.
constexpr std::size_t kDocumentTextMax = kRecordBytesMax / 2;

bool has_credit_number(std::string_view number) {
    return number.size() > 1 && (number.front() == 'C' || number.front() == 'c')
           && std::ranges::all_of(number.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

// The sign of what the rows state together, exactly: in units of 10^-12, where a line that no
// document can hold counts as 10^28, so that no number of them leaves 128 bits.
bool states_more_than_nothing(const SourceDocument& document) {
    const Wide minor = power_of_ten(12) / power_of_ten(document.currency.digits().value_or(0));
    const Wide limit = Wide{power_of_ten(14)} * power_of_ten(14);
    Wide sum = 0;
    for (const Item& item : document.items) {
        const Wide stated = item.total ? item.total->minor * minor
                                       : Wide{item.quantity.micro} * item.unit_price.micro;
        sum += std::clamp(stated, -limit, limit);
    }
    return sum > 0;
}

// Seconds since 1970 in the zone that nobody names.
std::int64_t seconds(const WallTime& at) {
    return std::int64_t{at.date.days} * 86'400 + at.second_of_day.value_or(0);
}

class Checker {
  public:
    Checker(const Columns& columns, Faults& faults) : columns_(columns), faults_(faults) {}

    void check(const SourceDocument& document) {
        if (document.items.size() > kLinesMax)
            fault(document, document.items[kLinesMax], Role::number, Code::too_many_lines,
                  fmt::format("{} lines; {} are the limit", document.items.size(), kLinesMax));
        std::size_t text = 0;
        for (const Item& item : document.items) {
            text += item.code.size() + item.description.size();
            if (item.currency != document.currency)
                fault(document, item, Role::currency, Code::currency_mismatch,
                      contradiction(item.currency.code, document.currency.code));
            if (!item.client.empty() && item.client != document.client)
                fault(document, item, Role::client, Code::client_mismatch,
                      contradiction(item.client, document.client));
            if (seconds(item.at) - seconds(document.at) >= 86'400)
                fault(document, item, Role::date, Code::bad_date,
                      contradiction(to_text(item.at.date), to_text(document.at.date)));
        }
        if (text > kDocumentTextMax)
            fault(document, document.items.front(), Role::number, Code::text_too_long,
                  fmt::format("{} bytes of text; {} are the limit", text, kDocumentTextMax));
    }

  private:
    static std::string contradiction(std::string_view here, std::string_view there) {
        return fmt::format("{} here, {} on another of its lines", in_quotes(here),
                           in_quotes(there));
    }
    void fault(const SourceDocument& document, const Item& item, Role role, Code code,
               std::string_view reason) {
        faults_.add(
            row_pointer(item.line, columns_.name(role)), code,
            fmt::format("line {}, document {}: {}", item.line, in_quotes(document.number), reason));
    }

    const Columns& columns_;
    Faults& faults_;
};

// What follows from the document's rows taken together.
void conclude(SourceDocument& document) {
    std::vector<std::string> countries;
    document.at = std::ranges::min(document.items, {}, &Item::at).at;
    document.currency = document.items.front().currency;
    for (const Item& item : document.items) {
        if (document.client.empty())
            document.client = item.client;
        document.several_moments = document.several_moments || item.at != document.at;
        countries.push_back(item.country);
    }
    document.country = most_frequent(countries);
    document.several_countries = std::ranges::count(countries, document.country)
                                 != static_cast<std::ptrdiff_t>(countries.size());
    document.client_missing_on_some =
        !document.client.empty()
        && std::ranges::any_of(document.items, [](auto& item) { return item.client.empty(); });
    document.credit_note =
        has_credit_number(document.number) && !states_more_than_nothing(document);
}

std::vector<SourceDocument> gather(std::vector<Item> items) {
    std::vector<SourceDocument> documents;
    std::unordered_map<std::string, std::size_t> places;
    std::size_t last = 0;
    for (Item& item : items) {
        const auto [found, added] = places.try_emplace(item.number, documents.size());
        if (added)
            documents.push_back({.number = item.number});
        else if (found->second != last)
            documents[found->second].interrupted = true;
        last = found->second;
        documents[last].items.push_back(std::move(item));
    }
    return documents;
}

} // namespace

std::string most_frequent(std::span<const std::string> values) {
    CHECK(!values.empty(), "there is a value to choose");
    std::unordered_map<std::string_view, std::size_t> counts;
    for (const std::string& value : values)
        ++counts[value];
    return *std::ranges::max_element(values, {}, [&](const auto& value) { return counts[value]; });
}

std::expected<std::vector<SourceDocument>, domain::Refusal>
group_documents(std::vector<Item> items, const Columns& columns) {
    std::vector<SourceDocument> documents = gather(std::move(items));
    Faults faults;
    Checker checker(columns, faults);
    for (SourceDocument& document : documents) {
        conclude(document);
        checker.check(document);
    }
    if (!faults.empty())
        return std::unexpected(
            std::move(faults).refusal(Code::import_broken_row, "Documents that contradict"));
    return documents;
}

} // namespace daybook::import
