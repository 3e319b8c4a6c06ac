#include "api/cli/verify_bundle.h"

#include "api/cli/backup_file.h"
#include "api/cli/ink.h"
#include "engine/adapters/posix_files.h"
#include "engine/adapters/posix_large_files.h"
#include "engine/adapters/terminal.h"
#include "engine/audit/proof_bundle.h"
#include "engine/log/base64.h"
#include "events/base/json.h"
#include "events/money.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

const Frozen* document_of(const Event& event) {
    return std::visit(
        [](const auto& each) -> const Frozen* {
            if constexpr (requires { each.frozen.number; })
                return &each.frozen;
            else
                return nullptr;
        },
        static_cast<const AnyEvent&>(event));
}

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
    if (const Frozen* frozen = document_of(proven.recorded.event)) {
        told.set("number", frozen->number);
        told.set("total", total_of(*frozen));
    }
    return told;
}

void print(const audit::Proven& proven, const std::string& key, bool is_key_known) {
    const Ink ink(shows_colours(1));
    const Envelope& envelope = proven.recorded.envelope;
    const Frozen* frozen = document_of(proven.recorded.event);
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

int verify_bundle(const std::string& path, const std::string& key, bool json) {
    const auto text = PosixFiles().read_all(path);
    if (!text)
        return print_unsound(path, text.error());
    const auto bundle = audit::parse_bundle(*text);
    if (!bundle)
        return print_unsound(path, bundle.error());
    const std::string signer = log::to_base64(bundle->key);
    if (!key.empty() && key != signer)
        return print_unsound(path, {ErrorKind::corrupt, "signed by another key: " + signer});
    const auto proven = audit::check(*bundle);
    if (!proven)
        return print_unsound(path, proven.error());
    if (json)
        fmt::print("{}\n", to_json(as_json(*proven, signer)));
    else
        print(*proven, signer, !key.empty());
    return kExitDone;
}

} // namespace daybook::api
