#include "api/backups/restore_company.h"

#include "api/or_problem.h"
#include "api/waiting.h"
#include "engine/backup/attachment_restore.h"
#include "engine/backup/line_restore.h"

namespace daybook::api {
namespace {

// The records in a line of their own, out of sight; its root is compared with that of the file.
std::expected<log::LineNumber, Problem> fill(Service& service, const InspectedBackup& backup,
                                             Revision until, const backup::Progress& progress,
                                             std::shared_ptr<backup::LineRestore>& restore) {
    const auto step = [&](log::FillableLog& log, log::LineNumber line) -> Result<bool> {
        if (!restore)
            restore =
                TRY(backup::LineRestore::begin(log, *backup.file, backup.verified, until, line));
        auto done = restore->step();
        if (progress)
            progress(restore->done(), until);
        if (!done)
            static_cast<void>(restore->abandon()); // Else the next start sweeps it.
        return done;
    };
    auto line = fill_and_wait(service, step);
    if (!line)
        return std::unexpected(backup_problem(line.error()));
    return *line;
}

// Before the books that name them can be seen. What a restore that fails leaves of them is named by
// nothing, and harms nobody.
std::expected<void, Problem> attach_files(Service& service, const backup::BackupFile& file) {
    if (const auto attached = backup::restore_attachments(file, service.blobs()); !attached)
        return std::unexpected(backup_problem(attached.error()));
    return {};
}

Fork fork_of(const InspectedBackup& backup, const backup::RestoredEnd& end, const RestorePlan& plan,
             const command::CompanyLine& where) {
    Fork fork;
    fork.parent = {
        end.log_id,           end.epoch, end.revision, end.root, backup.file->manifest().checkpoint,
        backup.file->sha256()};
    fork.new_log_id = where.log_id;
    fork.new_epoch = where.epoch;
    fork.mode = BookMode::standby;
    fork.series_floors = plan.floors;
    fork.only_in_parent = plan.documents;
    return fork;
}

// A new company, or the next book of one that is here.
command::CompanyLine place_of(Service& service, const Restoration& wanted, CompanyId book,
                              log::LineNumber line) {
    command::CompanyLine where{CompanyId{}, service.ids().next_id(), 1, line, book};
    if (wanted.replaces) {
        where.company = wanted.replaces->where.company;
        where.epoch = service.directory()->newest_epoch(where.company) + 1;
    } else {
        where.company = CompanyId{service.ids().next_id()};
    }
    return where;
}

command::ShowLine showing(const Restoration& wanted, const command::CompanyLine& where,
                          const backup::RestoredEnd& end, const std::string& name, Fork fork) {
    CompanyProfile profile = std::get<domain::CompanyState>(end.state).profile;
    command::ShowLine show;
    show.where = where;
    const Event forked = wanted.replaces ? Event(CompanyReplaced{std::move(fork)})
                                         : Event(CompanyRestored{std::move(fork)});
    show.events.push_back({end.company, forked, {}, {}});
    if (name != profile.party.name) {
        profile.party.name = name;
        show.events.push_back({end.company, CompanyChanged{profile, {"party.name"}}, {}, {}});
    }
    show.company_name = name;
    show.filled = end.revision;
    show.recorded_at = end.recorded_at;
    show.company = end.state;
    show.company_version = end.version;
    show.known = end.series;
    show.name = wanted.replaces ? "ReplaceCompany" : "RestoreCompany";
    if (wanted.replaces)
        show.replaces = wanted.replaces->seen;
    return show;
}

std::expected<void, Problem> submit(Service& service, const Restoration& wanted,
                                    command::ShowLine show) {
    command::Submission submission;
    submission.company = show.where.company;
    submission.actor = wanted.actor;
    submission.source = wanted.source;
    submission.reason = wanted.reason;
    submission.command = std::move(show);
    const command::Outcome outcome = submit_and_wait(service, std::move(submission));
    if (const auto* error = std::get_if<Error>(&outcome))
        return std::unexpected(problem_of(*error));
    if (const auto* refusal = std::get_if<domain::Refusal>(&outcome))
        return std::unexpected(problem_of(*refusal));
    return {};
}

} // namespace

std::expected<RestoredCompany, Problem> restore_company(Service& service,
                                                        const InspectedBackup& backup,
                                                        const Restoration& wanted,
                                                        const backup::Progress& progress) {
    RestorePlan plan = TRY(plan_restore(service, backup, wanted));
    TRY(attach_files(service, *backup.file));
    std::shared_ptr<backup::LineRestore> restore;
    const log::LineNumber line = TRY(fill(service, backup, wanted.until, progress, restore));
    if (wanted.stopped && wanted.stopped()) {
        service.drop_line(line);
        return std::unexpected(problem(409, "operation_ended", "it was cancelled"));
    }
    const backup::RestoredEnd& end = restore->end();
    const command::CompanyLine where = place_of(service, wanted, CompanyId{end.company.id}, line);
    Fork fork = fork_of(backup, end, plan, where);
    auto shown =
        std::holds_alternative<domain::CompanyState>(end.state)
            ? submit(service, wanted, showing(wanted, where, end, plan.name, std::move(fork)))
            : std::unexpected(problem(422, "backup_damaged",
                                      "the records leave no "
                                      "company"));
    if (!shown) {
        service.drop_line(line);
        return std::unexpected(shown.error());
    }
    wait_until_shown(service);
    return RestoredCompany{where, plan.name, end.revision, std::move(plan)};
}

} // namespace daybook::api
