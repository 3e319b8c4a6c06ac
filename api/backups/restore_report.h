// What is said of a backup that was inspected, and of a restore before and after: the same members
// in a preview, a result and the inspection of a file, so that they can be laid side by side.
#pragma once

#include "api/backups/restore_company.h"
#include "api/schema.h"

namespace daybook::api {

// {file, company, line, range, verification, counts, sums, differences}; numbers as of `until`.
// `differences` are those between what the manifest states and what the records come to.
Result<Json> inspection_report(const InspectedBackup& backup, Revision until);
// The same and {mode, at, name, replaces, documents_unknown, warnings}.
Result<Json> restore_report(const InspectedBackup& backup, const Restoration& wanted,
                            const RestorePlan& plan);
// {counts, sums, differences} alone, of `snapshot`, which stands at that revision of the file.
Result<void> add_numbers(Json& report, const projections::Snapshot& snapshot,
                         const backup::Manifest& manifest, Revision until);
// {company_id, log_id, epoch, name, restored}, added to the report.
void add_restored(Json& report, const RestoredCompany& restored);

Schema inspection_schema();

} // namespace daybook::api
