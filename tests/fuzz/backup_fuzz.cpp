// Backups from anywhere. The seal and the signatures are made to fit, for whoever wants to do harm
// can do that too: the input is an archive, a manifest, and the records of a backup that is sound
// but for them.

#include "engine/backup/block_writer.h"
#include "engine/backup/blocks.h"
#include "engine/backup/readme_text.h"
#include "engine/backup/record_reader.h"
#include "engine/backup/verification.h"
#include "engine/log/checkpoint.h"
#include "events/codec/codec.h"
#include "tests/fuzz/signatory.h"
#include "tests/support/memory_file.h"

namespace {

using namespace daybook;
using namespace daybook::backup;

constexpr std::size_t kSealDigits = 64;

Result<BackupFile> open(std::string archive) {
    return BackupFile::open(std::make_unique<tests::MemoryFile>(std::move(archive)));
}

void try_archive(std::string bytes) {
    if (bytes.size() < kSealDigits)
        return;
    bytes.resize(bytes.size() - kSealDigits);
    bytes += to_hex(log::sha256(bytes));
    if (const auto opened = open(std::move(bytes)))
        static_cast<void>(verify(*opened));
}

void try_manifest(std::string_view text) {
    const auto manifest = parse_manifest(text);
    if (!manifest)
        return;
    const auto again = parse_manifest(to_text(*manifest));
    fuzz::hold(again && *again == *manifest);
}

// What the manifest of these records has to say.
Manifest manifest_of(const std::vector<std::string_view>& records) {
    Manifest manifest;
    log::Frontier tree;
    for (const std::string_view record : records)
        tree.add(log::leaf_hash(record));
    if (const auto last = decode_envelope(records.back())) {
        manifest.log_id = last->log_id;
        manifest.epoch = last->epoch;
        manifest.last_recorded_at = last->recorded_at;
    }
    manifest.revisions = records.size();
    manifest.root = tree.root();
    manifest.signing_key = fuzz::signatory().public_key();
    manifest.checkpoint = *log::sign_checkpoint(
        fuzz::signatory(), log::checkpoint_origin(manifest.log_id, manifest.epoch),
        {manifest.revisions, manifest.root});
    return manifest;
}

std::string archive_of(const std::vector<std::string_view>& records) {
    tests::MemorySink sink;
    ZipWriter zip(sink);
    Manifest manifest = manifest_of(records);
    manifest.entries = {*zip.add(std::string(kReadmeName), readme_text(true))};
    BlockWriter blocks(zip, manifest.entries);
    for (const std::string_view record : records)
        fuzz::hold(blocks.add(record, {}).has_value());
    fuzz::hold(blocks.end().has_value());
    const std::string text = to_text(manifest);
    const log::Signature signature = fuzz::signatory().sign(text);
    fuzz::hold(zip.add(std::string(kManifestName), text).has_value());
    fuzz::hold(zip.add(std::string(kSignatureName), std::string(signature.begin(), signature.end()))
                   .has_value());
    fuzz::hold(zip.finish().has_value());
    return sink.bytes();
}

void try_records(std::string_view block) {
    const auto records = split_block(block);
    if (!records || records->empty())
        return;
    const auto opened = open(archive_of(*records));
    fuzz::hold(opened.has_value());
    RecordReader reader(*opened);
    for (const std::string_view record : *records)
        fuzz::hold(reader.next().value_or(false) && reader.bytes() == record);
    const auto verified = verify(*opened);
    fuzz::hold(!verified || verified->events == records->size());
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::text_of(data, size);
    try_archive(std::string(bytes));
    try_manifest(bytes);
    try_records(bytes);
    return 0;
}
