#include "api/cli/verify_bundle.h"

#include "api/cli/backup_file.h"
#include "api/cli/ink.h"
#include "api/cli/verify_books.h"
#include "engine/adapters/posix_files.h"
#include "engine/adapters/posix_large_files.h"
#include "engine/adapters/terminal.h"
#include "engine/audit/proof_bundle.h"
#include "engine/log/base64.h"
#include "engine/log/public_key_text.h"
#include "events/base/json.h"
#include "events/document_in.h"
#include "events/money.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

std::string total_of(const Frozen& frozen) {
    const Currency& currency = frozen.document.currency;
    return to_text(frozen.totals.total, currency.digits().value_or(2)) + " " + currency.code;
}

Json as_json(const audit::Proven& proven, const std::string& key) {
    const Envelope& envelope = proven.recorded.envelope;
    Json told;
    told.set("sound", true);
    told.set("book", proven.checkpoint.origin);
    told.set("revision", envelope.revision);
    told.set("size", proven.checkpoint.head.revision);
    told.set("root", to_hex(proven.checkpoint.head.root));
    told.set("key", key);
    told.set("type", envelope.type);
    told.set("recorded_at", to_text(envelope.recorded_at));
    if (const Frozen* frozen = document_in(proven.recorded.event)) {
        told.set("number", frozen->number);
        told.set("total", total_of(*frozen));
    }
    return told;
}

void print(const audit::Proven& proven, const std::string& key, bool is_key_known) {
    const Ink ink(shows_colours(1));
    const Envelope& envelope = proven.recorded.envelope;
    const Frozen* frozen = document_in(proven.recorded.event);
    fmt::print("{} {}\n", ink.green("Sound."),
               frozen ? harmless(frozen->number + ", " + total_of(*frozen)) : envelope.type);
    if (frozen)
        fmt::print("  from {}{}\n", harmless(frozen->seller.name),
                   frozen->buyer ? " to " + harmless(frozen->buyer->name) : "");
    fmt::print("  event {} of {}, recorded at {}\n  in the {} events whose root was signed:\n"
               "  root {}\n  signed by {}\n",
               envelope.revision, harmless(proven.checkpoint.origin), to_text(envelope.recorded_at),
               proven.checkpoint.head.revision, to_hex(proven.checkpoint.head.root), key);
    if (!is_key_known)
        fmt::print("{}\n", ink.dim("  Whose key that is, only you can tell: --key compares it."));
    fmt::print("{}\n", ink.dim("  What came after those events, a credit note say, is not in it."));
}

} // namespace

bool is_bundle(const std::string& path) {
    PosixLargeFiles files;
    const auto file = files.open_for_reading(path);
    if (!file)
        return false;
    const auto first = (*file)->read_at(0, 1);
    return first && *first == "{";
}

bool is_signer(const std::string& path, const Trusted& trusted, const log::PublicKey& key,
               bool json, int& exit_code) {
    if (trusted.key.empty())
        return true;
    const auto expected = log::parse_public_key(trusted.key);
    if (expected && *expected == key)
        return true;
    const Error why =
        expected ? Error{ErrorKind::corrupt, "signed by another key: " + log::to_base64(key)}
                 : Error{ErrorKind::unsupported, "--key is no key: " + trusted.key};
    exit_code = print_unsound(path, why, json);
    return false;
}

namespace {

// A head of another book, or of another size, tells nothing.
bool fits(const std::string& path, const Trusted& trusted, const log::Checkpoint& head, bool json,
          int& exit_code) {
    const auto refuse = [&](ErrorKind kind, const std::string& why) {
        exit_code = print_unsound(path, {kind, why}, json);
        return false;
    };
    const auto cannot_tell = ErrorKind::unsupported;
    const auto texts = read_checkpoints(trusted.checkpoints);
    if (!texts) {
        exit_code = kExitCannotTell;
        return false;
    }
    for (const std::string& text : *texts) {
        const auto kept = log::read_checkpoint(text);
        if (!kept)
            return refuse(cannot_tell, "the checkpoint: " + kept.error().what);
        if (kept->origin != head.origin)
            return refuse(cannot_tell,
                          "the checkpoint is of " + kept->origin + ", this of " + head.origin);
        if (kept->head.revision != head.head.revision)
            return refuse(cannot_tell, fmt::format("the checkpoint is of {} events, this of {}: "
                                                   "only the books can tell whether they agree",
                                                   kept->head.revision, head.head.revision));
        if (kept->head.root != head.head.root)
            return refuse(ErrorKind::corrupt, "the checkpoint has another root: one of the two "
                                              "was not made of these books");
    }
    return true;
}

} // namespace

int verify_bundle(const std::string& path, const Trusted& trusted, bool json) {
    const auto text = PosixFiles().read_all(path);
    if (!text)
        return print_unsound(path, text.error(), json);
    const auto bundle = audit::parse_bundle(*text);
    if (!bundle)
        return print_unsound(path, bundle.error(), json);
    const auto proven = audit::check(*bundle);
    if (!proven)
        return print_unsound(path, proven.error(), json);
    int exit_code = kExitDone;
    if (!is_signer(path, trusted, bundle->key, json, exit_code)
        || !fits(path, trusted, proven->checkpoint, json, exit_code))
        return exit_code;
    const std::string signer = log::to_base64(bundle->key);
    if (json)
        fmt::print("{}\n", to_json(as_json(*proven, signer)));
    else
        print(*proven, signer, !trusted.key.empty());
    return kExitDone;
}

} // namespace daybook::api
