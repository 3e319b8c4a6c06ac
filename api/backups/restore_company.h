// A backup becomes a company again: its records verbatim in a line of their own, then the fork
// event that says what they were restored from (design 5). As a new company beside whatever is
// there, or instead of the book that a company has, which stays and can be gone back to. Standby
// until it is activated: it is read, exported and backed up, and neither issues nor sends.
//
// Interrupted anywhere it is the old books or the new ones: the line is out of sight until one
// group shows it, says what it is and whose, and is swept at the next start when that never comes.
#pragma once

#include "api/backups/inspection.h"
#include "api/problem.h"

#include <expected>
#include <string>

namespace daybook::api {

// What replacing a company's book takes from it.
struct Replaced {
    command::CompanyLine where;
    command::SeenBook seen;
    std::string name;
    Revision shared = 0;                 // Records 1 to this one are those of the backup too.
    std::vector<SeriesFloor> floors;     // How far its numbers came.
    std::vector<OnlyInParent> documents; // Issued in it, and not in the restored book.
};

struct Restoration {
    Revision until = 0; // A commit end of the file.
    std::optional<Replaced> replaces;
    bool force = false; // Although it does not balance, or is another company's book.
    Actor actor;
    Source source;
    std::string reason;
    std::function<bool()> stopped; // Asked until the switch, which takes place as a whole.
};

// What somebody should know before, and after. Codes for machines, English for developers.
struct RestoreWarning {
    std::string_view code;
    std::string detail;
};

// All that is known before anything is written: the preview, and what the restore goes by.
struct RestorePlan {
    std::string name;            // "Atelier Martin (2)" where the name is taken.
    bool second_of_name = false; // Two that issue would clash.
    std::vector<SeriesFloor> floors;
    std::vector<OnlyInParent> documents; // Facts that the restored book will not know.
    std::vector<RestoreWarning> warnings;
};

struct RestoredCompany {
    command::CompanyLine where;
    std::string name;
    Revision restored = 0; // Records of the file; the fork follows.
    RestorePlan plan;
};

// The revision of a moment inside: "@41" or an instant, its end where nothing is said. 422
// as_of_in_future, inside_commit or not_yet_created.
std::expected<Revision, Problem> moment_inside(const InspectedBackup& backup,
                                               std::optional<std::string_view> at);
// What would be replaced. 404 not_found.
std::expected<Replaced, Problem> look_at_replaced(const Service& service,
                                                  const InspectedBackup& backup, Revision until,
                                                  CompanyId company);
// 422 books_unbalanced and 409 other_company unless it is forced.
std::expected<RestorePlan, Problem>
plan_restore(const Service& service, const InspectedBackup& backup, const Restoration& wanted);
// Waits: never on the writer's thread. 409 stale_revision when the replaced book has moved on.
// `progress` counts events.
std::expected<RestoredCompany, Problem> restore_company(Service& service,
                                                        const InspectedBackup& backup,
                                                        const Restoration& wanted,
                                                        const backup::Progress& progress);

// What is wrong with a file that was given: 422 unknown_format, newer_format or backup_damaged.
Problem backup_problem(const Error& error);

} // namespace daybook::api
