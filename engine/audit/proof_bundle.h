// One event of the books, with everything that is needed to check that it is in them: a small file
// that a customer keeps beside his invoice and checks offline, with `daybook verify` or with
// SHA-256 and Ed25519 from anywhere (README.md draws it).
//
// It proves that whoever holds the key signed a head of this book, and that the record, byte for
// byte, is event number `revision` of it. It does not prove whose key that is, nor that the head is
// the newest, nor what came after: an invoice may have been credited since.
#pragma once

#include "engine/log/checkpoint.h"
#include "engine/log/proof.h"
#include "events/event.h"

#include <string>
#include <vector>

namespace daybook::audit {

struct ProofBundle {
    std::string record; // As stored and hashed.
    std::uint64_t index = 0;
    std::vector<Hash> path; // From the leaf upwards.
    std::string checkpoint; // Its size is the tree's.
    log::PublicKey key{};

    bool operator==(const ProofBundle&) const = default;
};

// `checkpoint` is of that line, and covers the revision. ErrorKind::invalid when it does not.
Result<ProofBundle> make_bundle(const log::LogReader& log, log::LineNumber line, Revision revision,
                                std::string checkpoint, const log::PublicKey& key);

std::string to_text(const ProofBundle& bundle);
// ErrorKind::invalid for what is no bundle, ErrorKind::unsupported for one of a newer release.
Result<ProofBundle> parse_bundle(std::string_view text);

struct Proven {
    RecordedEvent recorded;
    log::Checkpoint checkpoint;
};

// ErrorKind::corrupt when signature, path or record do not fit, and says which.
Result<Proven> check(const ProofBundle& bundle);

} // namespace daybook::audit
