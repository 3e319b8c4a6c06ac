// What must be known before a value of the file can be read, and is either said by a person, or
// proven by the file as a whole, or asked for: all that is open, at once. Nothing is assumed.
#pragma once

#include "engine/import/columns.h"
#include "events/record_keeping_events.h"

#include <expected>

namespace daybook::import {

struct Choices {
    Currency currency; // Of rows that name none; empty when each does.
    DateOrder date_order = DateOrder::ymd;
    char decimal = '.';
    TaxTreatment tax_treatment = TaxTreatment::none;
    Decimal tax_rate;
    ClientForBlank client_for_blank = ClientForBlank::counter;
    std::string time_zone;
    std::vector<ImportWarning> inferred; // What the file proved, with the proof.
};

struct CompanyDefaults {
    Currency base_currency; // Suggested first, never assumed.
    std::string time_zone;  // Assumed: it moves no document and no amount.
};

// Refuses with needs_choice: a fault "/<option>" for each open question; the possible answers
// stand in the refusal's facts, "date_order" = "mdy|dmy".
//
// An order of dates, or a decimal character, is proven when more of the file's values can be read
// with it than with any other; the values that cannot are the broken rows of what follows.
std::expected<Choices, domain::Refusal> settle(const Options& options, const Table& table,
                                               const Columns& columns,
                                               const CompanyDefaults& company);

} // namespace daybook::import
