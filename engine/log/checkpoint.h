// Checkpoints: a line's head, signed, as a short text that fits in a mail or on paper (C2SP
// tlog-checkpoint and signed-note; any of their tools verifies it).
//
//     example.org/books/1\n                    origin: names the line; also the name of the key
//     42\n                                     size: number of records
//     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n     root, base64
//     \n
//     — example.org/books/1 Az3grlgt…\n        base64 of  key hash (4) ‖ Ed25519 signature (64)
//
// The signature covers the first three lines with their line ends. Key hash = the first four bytes
// of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key).
#pragma once

#include "engine/log/event_log.h"
#include "engine/log/signing_key.h"

namespace daybook::log {

struct Checkpoint {
    std::string origin;
    LineHead head;

    bool operator==(const Checkpoint&) const = default;
};

// The origin of a company's line: "daybook/<log id>/<epoch>".
std::string checkpoint_origin(const Uuid& log_id, Epoch epoch);

// ErrorKind::invalid when the origin is empty or holds a space, a plus or a control character.
Result<std::string> sign_checkpoint(const SigningKey& key, const std::string& origin,
                                    const LineHead& head);

// ErrorKind::invalid when the text is not a checkpoint; ErrorKind::corrupt when this key did not
// sign it. Lines of other signatories (witnesses) are left alone.
Result<Checkpoint> verify_checkpoint(std::string_view text, const PublicKey& key);

// The signature itself. Errors as above.
Result<Signature> signature_of(std::string_view text, const PublicKey& key);

// What it says, whoever signed it. Whoever uses this trusts where the text came from.
Result<Checkpoint> read_checkpoint(std::string_view text);

// Checkpoints that stand one after another in a file. What follows the last whole one, as a crash
// may leave it, is not among them.
std::vector<std::string_view> split_checkpoints(std::string_view text);

} // namespace daybook::log
