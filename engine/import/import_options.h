// What a person may say about a file, because the file does not: the options of `POST /imports`
// and of the command line, under the same names. What is not said stays empty here; whether it is
// needed depends on the file (choices.h).
#pragma once

#include "engine/domain/refusal.h"
#include "events/money.h"

#include <boost/describe.hpp>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace daybook::import {

BOOST_DEFINE_ENUM_CLASS(DateOrder, mdy, dmy, ymd)
// none: prices and totals bear no tax. exclusive, inclusive: they are without, with the tax.
BOOST_DEFINE_ENUM_CLASS(TaxTreatment, none, exclusive, inclusive)
// Documents without a client: one client "Counter sales", or no client at all.
BOOST_DEFINE_ENUM_CLASS(ClientForBlank, counter, none)
// What a column means.
BOOST_DEFINE_ENUM_CLASS(Role, number, code, description, quantity, date, unit_price, client,
                        country, total, currency)

struct MappedColumn {
    std::string column;       // Its name in the header, or "#3" for the third.
    std::optional<Role> role; // Empty = "ignore".

    bool operator==(const MappedColumn&) const = default;
};

struct Options {
    std::optional<Currency> currency;
    std::optional<DateOrder> date_order;
    std::optional<char> decimal;
    std::optional<char> separator;
    std::string time_zone; // Empty = the company's.
    std::optional<TaxTreatment> tax_treatment;
    std::optional<Decimal> tax_rate; // Percent.
    std::optional<ClientForBlank> client_for_blank;
    std::vector<MappedColumn> mapping;

    bool operator==(const Options&) const = default;
};

// Values: currency=GBP · date_order=mdy|dmy|ymd · decimal=.|, · separator=,|;|tab (or the words
// point, comma, semicolon) · time_zone=Europe/London · tax_treatment=none|exclusive|inclusive ·
// tax_rate=20 · client_for_blank=counter|none · mapping=InvoiceNo:number,Qty:quantity,Notes:ignore.
// Refuses with a fault "/<name>" for each option that is unknown, given twice or not understood.
std::expected<Options, domain::Refusal> parse_options(std::span<const NamedText> given);

} // namespace daybook::import
