#include "engine/import/freezing.h"

#include "engine/domain/calculation.h"
#include "engine/import/country_names.h"
#include "events/base/check.h"

#include <fmt/format.h>

namespace daybook::import {
namespace {

using domain::Calculated;
using domain::Code;
using domain::Refusal;

// Prices that bear no tax are not thereby exempt, zero-rated or out of scope: the file does not
// say, and `unspecified` says just that. A positive rate is a standard-rated one.
Tax tax_of(const Choices& choices) {
    const bool positive = choices.tax_rate.micro > 0;
    return {.scheme = "VAT",
            .category = positive ? TaxCategory::S : TaxCategory::unspecified,
            .rate = choices.tax_rate};
}

Line line_of(const Item& item, bool credit_note, const Choices& choices) {
    Line line;
    line.code = item.code;
    line.description = item.description;
    line.quantity = {credit_note ? -item.quantity.micro : item.quantity.micro};
    line.unit_price = item.unit_price;
    line.taxes = {tax_of(choices)};
    return line;
}

Document written(const SourceDocument& source, const std::optional<Buyer>& buyer,
                 const Issuer& issuer, IdSource& ids) {
    Document document;
    document.kind = source.credit_note ? DocumentKind::credit_note : DocumentKind::invoice;
    document.currency = source.currency;
    document.issued_on = source.at.date;
    document.due_on = source.at.date;
    document.prices_include_tax = issuer.choices.tax_treatment == TaxTreatment::inclusive;
    if (buyer)
        document.client_id = buyer->id;
    else if (!source.country.empty())
        document.custom.push_back({issuer.country_column, source.country});
    for (const Item& item : source.items) {
        Line line = line_of(item, source.credit_note, issuer.choices);
        line.id = {ids.next_id()};
        line.position = static_cast<std::uint32_t>(document.lines.size() + 1);
        document.lines.push_back(std::move(line));
    }
    return document;
}

std::optional<Amount> stated_net(const Item& item, bool credit_note) {
    if (!item.total || !credit_note)
        return item.total;
    return -*item.total;
}

// Our lines with the stated nets in place, in a form of which the calculator makes those nets.
Document priced_as_stated(Document document, const SourceDocument& source) {
    const auto digits = document.currency.digits();
    CHECK(digits.has_value(), "a row's currency was looked up");
    for (std::size_t i = 0; i < source.items.size(); ++i) {
        const auto stated = stated_net(source.items[i], source.credit_note);
        if (!stated)
            continue;
        document.lines[i].quantity = {kMicro};
        document.lines[i].unit_price = {stated->minor * (kMicro / power_of_ten(*digits))};
    }
    return document;
}

// What was stated and we would not have made, in the words of the stored document.
std::vector<Difference> compare(const Calculated& stated, const Calculated& computed, int digits) {
    std::vector<Difference> differences;
    const auto note = [&](std::string field, Amount theirs, Amount ours) {
        if (theirs != ours)
            differences.push_back(
                {std::move(field), to_text(theirs, digits), to_text(ours, digits)});
    };
    for (std::size_t i = 0; i < stated.lines.size(); ++i)
        note(fmt::format("lines/{}/net", i), stated.lines[i].net, computed.lines[i].net);
    note("totals/net", stated.totals.net, computed.totals.net);
    note("totals/tax", stated.totals.tax, computed.totals.tax);
    note("totals/total", stated.totals.total, computed.totals.total);
    return differences;
}

bool states_what_we_compute(const SourceDocument& source, const Calculated& computed) {
    for (std::size_t i = 0; i < source.items.size(); ++i) {
        const auto stated = stated_net(source.items[i], source.credit_note);
        if (stated && *stated != computed.lines[i].net)
            return false;
    }
    return true;
}

Calculation rules_used() { return {.rules = 1, .tax_rounding = TaxRounding::per_rate}; }

} // namespace

Address address_in(std::string_view country) {
    Address address;
    address.country = country_of(country);
    address.country_text = country;
    return address;
}

std::expected<Imported, Refusal> freeze(const SourceDocument& source,
                                        const std::optional<Buyer>& buyer, const Issuer& issuer,
                                        IdSource& ids) {
    Imported imported;
    Frozen& frozen = imported.frozen;
    frozen.document = written(source, buyer, issuer, ids);
    frozen.calculation = rules_used();
    const auto rounding = frozen.calculation.tax_rounding;
    const Calculated computed = TRY(domain::calculate(frozen.document, rounding));
    Calculated stated = computed;
    if (!states_what_we_compute(source, computed))
        stated = TRY(domain::calculate(priced_as_stated(frozen.document, source), rounding));
    if (stated.totals.total < Amount{})
        return domain::refuse(
            Code::negative_total,
            fmt::format("the lines of {} add up to less than nothing", source.number));
    for (std::size_t i = 0; i < stated.lines.size(); ++i) {
        Line& line = frozen.document.lines[i];
        line.net = stated.lines[i].net;
        line.discount_share = stated.lines[i].discount_share;
        line.taxable = stated.lines[i].taxable;
    }
    frozen.number = source.number;
    frozen.seller = issuer.seller;
    if (buyer) {
        frozen.buyer = buyer->party;
        frozen.buyer->address = address_in(source.country);
    }
    frozen.taxes = stated.taxes;
    frozen.totals = stated.totals;
    frozen.origin = issuer.system;
    imported.computed = computed.totals;
    imported.differences = compare(stated, computed, source.currency.digits().value_or(0));
    return imported;
}

} // namespace daybook::import
