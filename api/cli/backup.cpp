#include "api/backups/readable_books.h"

#include "api/application.h"
#include "api/cli/backup_file.h"
#include "api/cli/ink.h"
#include "api/cli/progress_bar.h"
#include "engine/adapters/posix_large_files.h"
#include "engine/backup/writer.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::api {
namespace {

struct Options {
    std::string directory;
    std::string company;
    std::string output;
    std::vector<std::string> without;
    bool json = false;
};

// "Atelier Martin 2026-11-22.daybook", and "… (2)" where that is taken.
std::string free_name(Files& files, const std::string& company, Date today) {
    std::string name = harmless(company);
    std::ranges::replace_if(
        name, [](char c) { return c == '/' || c == '\\'; }, '-');
    if (name.empty() || name.front() == '.' || name.front() == '-')
        name = "company " + name;
    name += " " + to_text(today);
    std::string path = name + ".daybook";
    for (int n = 2; files.exists(path).value_or(false); ++n)
        path = fmt::format("{} ({}).daybook", name, n);
    return path;
}

// What the instance's own book keeps of it.
void note(Application& application, const backup::Written& made, const std::string& path,
          std::chrono::nanoseconds took) {
    BackupMade noted;
    noted.company_id = made.manifest.company;
    noted.log_id = made.manifest.log_id;
    noted.epoch = made.manifest.epoch;
    noted.revision = made.manifest.revisions;
    noted.root = made.manifest.root;
    noted.file_sha256 = made.sha256;
    noted.target = path;
    noted.result = "verified";
    noted.duration_micros = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(took).count());
    command::Submission submission;
    submission.command = command::InstanceNote{
        {{{EntityKind::backup, application.ids().next_id()}, std::move(noted), {}, {}}},
        "MakeBackup"};
    submission.actor.kind = ActorKind::system;
    submission.source.channel = "cli";
    const command::Outcome outcome = application.submit_and_wait(std::move(submission));
    if (const auto* error = std::get_if<Error>(&outcome))
        fmt::print(stderr, "The backup is made, but not noted: {}\n", error->what);
}

int print_made(const backup::Written& made, const std::string& path, double seconds, bool json) {
    if (json) {
        Json told;
        told.set("file", path);
        told.set("bytes", made.bytes);
        told.set("sha256", to_hex(made.sha256));
        told.set("revision", made.manifest.revisions);
        told.set("root", to_hex(made.manifest.root));
        told.set("state_hash", to_hex(made.manifest.state.hash));
        return fmt::print("{}\n", to_json(told)), kExitDone;
    }
    fmt::print("{}\n  {} events of {}, {} bytes, verified, {:.2f} s\n  sha256 {}\n", path,
               made.manifest.revisions, harmless(made.manifest.company_name), made.bytes, seconds,
               to_hex(made.sha256));
    return kExitDone;
}

int make(const Options& options) {
    int exit_code = kExitDone;
    const auto application = open_directory(options.directory, exit_code);
    if (!application)
        return exit_code;
    const auto company = choose_company(*application, options.company, exit_code);
    if (!company)
        return exit_code;
    const auto before = application->clock().monotonic();
    const auto cannot = [](const Error& error) {
        fmt::print(stderr, "{}\n", error.what);
        return error.kind == ErrorKind::corrupt ? kExitRefused : kExitCannotTell;
    };

    const command::CompanyLine where = *application->directory()->find(*company);
    const auto snapshot = application->views().snapshot(where.line);
    if (!snapshot)
        return cannot(snapshot.error());
    const Revision until = (*snapshot)->revision();
    const auto row = (*snapshot)->find({EntityKind::company, where.book.value});
    const auto readable = readable_books(*application, where, until);
    if (!row || !*row || !readable)
        return cannot(!row        ? row.error()
                      : !readable ? readable.error()
                                  : Error{ErrorKind::corrupt, "the company is not there"});
    const auto& profile = std::get<domain::CompanyState>((*row)->state).profile;
    const Timestamp now = application->clock().now();
    const auto today = application->local_date(now, profile.time_zone);

    PosixFiles files;
    PosixLargeFiles large_files;
    const std::string path = options.output.empty()
                                 ? free_name(files, profile.party.name, today.value_or(Date{}))
                                 : options.output;
    const auto without = [&](const char* part) {
        return std::ranges::find(options.without, part) != options.without.end();
    };
    Result<backup::Written> made = backup::Written();
    {
        ProgressBar bar("backup", "events written, then read back");
        made = backup::write_backup(
            {files, large_files, application->log(), application->signing_key()}, path,
            {where.line, where.log_id, where.epoch, until, where.company, profile.party.name,
             application->realm(), application->software(), now},
            {!without("attachments"), !without("emails"), !without("history")}, *readable,
            [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); });
    }
    if (!made)
        return cannot(made.error());
    const auto took = application->clock().monotonic() - before;
    note(*application, *made, path, took);
    return print_made(*made, path, std::chrono::duration<double>(took).count(), options.json);
}

} // namespace

void add_backup(Command& program, int& exit_code) {
    auto options = std::make_shared<Options>();
    Command command = program.add_subcommand(
        "backup", "Write all books of a company into one file: signed, verified as it is read\n"
                  "back, and readable without Daybook (it is a ZIP).");
    command.add_option("--data", options->directory, "data directory").required();
    command.add_option("--company", options->company,
                       "a company's id, the beginning of its id, or its name; not needed when "
                       "there is one");
    command.add_option("--output", options->output,
                       "the file; nothing is overwritten. Otherwise \"<company> <date>.daybook\" "
                       "in the current directory");
    command
        .add_option("--without", options->without,
                    "parts to leave out: attachments, emails (history is not built yet)")
        .delimiter(',')
        .one_of({"attachments", "emails", "history"});
    command.add_flag("--json", options->json, "print JSON");
    command.footer("daybook backup --data books --company \"Atelier Martin\"\n"
                   "daybook verify \"Atelier Martin 2026-11-22.daybook\"");
    command.callback([options, &exit_code] { exit_code = make(*options); });
}

} // namespace daybook::api
