// The manifest: what a backup is of, and the digest of everything in it. README.md draws it.
#pragma once

#include "engine/backup/zip_writer.h"
#include "engine/log/signing_key.h"
#include "events/base/json.h"
#include "events/calendar.h"

#include <string>
#include <vector>

namespace daybook::backup {

// Which parts that may be left out are in the file.
struct Options {
    bool attachments = true;
    bool emails = true;
    bool history = true;

    bool operator==(const Options&) const = default;
};

struct StateHash {
    int form = 1;
    Hash hash;

    bool operator==(const StateHash&) const = default;
};

struct Manifest {
    std::string software;
    Timestamp made_at;
    Uuid realm; // The installation that made it.
    CompanyId company;
    std::string company_name;
    Uuid log_id;
    Epoch epoch = 1;
    Revision revisions = 0; // Records 1 to this one, a commit end.
    Timestamp last_recorded_at;
    std::uint64_t persons = 0; // Blobs, some perhaps more than once.
    Options options;
    Hash root;              // Of all records.
    std::string checkpoint; // The same, signed (engine/log/checkpoint.h).
    StateHash state;
    log::PublicKey signing_key{};
    Json summary;                     // What the books say in a few numbers; for people.
    std::vector<EntryDigest> entries; // In their order; not the manifest and its signature.

    bool operator==(const Manifest&) const = default;
};

inline constexpr std::string_view kManifestName = "manifest.json";
inline constexpr std::string_view kSignatureName = "manifest.sig";

std::string to_text(const Manifest& manifest);
// ErrorKind::unsupported for a newer format; ErrorKind::corrupt for what no release of ours wrote.
Result<Manifest> parse_manifest(std::string_view text);

} // namespace daybook::backup
