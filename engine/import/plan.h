// From a table to one command: what an import would write, decided before anything is written.
// Pure but for fresh ids; the same file, answers and company give the same plan.
//
// The report is the command's own record: counts, sums per currency, differences and warnings.
#pragma once

#include "engine/domain/commands.h"
#include "engine/import/csv_reader.h"
#include "engine/import/import_options.h"
#include "engine/ports.h"

#include <functional>

namespace daybook::import {

// The instant at which clocks of a zone showed that date and second of the day; fails for a zone
// that does not exist. Of two such instants the earlier, in an hour that was skipped its end.
using InstantOf =
    std::function<Result<Timestamp>(std::string_view zone, Date date, std::int32_t second_of_day)>;

struct CompanyFacts {
    Party seller;
    Currency base_currency;
    std::string time_zone;
    std::string locale; // "fr-FR"
    Date today;         // In the company's zone.
    InstantOf instant_of;
};

// `file` names the bytes the table was read from; it becomes part of the record. Refuses with
// unknown_format (columns), import_empty, needs_choice (all open questions), import_broken_row
// (every row at fault, by line and column), unknown_time_zone, amount_overflow.
std::expected<domain::ImportBooks, domain::Refusal>
plan_import(const Table& table, const Options& options, const ImportFile& file,
            const CompanyFacts& company, IdSource& ids);

} // namespace daybook::import
