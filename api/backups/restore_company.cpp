#include "api/backups/restore_company.h"

#include "engine/backup/aftermath.h"
#include "engine/backup/attachment_restore.h"
#include "engine/backup/line_restore.h"
#include "projections/search_text.h"
#include "projections/state_hash.h"

#include <algorithm>

namespace daybook::api {
namespace {

// Names of the companies that are here, folded as people compare them.
std::vector<std::string> names_here(const Application& application) {
    std::vector<std::string> names;
    for (const command::CompanyLine& line : application.directory()->current()) {
        const auto snapshot = application.views().snapshot(line.line);
        if (!snapshot)
            continue;
        const auto row = (*snapshot)->find({EntityKind::company, line.book.value});
        if (row && *row)
            if (const auto* company = std::get_if<domain::CompanyState>(&(*row)->state))
                names.push_back(projections::fold_text(company->profile.party.name));
    }
    return names;
}

// "Atelier Martin", or "Atelier Martin (2)" where that is taken.
std::string free_name(const std::string& name, const std::vector<std::string>& taken) {
    const auto is_taken = [&](const std::string& wanted) {
        return std::ranges::find(taken, projections::fold_text(wanted)) != taken.end();
    };
    std::string free = name;
    for (int n = 2; is_taken(free); ++n)
        free = name + " (" + std::to_string(n) + ")";
    return free;
}

Fork fork_of(const backup::BackupFile& file, const backup::RestoredEnd& end,
             backup::Aftermath aftermath, const Uuid& log_id) {
    Fork fork;
    fork.parent = {end.log_id,   end.epoch, end.revision, end.root, file.manifest().checkpoint,
                   file.sha256()};
    fork.new_log_id = log_id;
    fork.new_epoch = 1;
    fork.mode = BookMode::standby;
    fork.series_floors = std::move(aftermath.floors);
    fork.only_in_parent = std::move(aftermath.documents);
    return fork;
}

command::ShowLine showing(IdSource& ids, log::LineNumber line, const backup::RestoredEnd& end,
                          Fork fork, const std::string& name) {
    CompanyProfile profile = std::get<domain::CompanyState>(end.state).profile;
    command::ShowLine show;
    show.where = {CompanyId{ids.next_id()}, fork.new_log_id, fork.new_epoch, line,
                  CompanyId{end.company.id}};
    show.events.push_back({end.company, CompanyRestored{std::move(fork)}, {}, {}});
    if (name != profile.party.name) {
        profile.party.name = name;
        show.events.push_back({end.company, CompanyChanged{profile, {"party.name"}}, {}, {}});
    }
    show.company_name = name;
    show.filled = end.revision;
    show.recorded_at = end.recorded_at;
    show.company = end.state;
    show.company_version = end.version;
    show.name = "RestoreCompany";
    return show;
}

Result<void> submit(Application& application, command::ShowLine show) {
    command::Submission submission;
    submission.company = show.where.company;
    submission.actor.kind = ActorKind::system;
    submission.source.channel = "cli";
    submission.command = std::move(show);
    const command::Outcome outcome = application.submit_and_wait(std::move(submission));
    if (const auto* error = std::get_if<Error>(&outcome))
        return std::unexpected(*error);
    if (const auto* refusal = std::get_if<domain::Refusal>(&outcome))
        return fail(ErrorKind::conflict,
                    std::string(name_of(refusal->code)) + ": " + refusal->detail);
    return {};
}

// What the records come to here is what they came to there.
Result<bool> compare_states(Application& application, const backup::BackupFile& file,
                            log::LineNumber line, Revision until) {
    const backup::StateHash& expected = file.manifest().state;
    if (until != file.manifest().revisions || expected.form != projections::kStateHashForm)
        return false;
    TRY(application.catch_up());
    const auto snapshot = TRY(application.views().snapshot_at(line, until));
    if (TRY(snapshot->state_hash()) != expected.hash)
        return fail(ErrorKind::corrupt, "the records come to another state than the backup says; "
                                        "the company is there, standby: look, do not use it");
    return true;
}

} // namespace

Result<RestoredCompany> restore_company(Application& application, const backup::BackupFile& file,
                                        const backup::Verified& verified, Revision until,
                                        const backup::Progress& progress) {
    auto aftermath = TRY(backup::aftermath_of(file, until));
    std::shared_ptr<backup::LineRestore> restore;
    const auto step = [&](log::FillableLog& log, log::LineNumber line) -> Result<bool> {
        if (!restore)
            restore = TRY(backup::LineRestore::begin(log, file, verified, until, line));
        auto done = restore->step();
        progress(restore->done(), until);
        if (!done)
            static_cast<void>(restore->abandon()); // Else the next start sweeps it.
        return done;
    };
    TRY(backup::restore_attachments(file, application.blobs()));
    const log::LineNumber line = TRY(application.fill_and_wait(step));
    const backup::RestoredEnd& end = restore->end();
    const auto* company = std::get_if<domain::CompanyState>(&end.state);
    if (!company)
        return fail(ErrorKind::corrupt, "the records leave no company");

    const std::string name = free_name(company->profile.party.name, names_here(application));
    command::ShowLine show =
        showing(application.ids(), line, end,
                fork_of(file, end, std::move(aftermath), application.ids().next_id()), name);
    const RestoredCompany restored{show.where.company, name, until,
                                   name != company->profile.party.name, false};
    TRY(submit(application, std::move(show)));
    const bool compared = TRY(compare_states(application, file, line, until));
    return RestoredCompany{restored.company, restored.name, restored.revision,
                           restored.second_of_name, compared};
}

} // namespace daybook::api
