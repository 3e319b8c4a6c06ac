#include "api/application.h"
#include "api/backups/restore_report.h"
#include "api/backups/scratch.h"
#include "api/cli/backup_file.h"
#include "api/cli/ink.h"
#include "api/cli/progress_bar.h"
#include "api/cli/restore_options.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::api {
namespace {

// "41" is meant as "@41".
std::string moment_of(const std::string& given) {
    const bool digits =
        !given.empty() && std::ranges::all_of(given, [](char c) { return c >= '0' && c <= '9'; });
    return digits ? "@" + given : given;
}

int print_refused(const std::string& path, const Problem& no) {
    fmt::print(stderr, "{}: {}\n", path,
               no.detail.empty() ? title_of(no.code, Language::english) : harmless(no.detail));
    for (const ProblemFault& fault : no.faults)
        fmt::print(stderr, "  {}\n", harmless(fault.detail));
    return no.status >= 500 ? kExitCannotTell : kExitRefused;
}

std::expected<Restoration, Problem> restoration_of(Application& application,
                                                   const InspectedBackup& backup,
                                                   const RestoreOptions& options, int& exit_code) {
    Restoration wanted;
    const std::string moment = moment_of(options.moment);
    wanted.until = TRY(moment_inside(
        backup, moment.empty() ? std::nullopt : std::optional<std::string_view>(moment)));
    if (!options.replaces.empty()) {
        const auto company = choose_company(application, options.replaces, exit_code);
        if (!company)
            return std::unexpected(problem(404, "not_found", "no such company"));
        wanted.replaces = TRY(look_at_replaced(application, backup, wanted.until, *company));
    }
    wanted.force = options.force;
    wanted.actor.kind = options.actor.empty() ? ActorKind::system : ActorKind::user;
    wanted.actor.name = options.actor;
    wanted.actor.asserted = !options.actor.empty();
    wanted.source.channel = "cli";
    wanted.reason = options.reason;
    return wanted;
}

int print_report(const Json& report, const RestoreOptions& options) {
    if (options.json)
        fmt::print("{}\n", to_json(report));
    else
        print_restore_report(report, options.dry_run);
    return kExitDone;
}

// Everything but what only reads the file.
std::expected<Json, Problem> restore_into(Application& application,
                                          std::shared_ptr<const backup::BackupFile> file,
                                          const std::string& scratch, const RestoreOptions& options,
                                          int& exit_code) {
    Result<InspectedBackup> backup = InspectedBackup();
    {
        ProgressBar bar("verifying", "events, twice");
        backup =
            inspect_backup(application, std::move(file), scratch + "/books",
                           [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); });
    }
    if (!backup)
        return std::unexpected(backup_problem(backup.error()));
    const auto wanted = TRY(restoration_of(application, *backup, options, exit_code));
    if (options.dry_run) {
        auto report =
            restore_report(*backup, wanted, TRY(plan_restore(application, *backup, wanted)));
        return report ? std::expected<Json, Problem>(*std::move(report))
                      : std::unexpected(problem_of(report.error()));
    }
    ProgressBar bar("restoring", "events");
    const auto restored = TRY(
        restore_company(application, *backup, wanted,
                        [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); }));
    auto report = restore_report(*backup, wanted, restored.plan);
    if (!report)
        return std::unexpected(problem_of(report.error()));
    add_restored(*report, restored);
    return *std::move(report);
}

// Without a directory there is nothing to look at but the file.
int verify_only(const backup::BackupFile& file, const RestoreOptions& options) {
    const auto verified = backup::verify(file);
    if (!verified)
        return print_unsound(options.file, verified.error());
    fmt::print("{} events of {} are sound; they would be restored, as a new company.\n"
               "Nothing was written.\n",
               verified->events, harmless(file.manifest().company_name));
    return kExitDone;
}

int restore(const RestoreOptions& options) {
    int exit_code = kExitDone;
    if (!options.replaces.empty() && options.reason.empty() && !options.dry_run)
        return fmt::print(stderr, "--replace wants a --reason: an auditor will ask\n"),
               kExitCannotTell;
    if (!options.server.empty())
        return restore_on_server(options);
    auto opened = open_backup(options.file, options.pass_phrase_file, exit_code);
    if (!opened)
        return exit_code;
    const auto file = std::make_shared<const backup::BackupFile>(*std::move(opened));
    PosixFiles files;
    const auto there = files.exists(options.directory);
    if (options.dry_run && (!there || !*there))
        return verify_only(*file, options);
    // A machine that lost everything has no directory yet.
    auto application = Application::open({.data_directory = options.directory, .serving = false});
    if (!application)
        return fmt::print(stderr, "{}\n", application.error().what), kExitCannotTell;
    sweep_scratch(files, options.directory);
    const auto scratch = Scratch::make(files, (*application)->ids(), options.directory);
    if (!scratch)
        return fmt::print(stderr, "{}\n", scratch.error().what), kExitCannotTell;
    const auto report = restore_into(**application, file, scratch->path(), options, exit_code);
    if (!report)
        return exit_code == kExitDone ? print_refused(options.file, report.error()) : exit_code;
    return print_report(*report, options);
}

} // namespace

void add_restore(Command& program, int& exit_code) {
    auto options = std::make_shared<RestoreOptions>();
    Command command = program.add_subcommand(
        "restore", "Restore a backup as a new company, or instead of a company's book: the same\n"
                   "records, the same proofs. It is standby until it is activated. A book that is\n"
                   "replaced stays, and comes back by one call.");
    command.add_option("FILE", options->file, "a backup").required();
    Command where = command.add_choice("books");
    where.add_option("--data", options->directory, "data directory; made if it is not there");
    where.add_option("--server", options->server,
                     "a running server instead, as http://127.0.0.1:8080");
    command.add_option("--at", options->moment,
                       "as of a moment inside the backup: @<revision>, the end of a commit, or an "
                       "instant");
    command.add_option("--replace", options->replaces,
                       "the company whose book it replaces: its id, the beginning of its id, or "
                       "its name");
    command.add_option("--reason", options->reason, "why, for the history; with --replace");
    command.add_option("--actor", options->actor, "who restores, for the history");
    command.add_flag("--force", options->force,
                     "although its books do not balance, or are those of another company");
    command.add_flag("--dry-run", options->dry_run, "verify, and say what would happen");
    command.add_option(kPassPhraseOption, options->pass_phrase_file,
                       "of a sealed backup: a file whose first line is its pass phrase");
    command.add_flag("--json", options->json, "print JSON");
    command.footer("daybook restore sunday.daybook --data books\n"
                   "daybook restore sunday.daybook --data books --at @1204\n"
                   "daybook restore sunday.daybook --data books --replace Martin --reason \"disk "
                   "failure on Friday\"");
    command.callback([options, &exit_code] { exit_code = restore(*options); });
}

} // namespace daybook::api
