#include "api/backups/restore_company.h"

#include "api/application.h"
#include "api/cli/backup_file.h"
#include "api/cli/ink.h"
#include "api/cli/progress_bar.h"
#include "events/base/whole_number.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

struct Options {
    std::string file;
    std::string directory;
    std::string moment;
    bool dry_run = false;
    std::string pass_phrase_file;
    bool json = false;
};

// Of "@41" or "41", whole; nothing of anything else.
std::optional<Revision> revision_in(std::string_view text) {
    if (text.starts_with('@'))
        text.remove_prefix(1);
    const auto revision = whole_number<Revision>(text);
    return revision == Revision{0} ? std::nullopt : revision;
}

int print_restored(const RestoredCompany& restored, const Options& options) {
    if (options.json) {
        Json told;
        told.set("company_id", to_text(restored.company));
        told.set("name", restored.name);
        told.set("restored", restored.revision);
        told.set("state_compared", restored.state_compared);
        told.set("second_of_name", restored.second_of_name);
        return fmt::print("{}\n", to_json(told)), kExitDone;
    }
    fmt::print("Restored {} events as company {}, {}{}.\n", restored.revision,
               to_text(restored.company), harmless(restored.name),
               restored.state_compared ? "; root and state hash are those of the backup"
                                       : "; the root is that of the backup's records");
    fmt::print("It is standby: activate it once it is clear what became of the original.\n");
    if (restored.second_of_name)
        fmt::print(stderr, "There are two books of that name here now: only one may go on "
                           "issuing, or numbers are given twice.\n");
    return kExitDone;
}

int restore(const Options& options) {
    int exit_code = kExitDone;
    const auto file = open_backup(options.file, options.pass_phrase_file, exit_code);
    if (!file)
        return exit_code;
    const auto moment = options.moment.empty() ? std::optional(file->manifest().revisions)
                                               : revision_in(options.moment);
    if (!moment)
        return fmt::print(stderr, "--at: @<revision>\n"), kExitCannotTell;
    Result<backup::Verified> verified = backup::Verified();
    {
        ProgressBar bar("verifying", "events");
        verified = backup::verify(
            *file, [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); });
    }
    if (!verified)
        return print_unsound(options.file, verified.error());
    if (options.dry_run) {
        fmt::print("{} events of {} are sound; {} would be restored, as a new company.\n"
                   "Nothing was written.\n",
                   verified->events, harmless(file->manifest().company_name), *moment);
        return kExitDone;
    }
    // A machine that lost everything has no directory yet.
    auto application = Application::open({.data_directory = options.directory, .serving = false});
    if (!application)
        return fmt::print(stderr, "{}\n", application.error().what), kExitCannotTell;
    Result<RestoredCompany> restored = RestoredCompany();
    {
        ProgressBar bar("restoring", "events");
        restored = restore_company(
            **application, *file, *verified, *moment,
            [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); });
    }
    if (!restored) {
        const int code = print_unsound(options.file, restored.error());
        return restored.error().kind == ErrorKind::invalid ? kExitRefused : code;
    }
    return print_restored(*restored, options);
}

} // namespace

void add_restore(Command& program, int& exit_code) {
    auto options = std::make_shared<Options>();
    Command command = program.add_subcommand(
        "restore", "Restore a backup as a new company: the same records, the same proofs. It is\n"
                   "standby until it is activated; nothing that is there is touched.");
    command.add_option("FILE", options->file, "a backup").required();
    command.add_option("--data", options->directory, "data directory; made if it is not there")
        .required();
    command.add_option("--at", options->moment,
                       "as of a moment inside the backup: @<revision>, the end of a commit");
    command.add_flag("--dry-run", options->dry_run, "verify, and say what would happen");
    command.add_option(kPassPhraseOption, options->pass_phrase_file,
                       "of a sealed backup: a file whose first line is its pass phrase");
    command.add_flag("--json", options->json, "print JSON");
    command.footer("daybook restore sunday.daybook --data books\n"
                   "daybook restore sunday.daybook --data books --at @1204");
    command.callback([options, &exit_code] { exit_code = restore(*options); });
}

} // namespace daybook::api
