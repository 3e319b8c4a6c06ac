// Backups of a company, and of all companies: made, listed, looked at, removed.
#pragma once

#include "api/backups/backup_jobs.h"
#include "api/routing/route.h"

#include <vector>

namespace daybook::api {

// `jobs` outlives the routes.
std::vector<Route> backup_routes(BackupJobs& jobs);

// What is custody is the instance's: 400 unknown_parameter, with the reason, where it is asked for
// as of a moment of the company's book. Every GET of custody takes those parameters.
std::expected<void, Problem> asks_of_now(const Call& call);
std::vector<Parameter> custody_parameters();
std::vector<Parameter> custody_list_parameters();

// The company of the path, and a backup of it that is held here: 404 not_found; 410 backup_expired
// when its file is gone.
std::expected<CompanyId, Problem> company_in(const Call& call);
std::expected<custody::Backup, Problem> backup_in(const BackupJobs& jobs, const Call& call);
std::expected<custody::Backup, Problem> kept_backup_in(const BackupJobs& jobs, const Call& call);

// What custody is asked with: actor, source, reason.
command::Submission asked_by(const Call& call);

} // namespace daybook::api
