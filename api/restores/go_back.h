// A backup that is an earlier state of the very line it is given to: nothing is copied, the company
// goes back to that moment by an ordinary rollback (engine/domain/going_back.h), with all that
// keeps.
#pragma once

#include "api/problem.h"
#include "api/service.h"
#include "engine/backup/backup_file.h"
#include "events/base/json.h"

#include <expected>
#include <optional>
#include <string>

namespace daybook::api {

struct GoBackTo {
    CompanyId company;
    std::string at; // "@41", an instant; empty = the backup's end.
    std::string reason;
    std::string actor; // As the caller named himself.
    bool preview = false;
    std::optional<Revision> expected; // Head of the book that a preview was made of.
};

// The company's book begins with the records of the backup, else 409 not_its_past. Asked before
// anything is noted, for it takes one comparison. The head of the book.
std::expected<Revision, Problem>
check_its_past(const Service& service, const backup::Manifest& manifest, CompanyId company);

// What POST …/rollbacks answers, or would; with {mode, company_id, at, counts, sums, differences,
// warnings} as any restore has them, and `replaces` that names the head. 409 not_its_past. Waits:
// never on the writer's thread.
std::expected<Json, Problem> go_back(Service& service, const backup::BackupFile& file,
                                     const GoBackTo& wanted, const backup::Progress& progress);

} // namespace daybook::api
