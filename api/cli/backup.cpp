#include "api/backups/backup_subject.h"
#include "api/backups/readable_books.h"

#include "api/application.h"
#include "api/cli/backup_file.h"
#include "api/cli/ink.h"
#include "api/cli/progress_bar.h"
#include "engine/adapters/posix_large_files.h"
#include "engine/backup/sealed_files.h"
#include "engine/backup/writer.h"
#include "engine/custody/shelf.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::api {
namespace {

struct BackupOptions {
    std::string directory;
    std::string company;
    std::string output;
    std::vector<std::string> without;
    std::string pass_phrase_file;
    bool json = false;
};

// Beside the files that are there: "… (2)" where the name is taken.
std::string free_path(Files& files, const std::string& name, bool sealed) {
    const std::string stem = name.substr(0, name.size() - custody::kExtension.size());
    const std::string_view extension = sealed ? custody::kSealedExtension : custody::kExtension;
    std::string path = fmt::format("{}{}", stem, extension);
    for (int n = 2; files.exists(path).value_or(false); ++n)
        path = fmt::format("{} ({}){}", stem, n, extension);
    return path;
}

// What the instance's own book keeps of it.
void note(Application& application, const backup::Written& made, const std::string& path,
          std::chrono::nanoseconds took) {
    BackupMade noted;
    noted.company_id = made.manifest.company;
    noted.log_id = made.of.log_id;
    noted.epoch = made.of.epoch;
    noted.revision = made.of.revision;
    noted.root = made.of.root;
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
        told.set("attachments", made.attachments.files);
        told.set("attachments_missing", made.attachments.missing.size());
        told.set("attachments_damaged", made.attachments.damaged.size());
        return fmt::print("{}\n", to_json(told)), kExitDone;
    }
    fmt::print("{}\n  {} events of {}, {} bytes, verified, {:.2f} s\n  sha256 {}\n", path,
               made.manifest.revisions, harmless(made.manifest.company_name), made.bytes, seconds,
               to_hex(made.sha256));
    if (made.attachments.files > 0)
        fmt::print("  {} attachments, {} bytes\n", made.attachments.files, made.attachments.bytes);
    for (const Hash& name : made.attachments.missing)
        fmt::print(stderr, "Left out, its bytes are not here: attachment {}\n", to_hex(name));
    for (const Hash& name : made.attachments.damaged)
        fmt::print(stderr, "Left out, it is not what was attached: attachment {}\n", to_hex(name));
    return kExitDone;
}

int cannot(const Error& error) {
    fmt::print(stderr, "{}\n", error.what);
    return error.kind == ErrorKind::corrupt ? kExitRefused : kExitCannotTell;
}

// What is written, as it lies on the disk: sealed when there is a pass phrase.
Result<backup::Written> write(Application& application, const BackupSubject& of,
                              const std::string& path, const backup::Options& parts,
                              const std::string& pass_phrase) {
    const backup::Subject& subject = of.subject;
    const auto directory = application.directory();
    const backup::Readable readable = TRY(readable_books(
        application, *directory->find(subject.company), subject.until, parts.history));
    PosixFiles files;
    PosixLargeFiles large_files;
    backup::SealedFiles sealing(large_files, application.ids(), pass_phrase);
    const bool sealed = !pass_phrase.empty();
    LargeFiles& written_through = sealed ? static_cast<LargeFiles&>(sealing) : large_files;
    ProgressBar bar("backup", "events written, then read back");
    backup::Written made = TRY(backup::write_backup(
        {files, written_through, application.log(), application.signing_key(), application.ids(),
         &application.blobs()},
        path, subject, parts, readable,
        [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); }));
    if (sealed) {
        made.bytes = sealing.written()->bytes;
        made.sha256 = sealing.written()->sha256;
    }
    return made;
}

int make(const BackupOptions& options) {
    int exit_code = kExitDone;
    std::string pass_phrase;
    if (!options.pass_phrase_file.empty()) {
        const auto read = read_pass_phrase(options.pass_phrase_file, exit_code);
        if (!read)
            return exit_code;
        pass_phrase = *read;
    }
    const auto books = open_books(options.directory, options.company, exit_code);
    if (!books)
        return exit_code;
    const auto& [application, company] = *books;
    const auto before = application->clock().monotonic();
    const auto subject = backup_subject(*application, company);
    if (!subject)
        return cannot(subject.error());

    PosixFiles files;
    const std::string path = options.output.empty()
                                 ? free_path(files, subject->name, !pass_phrase.empty())
                                 : options.output;
    const auto without = [&](const char* part) {
        return std::ranges::find(options.without, part) != options.without.end();
    };
    const auto made =
        write(*application, *subject, path,
              {!without("attachments"), !without("emails"), !without("history")}, pass_phrase);
    if (!made)
        return cannot(made.error());
    const auto took = application->clock().monotonic() - before;
    note(*application, *made, path, took);
    return print_made(*made, path, std::chrono::duration<double>(took).count(), options.json);
}

} // namespace

void add_backup(Command& program, int& exit_code) {
    auto options = std::make_shared<BackupOptions>();
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
                    "parts to leave out: attachments, emails, history")
        .delimiter(',')
        .one_of({"attachments", "emails", "history"});
    command.add_option(kPassPhraseOption, options->pass_phrase_file,
                       "seal it: a file whose first line is the pass phrase, 12 bytes or more");
    command.add_flag("--json", options->json, "print JSON");
    command.footer("daybook backup --data books --company \"Atelier Martin\"\n"
                   "daybook verify \"Atelier Martin 2026-11-22.daybook\"");
    command.callback([options, &exit_code] { exit_code = make(*options); });
}

} // namespace daybook::api
