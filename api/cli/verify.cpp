#include "api/cli/backup_file.h"
#include "api/cli/ink.h"
#include "api/cli/progress_bar.h"
#include "api/cli/verify_books.h"
#include "api/cli/verify_bundle.h"
#include "engine/adapters/posix_files.h"
#include "engine/adapters/terminal.h"
#include "engine/backup/verification.h"
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

int verify_file(const VerifyOptions& options) {
    int exit_code = kExitDone;
    const auto backup = open_backup(options.path, options.pass_phrase_file, exit_code);
    if (!backup)
        return exit_code;
    const backup::Manifest& manifest = backup->manifest();
    const std::string key = log::to_base64(manifest.signing_key);
    if (!fits(options.path, options.trusted, manifest.signing_key,
              {log::checkpoint_origin(manifest.log_id, manifest.epoch),
               {manifest.revisions, manifest.root}},
              exit_code))
        return exit_code;
    Result<backup::Verified> verified = backup::Verified();
    {
        ProgressBar bar("verifying", "events");
        verified = backup::verify(
            *backup, [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); });
    }
    if (!verified)
        return print_unsound(options.path, verified.error());
    if (options.json) {
        Json told;
        told.set("sound", true);
        told.set("file_sha256", to_hex(backup->sha256()));
        told.set("events", verified->events);
        told.set("persons", verified->persons);
        told.set("persons_erased", verified->persons_absent);
        told.set("attachments", verified->attachments);
        told.set("attachments_left_out", verified->attachments_absent);
        told.set("root", to_hex(manifest.root));
        told.set("key", key);
        return fmt::print("{}\n", to_json(told)), kExitDone;
    }
    const Ink ink(shows_colours(1));
    fmt::print("{} {}\n", ink.green("Sound."), harmless(manifest.company_name));
    fmt::print("  {} events, up to {}\n  {} entries, {} of persons' data{}\n"
               "  {} attachments{}\n  root {}\n"
               "  signed by {}\n",
               verified->events, to_text(manifest.last_recorded_at), verified->entries,
               verified->persons,
               verified->persons_absent == 0
                   ? std::string()
                   : fmt::format(" ({} erased before)", verified->persons_absent),
               verified->attachments,
               verified->attachments_absent == 0
                   ? std::string()
                   : fmt::format(" ({} left out)", verified->attachments_absent),
               to_hex(manifest.root), key);
    if (options.trusted.key.empty())
        fmt::print("{}\n", ink.dim("  Whose key that is, only you can tell: --key compares it."));
    return kExitDone;
}

} // namespace

void add_verify(Command& program, int& exit_code) {
    auto options = std::make_shared<VerifyOptions>();
    Command command = program.add_subcommand(
        "verify",
        "Check a backup, all of it: the seal, each entry, the signature, every record\n"
        "and the tree over them. Or a data directory that nobody serves: HEAD, groups,\n"
        "files, every record, hashes, indexes, personal data, signed heads, and that the\n"
        "books add up; not the views, which follow from the log and can be made anew.\n"
        "Or the proof of one invoice: signature, path, record.\n"
        "Writes nothing. Exit code 0: sound; 1: not, and where; 2: cannot tell.");
    command.add_option("PATH", options->path, "a backup, a proof, or a data directory").required();
    command.add_option("--key", options->trusted.key,
                       "of a backup or proof: believe only this signer: base64 or hexadecimal "
                       "digits");
    command
        .add_option("--checkpoint", options->trusted.checkpoints,
                    "a checkpoint that was kept elsewhere; a backup or a proof is held against "
                    "one of its own size; may be given again")
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
