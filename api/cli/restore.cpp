#include "api/application.h"
#include "api/backups/practice_books.h"
#include "api/backups/restore_report.h"
#include "api/backups/scratch.h"
#include "api/cli/backup_file.h"
#include "api/cli/ink.h"
#include "api/cli/progress_bar.h"
#include "api/cli/restore_options.h"
#include "api/operations/operation_answer.h"
#include "api/restores/go_back.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::api {
namespace {

int print_refused(const RestoreOptions& options, const Problem& no) {
    fmt::print(stderr, "{}: {}\n", options.file,
               no.detail.empty() ? title_of(no.code, Language::english) : harmless(no.detail));
    for (const ProblemFault& fault : no.faults)
        fmt::print(stderr, "  {}\n", harmless(fault.detail));
    if (options.json)
        fmt::print("{}\n", to_json(operation_error(no)));
    return no.status >= 500 ? kExitCannotTell : kExitRefused;
}

std::expected<Restoration, Problem> restoration_of(Application& application,
                                                   const InspectedBackup& backup,
                                                   const RestoreOptions& options, int& exit_code) {
    Restoration wanted;
    const std::string moment = moment_inside_text(options.moment);
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

// As a rollback: the file is verified, and nothing of it is written.
std::expected<Json, Problem> go_back_to(Application& application, const backup::BackupFile& file,
                                        const RestoreOptions& options, int& exit_code) {
    const auto company = choose_company(application, options.goes_back, exit_code);
    if (!company)
        return std::unexpected(problem(404, "not_found", "no such company"));
    GoBackTo wanted;
    wanted.company = *company;
    wanted.at = moment_inside_text(options.moment);
    wanted.reason = options.reason.empty() ? kPreviewReason : options.reason;
    wanted.actor = options.actor;
    wanted.preview = options.dry_run;
    ProgressBar bar("verifying", "events");
    return go_back(application, file, wanted,
                   [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); });
}

// Everything but what only reads the file.
std::expected<Json, Problem> restore_into(Application& application,
                                          std::shared_ptr<const backup::BackupFile> file,
                                          const std::string& place, const RestoreOptions& options,
                                          int& exit_code) {
    if (!options.goes_back.empty())
        return go_back_to(application, *file, options, exit_code);
    Result<InspectedBackup> backup = InspectedBackup();
    {
        ProgressBar bar("verifying", "events, twice");
        backup =
            inspect_backup(application, std::move(file), place,
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

int tell(const std::expected<Json, Problem>& report, const RestoreOptions& options, int exit_code) {
    if (report)
        return print_report(*report, options);
    return exit_code == kExitDone ? print_refused(options, report.error()) : exit_code;
}

// Without a directory it would be made: what would happen in an empty one.
int preview_on_nothing(const std::shared_ptr<const backup::BackupFile>& file,
                       const RestoreOptions& options) {
    int exit_code = kExitDone;
    const auto practice = PracticeBooks::open();
    if (!practice)
        return fmt::print(stderr, "{}\n", practice.error().what), kExitCannotTell;
    const auto report =
        restore_into((*practice)->application(), file, (*practice)->inside(), options, exit_code);
    return tell(report, options, exit_code);
}

int restore(const RestoreOptions& options) {
    int exit_code = kExitDone;
    const bool changes = !options.replaces.empty() || !options.goes_back.empty();
    if (changes && options.reason.empty() && !options.dry_run)
        return fmt::print(stderr, "--replace and --into want a --reason: an auditor will ask\n"),
               kExitCannotTell;
    if (!options.replaces.empty() && !options.goes_back.empty())
        return fmt::print(stderr, "either --replace or --into\n"), kExitCannotTell;
    if (!options.server.empty())
        return restore_on_server(options);
    auto opened = open_backup(options.file, options.pass_phrase_file, exit_code, options.json);
    if (!opened)
        return exit_code;
    const auto file = std::make_shared<const backup::BackupFile>(*std::move(opened));
    PosixFiles files;
    const auto there = files.exists(options.directory);
    if (options.dry_run && (!there || !*there))
        return preview_on_nothing(file, options);
    // A machine that lost everything has no directory yet.
    auto application = Application::open({.data_directory = options.directory, .serving = false});
    if (!application)
        return fmt::print(stderr, "{}\n", application.error().what), kExitCannotTell;
    sweep_scratch(files, options.directory);
    const auto scratch = Scratch::make(files, (*application)->ids(), options.directory);
    if (!scratch)
        return fmt::print(stderr, "{}\n", scratch.error().what), kExitCannotTell;
    const auto report =
        restore_into(**application, file, scratch->path() + "/books", options, exit_code);
    return tell(report, options, exit_code);
}

} // namespace

std::string moment_inside_text(const std::string& given) {
    const bool digits =
        !given.empty() && std::ranges::all_of(given, [](char c) { return c >= '0' && c <= '9'; });
    return digits ? "@" + given : given;
}

void add_restore(Command& program, int& exit_code) {
    auto options = std::make_shared<RestoreOptions>();
    Command command = program.add_subcommand(
        "restore", "Restore a backup as a new company, or instead of a company's book: the same\n"
                   "records, the same proofs. It is standby until it is activated. A book that is\n"
                   "replaced stays, and comes back by one call. Or take a company back to what it\n"
                   "was in a backup of its own past, by an ordinary rollback.");
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
    command.add_option("--into", options->goes_back,
                       "the company that goes back to the backup, which is its own past");
    command.add_option("--reason", options->reason,
                       "why, for the history; with --replace and --into");
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
                   "failure on Friday\"\n"
                   "daybook restore sunday.daybook --data books --into Martin --reason \"wrong "
                   "file imported\"");
    command.callback([options, &exit_code] { exit_code = restore(*options); });
}

} // namespace daybook::api
