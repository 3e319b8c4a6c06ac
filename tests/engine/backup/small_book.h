// A small book, its backup, and a forger: archives put together from any entries, sealed, and with
// a manifest signed by the right key, so that a test chooses the one thing that is wrong.
#pragma once

#include "engine/adapters/posix_files.h"
#include "engine/adapters/posix_large_files.h"
#include "engine/backup/block_writer.h"
#include "engine/backup/readme_text.h"
#include "engine/backup/verification.h"
#include "engine/backup/writer.h"
#include "engine/log/checkpoint.h"
#include "engine/log/merkle.h"
#include "tests/engine/command/desk.h"
#include "tests/support/memory_file.h"
#include "tests/support/temp_directory.h"

namespace daybook::tests {

inline const log::SigningKey& test_key() {
    static const log::SigningKey key = ok(log::SigningKey::from_pem(
        "-----BEGIN PRIVATE KEY-----\n"
        "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
        "-----END PRIVATE KEY-----\n"));
    return key;
}

inline IdSource& test_ids() {
    static FixedIds ids;
    return ids;
}

// A company, a client of whom something personal is kept, and drafts.
inline void open_small_book(Desk& desk, std::uint32_t drafts = 2) {
    desk.open_books(drafts);
    command::Submission submission =
        asking(domain::CreateClient{kOtherClient, business("Durand SARL")});
    const std::string contacts = "0123456789abcdef{\"email\":\"anne@durand.example\"}";
    submission.persons = {{{log::sha256(contacts), contacts}, "contacts"}};
    CHECK(std::holds_alternative<command::Committed>(desk.ask(std::move(submission))),
          "a client with contacts is created");
}

inline backup::Subject subject_of(const Desk& desk) {
    const command::CompanyLine where = desk.line();
    return {where.line,  where.log_id,   where.epoch,
            desk.head(), where.company,  "Dupont",
            uuid(77),    "daybook test", Timestamp{1'790'000'000'000'000}};
}

// Stands for read models: one table in two pieces.
inline backup::Readable readable() {
    backup::Readable readable;
    readable.summary.set("clients", 2);
    readable.state = {1, log::sha256("a state")};
    readable.texts.push_back({"clients.csv", [piece = 0](std::string& out) mutable -> Result<bool> {
                                  out += piece == 0 ? "name\r\n" : "Dupont SA\r\n";
                                  return piece++ == 0;
                              }});
    return readable;
}

// The schema of a test is short, so that every bit of a backup can be tried.
inline constexpr SchemaFile kShortSchema[] = {{"short.fbs", "table Short {}\n"}};

inline std::string backup_bytes(const Desk& desk,
                                std::span<const SchemaFile> schema = kShortSchema) {
    const TempDirectory directory;
    PosixFiles files;
    PosixLargeFiles large_files;
    const std::string path = directory / "a.daybook";
    ok(backup::write_backup({files, large_files, desk.log, test_key(), test_ids()}, path,
                            subject_of(desk), {}, readable(), nullptr, schema));
    return ok(files.read_all(path));
}

// Opens and verifies; the error that anybody would get.
inline Result<backup::Verified> verified(std::string bytes) {
    const auto backup = backup::BackupFile::open(std::make_unique<MemoryFile>(std::move(bytes)));
    if (!backup)
        return std::unexpected(backup.error());
    return backup::verify(*backup);
}

// ---- the forger ------------------------------------------------------------------------------

struct Piece {
    backup::ZipEntry entry;
    std::string bytes; // As they are in the archive.
};

inline Piece stored(std::string name, std::string content) {
    return {{std::move(name), false, backup::crc32_of(content), content.size(), content.size(), 0},
            std::move(content)};
}

// Each local header at its place, whatever the entries say.
inline std::string pack(std::vector<Piece> pieces) {
    std::string archive;
    std::string directory;
    for (Piece& piece : pieces) {
        piece.entry.at = archive.size();
        archive +=
            backup::local_header(piece.entry) + piece.bytes + backup::data_descriptor(piece.entry);
        directory += backup::central_header(piece.entry);
    }
    archive += directory + backup::ending_text({pieces.size(), directory.size(), archive.size()});
    return archive + to_hex(log::sha256(archive));
}

// The pieces of a sound backup, to be put together anew.
inline std::vector<Piece> pieces_of(const std::string& backup) {
    const auto archive = ok(backup::ZipReader::open(std::make_unique<MemoryFile>(backup)));
    std::vector<Piece> pieces;
    for (const backup::ZipEntry& entry : archive.entries())
        pieces.push_back(
            {entry, backup.substr(entry.at + backup::local_header(entry).size(), entry.stored)});
    return pieces;
}

inline Piece& piece_named(std::vector<Piece>& pieces, std::string_view beginning) {
    for (Piece& piece : pieces)
        if (piece.entry.name.starts_with(beginning))
            return piece;
    throw std::runtime_error("no such entry");
}

inline backup::Manifest manifest_of(const std::string& backup) {
    std::vector<Piece> pieces = pieces_of(backup);
    return ok(backup::parse_manifest(piece_named(pieces, "manifest.json").bytes));
}

// The archive with that manifest instead, signed.
inline std::string with_manifest(std::vector<Piece> pieces, const std::string& manifest) {
    pieces.resize(pieces.size() - 2);
    const auto signature = test_key().sign(manifest);
    pieces.push_back(stored("manifest.json", manifest));
    pieces.push_back(stored("manifest.sig", {signature.begin(), signature.end()}));
    return pack(std::move(pieces));
}

// What a record names of persons; nothing of what is no record.
inline std::vector<log::PersonBlob> persons_named(const Desk& desk, const std::string& record) {
    std::vector<log::PersonBlob> persons;
    const auto envelope = decode_envelope(record);
    for (const BlobRef& blob : envelope ? envelope->blobs : std::vector<BlobRef>())
        persons.push_back(
            {blob.sha256, ok(desk.log.find_person(desk.line().line, blob.sha256)).value()});
    return persons;
}

// A backup of these records, sealed, signed and with a root that fits: only what the records say
// can be wrong, and that no person's data are in it.
inline std::string backup_of_records(const Desk& desk, const std::vector<std::string>& records,
                                     bool with_persons = true) {
    MemorySink sink;
    backup::ZipWriter zip(sink);
    backup::Manifest manifest = manifest_of(backup_bytes(desk));
    manifest.entries = {ok(zip.add(std::string(backup::kReadmeName), backup::readme_text(true)))};
    backup::BlockWriter blocks(zip, manifest.entries);
    log::Frontier tree;
    for (const std::string& record : records) {
        ok(blocks.add(record,
                      with_persons ? persons_named(desk, record) : std::vector<log::PersonBlob>()));
        tree.add(log::leaf_hash(record));
    }
    ok(blocks.end());
    manifest.persons = blocks.persons();
    manifest.revisions = records.size();
    manifest.root = tree.root();
    manifest.checkpoint =
        ok(log::sign_checkpoint(test_key(), log::checkpoint_origin(manifest.log_id, manifest.epoch),
                                {manifest.revisions, manifest.root}));
    const std::string text = to_text(manifest);
    const auto signature = test_key().sign(text);
    ok(zip.add("manifest.json", text));
    ok(zip.add("manifest.sig", std::string(signature.begin(), signature.end())));
    ok(zip.finish());
    return sink.bytes();
}

inline std::vector<std::string> records_of(const Desk& desk) {
    std::vector<std::string> records;
    for (const log::StoredRecord& record : ok(desk.log.read(desk.line().line, 1)))
        records.push_back(record.bytes);
    return records;
}

} // namespace daybook::tests
