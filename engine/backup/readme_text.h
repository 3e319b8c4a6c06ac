// The first entry of every backup: what the file is, for whoever finds it in ten years.
#pragma once

#include <string>
#include <string_view>

namespace daybook::backup {

inline constexpr std::string_view kReadmeName = "README.txt";

// A text that begins on a line of its own.
constexpr std::string_view without_first_byte(std::string_view text) { return text.substr(1); }

inline constexpr std::string_view kReadmeBegin =
    R"(This file is a backup of one company's books, made by Daybook. It is a ZIP archive.

)";
inline constexpr std::string_view kReadmeWithHistory = without_first_byte(R"(
readable/       what stood in the books, as tables for any spreadsheet, and every event as a line
                of JSON (events.ndjson). Nothing reads these files back.
)");
inline constexpr std::string_view kReadmeWithoutHistory = without_first_byte(R"(
readable/       what stood in the books, as tables for any spreadsheet. Nothing reads these files
                back. How the books came to be was left out: events/ says what they are.
)");
inline constexpr std::string_view kReadmeRest =
    R"(manifest.json   which company, which events, how many, and the SHA-256 of every other file
manifest.sig    Ed25519 signature of manifest.json, by the key that it names
events/         the books themselves: blocks of records, compressed with zstd (RFC 8878)
persons/        what is kept of persons, beside the records that name it by SHA-256
schema/         what a record is: FlatBuffers schemas, as text and as binary (events.bfbs)
attachments/    files that belong to the books, by SHA-256
emails/         messages that were sent, by SHA-256

The last 64 characters of the file are the SHA-256 of every byte before them:

    head -c -64 FILE | sha256sum

To read an event without Daybook (a block is a sequence of records, each after its size in four
bytes, least significant first):

    unzip FILE 'events/*' 'schema/*' manifest.json manifest.sig
    zstd -d events/000000000001-*.zst -o block
    flatc --json --strict-json --size-prefixed --raw-binary schema/record.fbs -- block

prints the envelope of the first record; "payload" in it is a FlatBuffer of the table that "type"
names, in schema/events.fbs. To check the signature:

    jq -r .signing_key manifest.json | base64 -d > key.der
    openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in manifest.json \
            -sigfile manifest.sig
)";

inline std::string readme_text(bool has_history) {
    std::string text(kReadmeBegin);
    text += has_history ? kReadmeWithHistory : kReadmeWithoutHistory;
    text += kReadmeRest;
    return text;
}

} // namespace daybook::backup
