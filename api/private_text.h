// Personal data that the law does not need in the books: notes and contacts, kept as blobs beside
// the log and named there by their SHA-256 (domain.md 1). Erasing such a blob erases the words; the
// name that stays says nothing of them, since the bytes begin with a salt that was never written
// anywhere else.
//
//     16 random bytes ‖ canonical JSON (RFC 8785)
#pragma once

#include "engine/command/submission.h"
#include "engine/ports.h"
#include "events/base/json.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace daybook::api {

// A new blob each time: the same words sealed twice have two names.
command::NewPerson seal(IdSource& ids, const Json& content, std::string role);
// Nothing when it was erased or never written; ErrorKind::corrupt when it is no sealed text.
Result<std::optional<Json>> unseal(const log::LogReader& log, log::LineNumber line,
                                   const Hash& name);

// The same, bound to a line. A preview's blobs are in no log: they are looked for among `fresh`.
using Unseal = std::function<Result<std::optional<Json>>(const Hash&)>;
Unseal unsealing(const log::LogReader& log, log::LineNumber line,
                 std::span<const command::NewPerson> fresh = {});

// What a request makes of private words: `before` stays when it holds just these (else a change
// that changes nothing would be one), a new blob is added to `persons` otherwise; null is none.
struct Sealing {
    IdSource& ids;
    const log::LogReader& log;
    log::LineNumber line;
    std::vector<command::NewPerson>& persons;

    Result<std::optional<Hash>> keep_or_seal(const std::optional<Hash>& before, const Json& content,
                                             std::string role) const;
};

} // namespace daybook::api
