#include "engine/import/report.h"

#include "engine/import/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <tuple>

namespace daybook::import {
namespace {

// ---- oddities: a name for the count and the warning, a sentence, and how to see one ------------

struct LineOddity {
    std::string_view name;
    std::string_view detail;
    bool (*is)(const Item&);
};

constexpr std::array kLineOddities = std::to_array<LineOddity>({
    {"lines_without_client", "Lines that name no client",
     [](const Item& item) { return item.client.empty(); }},
    {"lines_of_zero_price", "Lines whose unit price is zero",
     [](const Item& item) { return item.unit_price == Decimal{}; }},
    {"lines_without_description", "Lines without a description",
     [](const Item& item) { return trimmed(item.description).empty(); }},
    {"lines_without_code", "Lines without a code",
     [](const Item& item) { return trimmed(item.code).empty(); }},
    {"lines_of_zero_quantity", "Lines whose quantity is zero",
     [](const Item& item) { return item.quantity == Decimal{}; }},
    {"lines_of_negative_price", "Lines whose unit price is negative",
     [](const Item& item) { return item.unit_price < Decimal{}; }},
});

struct Seen {
    const SourceDocument& source;
    const domain::ImportedDocument& imported;
    const Observed& all;
};

bool any_negative_quantity(const SourceDocument& source) {
    return std::ranges::any_of(source.items, [](auto& item) { return item.quantity < Decimal{}; });
}

bool is_native_number(std::string_view number) {
    constexpr std::string_view kMarks = "+-_/";
    return number.size() <= 35 && std::ranges::all_of(number, [&](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
                      || kMarks.find(c) != std::string_view::npos;
           });
}

struct DocumentOddity {
    std::string_view name;
    std::string_view detail;
    bool (*is)(const Seen&);
};

constexpr std::array kDocumentOddities = std::to_array<DocumentOddity>({
    {"documents_without_client", "Documents that name no client",
     [](const Seen& seen) { return seen.source.client.empty(); }},
    {"invoices_with_negative_quantities", "Invoices with negative quantities, kept as invoices",
     [](const Seen& seen) {
         return !seen.source.credit_note && any_negative_quantity(seen.source);
     }},
    {"documents_of_zero_total", "Documents that add up to nothing, issued at zero",
     [](const Seen& seen) { return seen.imported.imported.frozen.totals.total == Amount{}; }},
    {"documents_with_several_moments", "Rows carry several moments; the earliest was taken",
     [](const Seen& seen) { return seen.source.several_moments; }},
    {"documents_with_several_countries",
     "Rows carry several countries; the most frequent was taken",
     [](const Seen& seen) { return seen.source.several_countries; }},
    {"documents_with_client_on_some_lines", "Some rows name the client and some name none",
     [](const Seen& seen) { return seen.source.client_missing_on_some; }},
    {"documents_interrupted", "Rows do not follow each other; they were put together",
     [](const Seen& seen) { return seen.source.interrupted; }},
    {"documents_with_differences", "Stated amounts, kept, are not those our arithmetic makes",
     [](const Seen& seen) { return !seen.imported.imported.differences.empty(); }},
    {"documents_dated_in_future", "Documents dated after today",
     [](const Seen& seen) { return seen.source.at.date > seen.all.today; }},
    {"documents_in_other_currency", "Documents in another currency than the company's",
     [](const Seen& seen) { return seen.source.currency != seen.all.base_currency; }},
    {"documents_of_unknown_country", "Countries we have no code for, kept as text",
     [](const Seen& seen) {
         return !seen.source.country.empty() && address_in(seen.source.country).country.empty();
     }},
    {"invoices_with_credit_number", "Numbers like a credit note's whose amounts are not negative",
     [](const Seen& seen) {
         return !seen.source.credit_note && (seen.source.number.front() | ' ') == 'c'
                && seen.source.number.find_first_not_of("0123456789", 1) == std::string::npos
                && seen.source.number.size() > 1;
     }},
    {"numbers_of_unusual_form", "Numbers that a series of ours could not have given, kept",
     [](const Seen& seen) { return !is_native_number(seen.source.number); }},
});

// ---- collecting --------------------------------------------------------------------------------

class Findings {
  public:
    explicit Findings(ImportRecorded& into) : into_(into) {}

    void count(std::string_view name, std::uint64_t count) {
        into_.counts.push_back({std::string(name), count});
    }
    // A count that is also a warning when there is anything to warn of.
    void warn(std::string_view name, std::string_view detail, std::span<const std::string> found) {
        count(name, found.size());
        if (found.empty())
            return;
        const auto examples = found.first(std::min(found.size(), kExamplesMax));
        into_.warnings.push_back({std::string(name),
                                  found.size(),
                                  std::string(detail),
                                  {examples.begin(), examples.end()}});
    }

  private:
    ImportRecorded& into_;
};

void warn_of_lines(const Observed& observed, Findings& findings) {
    for (const LineOddity& oddity : kLineOddities) {
        std::vector<std::string> found;
        for (const SourceDocument& document : observed.documents)
            for (const Item& item : document.items)
                if (oddity.is(item))
                    found.push_back(fmt::format("line {}, {}", item.line, document.number));
        findings.warn(oddity.name, oddity.detail, found);
    }
}

void warn_of_repeated_lines(const Observed& observed, Findings& findings) {
    std::vector<std::string> found;
    for (const SourceDocument& document : observed.documents) {
        std::set<std::tuple<std::string_view, std::string_view, Decimal, Decimal,
                            std::optional<Amount>, WallTime, std::string_view, std::string_view>>
            seen;
        for (const Item& item : document.items)
            if (!seen.emplace(item.code, item.description, item.quantity, item.unit_price,
                              item.total, item.at, item.client, item.country)
                     .second)
                found.push_back(fmt::format("line {}, {}", item.line, document.number));
    }
    findings.warn("lines_repeated", "Lines equal to an earlier one of their document, kept", found);
}

void warn_of_documents(const Observed& observed, Findings& findings) {
    for (const DocumentOddity& oddity : kDocumentOddities) {
        std::vector<std::string> found;
        for (std::size_t i = 0; i < observed.documents.size(); ++i)
            if (oddity.is({observed.documents[i], observed.imported[i], observed}))
                found.push_back(observed.documents[i].number);
        findings.warn(oddity.name, oddity.detail, found);
    }
}

void warn_of_what_stays_outside(const Observed& observed, Findings& findings) {
    std::vector<std::string> unread;
    for (const std::size_t place : observed.columns.ignored)
        unread.push_back(observed.columns.names[place]);
    findings.warn("columns_not_imported", "Columns that no meaning is known for", unread);
    std::vector<std::string> blank;
    for (const std::uint64_t line : observed.table.blank_rows)
        blank.push_back(fmt::format("line {}", line));
    findings.warn("rows_blank", "Rows of separators only", blank);
}

void count_totals(const Observed& observed, Findings& findings) {
    std::uint64_t credit_notes = 0;
    std::size_t longest = 0;
    for (const SourceDocument& document : observed.documents) {
        credit_notes += document.credit_note ? 1 : 0;
        longest = std::max(longest, document.items.size());
    }
    findings.count("lines", observed.table.rows.size());
    findings.count("documents", observed.documents.size());
    findings.count("invoices", observed.documents.size() - credit_notes);
    findings.count("credit_notes", credit_notes);
    findings.count("customers", observed.clients.customers());
    findings.count("lines_in_longest_document", longest);
}

bool add_up(const Observed& observed, ImportRecorded& into) {
    struct Sum {
        Wide invoices = 0;
        Wide credit_notes = 0;
    };
    std::map<Currency, Sum> sums;
    for (const domain::ImportedDocument& document : observed.imported) {
        const Frozen& frozen = document.imported.frozen;
        Sum& sum = sums[frozen.document.currency];
        if (frozen.document.kind == DocumentKind::credit_note)
            sum.credit_notes -= frozen.totals.total.minor;
        else
            sum.invoices += frozen.totals.total.minor;
    }
    const auto amount = [](Wide minor) { return Amount{static_cast<std::int64_t>(minor)}; };
    for (const auto& [currency, sum] : sums) {
        if (!in_range(sum.invoices) || !in_range(sum.credit_notes))
            return false;
        into.sums.push_back({currency, amount(sum.invoices), amount(sum.credit_notes),
                             amount(sum.invoices + sum.credit_notes)});
    }
    return true;
}

void list_differences(const Observed& observed, ImportRecorded& into) {
    for (const domain::ImportedDocument& document : observed.imported)
        for (const Difference& difference : document.imported.differences)
            if (into.differences.size() < kDifferencesMax)
                into.differences.push_back(
                    {fmt::format("documents/{}/{}", document.imported.frozen.number,
                                 difference.field),
                     difference.stated, difference.computed});
}

} // namespace

bool report(const Observed& observed, ImportRecorded& into) {
    into.warnings = observed.choices.inferred;
    Findings findings(into);
    count_totals(observed, findings);
    warn_of_lines(observed, findings);
    warn_of_repeated_lines(observed, findings);
    warn_of_documents(observed, findings);
    findings.warn("customers_with_several_countries",
                  "Customers whose rows carry several countries; the most frequent was taken",
                  observed.clients.several_countries());
    warn_of_what_stays_outside(observed, findings);
    list_differences(observed, into);
    return add_up(observed, into);
}

} // namespace daybook::import
