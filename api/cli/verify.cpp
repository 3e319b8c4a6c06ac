#include "api/backups/inspection.h"
#include "api/backups/kept_head.h"
#include "api/backups/practice_books.h"
#include "api/cli/backup_file.h"
#include "api/cli/ink.h"
#include "api/cli/progress_bar.h"
#include "api/cli/verify_books.h"
#include "api/cli/verify_bundle.h"
#include "engine/adapters/posix_files.h"
#include "engine/adapters/terminal.h"
#include "engine/backup/origin.h"
#include "engine/log/base64.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

struct VerifyOptions {
    std::string path;
    Trusted trusted;
    std::string pass_phrase_file;
    bool json = false;
};

// A backup that was read to its end, and what is known of it besides.
struct Looked {
    InspectedBackup backup;
    audit::Report report;            // The books, and checkpoints that do not fit.
    std::vector<std::string> untold; // Checkpoints that say nothing about this file.
};

Result<void> hold_checkpoints(const std::vector<std::string>& texts, Looked& looked) {
    const ForkParent origin = TRY(backup::origin_of(*looked.backup.file));
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const std::string name = fmt::format("checkpoint {} of those given", i + 1);
        const auto kept = log::read_checkpoint(texts[i]);
        if (!kept) {
            looked.untold.push_back(name + ": " + kept.error().what);
            continue;
        }
        switch (TRY(hold_against(*looked.backup.books, origin, *kept))) {
        case KeptHead::same:
            ++looked.report.checkpoints;
            break;
        case KeptHead::differs:
            looked.report.find(name, fmt::format("the first {} events are others than those signed",
                                                 kept->head.revision));
            break;
        case KeptHead::of_another_book:
            looked.untold.push_back(name + ": it is of " + kept->origin + ", not of this book");
            break;
        case KeptHead::beyond_the_end:
            looked.untold.push_back(fmt::format("{}: it is of {} events; the backup holds {}", name,
                                                kept->head.revision, origin.revision));
            break;
        }
    }
    return {};
}

// The books are filled aside: their state hash and whether they balance is known from nothing less.
Result<Looked> look(PracticeBooks& aside, backup::BackupFile file,
                    const std::vector<std::string>& checkpoints) {
    ProgressBar bar("verifying", "events, twice");
    Looked looked;
    looked.backup = TRY(inspect_backup(
        aside.application(), std::make_shared<const backup::BackupFile>(std::move(file)),
        aside.inside(), [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); }));
    looked.report = looked.backup.ledger;
    TRY(hold_checkpoints(checkpoints, looked));
    return looked;
}

int exit_code_of(const Looked& looked) {
    return !looked.report.is_sound() ? kExitRefused
           : !looked.untold.empty()  ? kExitCannotTell
                                     : kExitDone;
}

Json as_json(const Looked& looked, const std::string& key) {
    const backup::Verified& verified = looked.backup.verified;
    const backup::Manifest& manifest = looked.backup.file->manifest();
    JsonArray findings;
    for (const audit::Finding& finding : looked.report.findings)
        findings.push_back(JsonObject{{"where", finding.where}, {"what", finding.what}});
    const int exit_code = exit_code_of(looked);
    Json told;
    told.set("sound", exit_code == kExitCannotTell ? Json() : Json(exit_code == kExitDone));
    told.set("findings", std::move(findings));
    told.set("notes", JsonArray(looked.untold.begin(), looked.untold.end()));
    told.set("file_sha256", to_hex(looked.backup.file->sha256()));
    told.set("events", verified.events);
    told.set("persons", verified.persons);
    told.set("persons_erased", verified.persons_absent);
    told.set("attachments", verified.attachments);
    told.set("attachments_left_out", verified.attachments_absent);
    told.set("checkpoints", looked.report.checkpoints);
    told.set("root", to_hex(manifest.root));
    told.set("state_hash", to_hex(manifest.state.hash));
    told.set("key", key);
    return told;
}

void print(const Looked& looked, const std::string& key, bool is_key_known) {
    const Ink ink(shows_colours(1));
    const backup::Verified& verified = looked.backup.verified;
    const backup::Manifest& manifest = looked.backup.file->manifest();
    const auto besides = [](std::uint64_t count, const char* what) {
        return count == 0 ? std::string() : fmt::format(" ({} {})", count, what);
    };
    const int exit_code = exit_code_of(looked);
    fmt::print("{} {}\n",
               exit_code == kExitDone      ? ink.green("Sound.")
               : exit_code == kExitRefused ? ink.red("Not sound.")
                                           : ink.yellow("Sound by itself."),
               harmless(manifest.company_name));
    fmt::print("  {} events, up to {}\n  {} entries, {} of persons' data{}\n  {} attachments{}\n",
               verified.events, to_text(manifest.last_recorded_at), verified.entries,
               verified.persons, besides(verified.persons_absent, "erased before"),
               verified.attachments, besides(verified.attachments_absent, "left out"));
    fmt::print("  root {}\n  state hash {}\n  signed by {}\n", to_hex(manifest.root),
               to_hex(manifest.state.hash), key);
    if (looked.report.checkpoints > 0)
        fmt::print("  {} checkpoints fit\n", looked.report.checkpoints);
    for (const audit::Finding& finding : looked.report.findings)
        fmt::print("  {}: {}\n", harmless(finding.where), harmless(finding.what));
    for (const std::string& note : looked.untold)
        fmt::print("  {}\n", harmless(note));
    if (!is_key_known)
        fmt::print("{}\n", ink.dim("  Whose key that is, only you can tell: --key compares it."));
}

int verify_file(const VerifyOptions& options) {
    int exit_code = kExitDone;
    const auto checkpoints = read_checkpoints(options.trusted.checkpoints);
    if (!checkpoints)
        return kExitCannotTell;
    auto backup = open_backup(options.path, options.pass_phrase_file, exit_code, options.json);
    if (!backup)
        return exit_code;
    const std::string key = log::to_base64(backup->manifest().signing_key);
    if (!is_signer(options.path, options.trusted, backup->manifest().signing_key, options.json,
                   exit_code))
        return exit_code;
    const auto aside = PracticeBooks::open();
    if (!aside)
        return print_cannot_tell(options.path, aside.error().what, options.json);
    const auto looked = look(**aside, *std::move(backup), *checkpoints);
    if (!looked)
        return print_unsound(options.path, looked.error(), options.json);
    if (options.json)
        fmt::print("{}\n", to_json(as_json(*looked, key)));
    else
        print(*looked, key, !options.trusted.key.empty());
    return exit_code_of(*looked);
}

} // namespace

void add_verify(Command& program, int& exit_code) {
    auto options = std::make_shared<VerifyOptions>();
    Command command = program.add_subcommand(
        "verify",
        "Check a backup, all of it: the seal, each entry, the signature, every record,\n"
        "the tree over them, and the books that they come to, which are filled aside,\n"
        "below $TMPDIR. Or a data directory that nobody serves: HEAD, groups,\n"
        "files, every record, hashes, indexes, personal data, signed heads, and that the\n"
        "books add up; not the views, which follow from the log and can be made anew.\n"
        "Or the proof of one invoice: signature, path, record.\n"
        "Changes nothing. Exit code 0: sound; 1: not, and where; 2: cannot tell.");
    command.add_option("PATH", options->path, "a backup, a proof, or a data directory").required();
    command.add_option("--key", options->trusted.key,
                       "of a backup or proof: believe only this signer: base64 or hexadecimal "
                       "digits");
    command
        .add_option("--checkpoint", options->trusted.checkpoints,
                    "a checkpoint that was kept elsewhere; a proof is held against one of its own "
                    "size; may be given again")
        .existing_file()
        .each_of(1);
    command.add_option(kPassPhraseOption, options->pass_phrase_file,
                       "of a sealed backup: a file whose first line is its pass phrase");
    command.add_flag("--json", options->json, "print JSON");
    command.footer("daybook verify \"Atelier Martin 2026-11-22.daybook\"\n"
                   "daybook verify books --checkpoint checkpoint.txt\n"
                   "daybook verify proof.json");
    command.callback([options, &exit_code] {
        const bool is_directory = PosixFiles().list(options->path).has_value();
        exit_code = is_directory
                        ? verify_books(options->path, options->trusted.checkpoints, options->json)
                    : is_bundle(options->path)
                        ? verify_bundle(options->path, options->trusted, options->json)
                        : verify_file(*options);
    });
}

} // namespace daybook::api
