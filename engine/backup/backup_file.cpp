#include "engine/backup/backup_file.h"

#include "engine/backup/limits.h"
#include "engine/backup/readme_text.h"
#include "engine/backup/zstd_frame.h"
#include "engine/log/checkpoint.h"
#include "events/base/planted.h"

#include <charconv>
#include <fmt/format.h>

namespace daybook::backup {
namespace {

constexpr std::size_t kRevisionDigits = 12;

std::unexpected<Error> bad_entry(std::string_view entry, std::string_view why) {
    return fail(ErrorKind::corrupt, std::string(entry) + ": " + std::string(why));
}

// The two revisions of a block's name; nothing unless block_name() makes the name of them.
std::optional<std::pair<Revision, Revision>> range_of(std::string_view name,
                                                      std::string_view folder) {
    Revision first = 0;
    Revision last = 0;
    const char* const end = name.data() + name.size();
    const auto [dash, no_first] = std::from_chars(name.data() + folder.size(), end, first);
    if (no_first != std::errc() || dash == end)
        return std::nullopt;
    const auto [dot, no_last] = std::from_chars(dash + 1, end, last);
    if (no_last != std::errc() || block_name(folder, first, last) != name || first > last)
        return std::nullopt;
    return std::pair(first, last);
}

} // namespace

std::string block_name(std::string_view folder, Revision first, Revision last) {
    return fmt::format("{}{:0{}}-{:0{}}.zst", folder, first, kRevisionDigits, last,
                       kRevisionDigits);
}

Result<BackupFile> BackupFile::open(std::unique_ptr<ReadableFile> file, const Progress& progress) {
    BackupFile backup(TRY(ZipReader::open(std::move(file))));
    backup.sha256_ = TRY(backup.archive_.check_seal(progress));
    TRY(backup.read_manifest());
    TRY(backup.compare_entries());
    TRY(backup.find_blocks());
    return backup;
}

Result<void> BackupFile::read_manifest() {
    const ZipEntry* manifest = archive_.find(kManifestName);
    const ZipEntry* signature = archive_.find(kSignatureName);
    if (!manifest || !signature)
        return fail(ErrorKind::invalid, "not a backup of Daybook: no manifest, or no signature");
    if (manifest->size > kManifestBytesMax)
        return bad_entry(kManifestName, "larger than a manifest may be");
    const std::string text = TRY(archive_.read_all(*manifest));
    auto parsed = parse_manifest(text);
    if (!parsed)
        return std::unexpected(parsed.error().within(kManifestName));
    manifest_ = *std::move(parsed);

    log::Signature signed_by{};
    if (signature->deflated || signature->size != signed_by.size())
        return bad_entry(kSignatureName, "not 64 bytes");
    const std::string bytes = TRY(archive_.read_all(*signature));
    std::ranges::copy(bytes, signed_by.begin());
    if (!log::is_signature(signed_by, text, manifest_.signing_key)
        && !planted("the signature of a backup is not checked"))
        return bad_entry(kSignatureName, "the manifest was altered: its signature does not fit");

    const auto checkpoint = log::verify_checkpoint(manifest_.checkpoint, manifest_.signing_key);
    if (!checkpoint)
        return std::unexpected(checkpoint.error().within(kManifestName));
    const log::Checkpoint expected{log::checkpoint_origin(manifest_.log_id, manifest_.epoch),
                                   {manifest_.revisions, manifest_.root}};
    if (*checkpoint != expected)
        return bad_entry(kManifestName, "its checkpoint is of other records than its root");
    return {};
}

// The list of the manifest and that of the archive are one list; then the last two.
Result<void> BackupFile::compare_entries() const {
    const auto entries = archive_.entries();
    const auto& listed = manifest_.entries;
    if (entries.size() != listed.size() + 2 || entries[listed.size()].name != kManifestName
        || entries[listed.size() + 1].name != kSignatureName)
        return bad_entry(kManifestName, "it does not list the entries of the archive");
    for (std::size_t i = 0; i < listed.size(); ++i)
        if (entries[i].name != listed[i].name || entries[i].size != listed[i].size)
            return bad_entry(entries[i].name,
                             "the manifest lists another entry here, or another size");
    if (entries.front().name != kReadmeName)
        return bad_entry(entries.front().name, "the first entry of a backup is README.txt");
    return {};
}

Result<void> BackupFile::find_blocks() {
    for (const ZipEntry& entry : archive_.entries()) {
        const bool events = entry.name.starts_with(kEventsFolder);
        if (!events && !entry.name.starts_with(kPersonsFolder))
            continue;
        const auto range = range_of(entry.name, events ? kEventsFolder : kPersonsFolder);
        if (!range || entry.deflated)
            return bad_entry(entry.name, "not a block of records");
        const Revision next = blocks_.empty() ? 1 : blocks_.back().last + 1;
        if (events && range->first == next)
            blocks_.push_back({range->first, range->second, &entry, nullptr});
        else if (!events && !blocks_.empty() && !blocks_.back().persons
                 && range == std::pair(blocks_.back().first, blocks_.back().last))
            blocks_.back().persons = &entry;
        else
            return bad_entry(entry.name,
                             "out of order; revision " + std::to_string(next) + " should be next");
    }
    const Revision last = blocks_.empty() ? 0 : blocks_.back().last;
    if (last != manifest_.revisions)
        return bad_entry(kEventsFolder, "the last record is " + std::to_string(last) + ", not "
                                            + std::to_string(manifest_.revisions)
                                            + " as the manifest says");
    return {};
}

Result<std::string> BackupFile::read_block(const ZipEntry& entry) const {
    const std::string frame = TRY(archive_.read_all(entry));
    auto content = from_zstd(frame, kBlockBytesMax);
    if (!content)
        return std::unexpected(content.error().within(entry.name));
    return content;
}

Result<void> BackupFile::check_digest(const EntryDigest& expected) const {
    const ZipEntry* entry = archive_.find(expected.name); // There: the lists were compared.
    log::Sha256 digest;
    TRY(archive_.read(*entry, [&](std::string_view piece) -> Result<void> {
        digest.add(piece);
        return {};
    }));
    if (digest.end() != expected.sha256)
        return bad_entry(expected.name, "its content is not what the manifest names");
    return {};
}

} // namespace daybook::backup
