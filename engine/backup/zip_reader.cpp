#include "engine/backup/zip_reader.h"

#include "engine/backup/limits.h"
#include "engine/backup/readme_text.h"
#include "engine/log/sha256.h"
#include "events/base/planted.h"

#include <algorithm>
#include <optional>

namespace daybook::backup {
namespace {

constexpr std::size_t kPieceBytes = 256 * 1024;

std::string named(const ZipEntry& entry) {
    return entry.name + " (offset " + std::to_string(entry.at) + ")";
}

// Every backup begins with the same bytes: the header of README.txt. Enough of them make a file
// ours, whatever became of the rest.
bool begins_like_a_backup(std::string_view first) {
    constexpr std::size_t kAlike = 20;
    const std::string ours = local_header({std::string(kReadmeName), false, 0, 0, 0, 0});
    const std::size_t compared = std::min(first.size(), ours.size());
    std::size_t alike = 0;
    for (std::size_t i = 0; i < compared; ++i)
        alike += first[i] == ours[i] ? 1 : 0;
    return compared > 0 && alike >= std::min(compared, kAlike);
}

} // namespace

Result<ZipReader> ZipReader::open(std::unique_ptr<ReadableFile> file) {
    const std::uint64_t bytes = TRY(file->size());
    ZipReader reader(std::move(file), bytes);
    const auto read = reader.read_directory();
    if (read)
        return reader;
    const std::string first = TRY(reader.file_->read_at(0, 64));
    if (read.error().kind == ErrorKind::corrupt && !begins_like_a_backup(first))
        return fail(ErrorKind::invalid, "not a backup of Daybook");
    return std::unexpected(read.error());
}

Result<std::string> ZipReader::read_exactly(std::uint64_t at, std::size_t bytes) const {
    std::string read = TRY(file_->read_at(at, bytes));
    if (read.size() != bytes)
        return fail(ErrorKind::io, "the file became shorter while it was read");
    return read;
}

// ---- the directory ---------------------------------------------------------------------------

Result<void> ZipReader::read_directory() {
    const auto last_bytes = std::min<std::uint64_t>(bytes_, ending_bytes_max());
    const std::string last =
        TRY(read_exactly(bytes_ - last_bytes, static_cast<std::size_t>(last_bytes)));
    const Ending ending = TRY(parse_ending(last, bytes_));
    if (ending.entries > kEntriesMax || ending.directory_bytes > kDirectoryBytesMax)
        return fail(ErrorKind::corrupt, "the archive's directory is larger than a backup's may be");
    const std::string text =
        TRY(read_exactly(ending.directory_at, static_cast<std::size_t>(ending.directory_bytes)));
    std::string_view rest = text;
    std::uint64_t next_at = 0;
    std::uint64_t unfolded = 0;
    while (!rest.empty()) {
        ZipEntry entry = TRY(take_central_header(rest));
        TRY(note(std::move(entry), next_at, unfolded));
    }
    if (entries_.size() != ending.entries || next_at != ending.directory_at)
        return fail(ErrorKind::corrupt, "entries are missing between offset "
                                            + std::to_string(next_at) + " and the directory");
    return {};
}

Result<void> ZipReader::note(ZipEntry entry, std::uint64_t& next_at, std::uint64_t& unfolded) {
    const auto no = [&](const char* why) {
        return fail(ErrorKind::corrupt, "the directory's line of " + named(entry) + why);
    };
    if (entry.at != next_at)
        return no(": it does not begin where the entry before it ends");
    if (!entry.deflated && entry.stored != entry.size)
        return no(": its sizes disagree");
    if (entry.stored > bytes_ || entry.at > bytes_)
        return no(": it is larger than the file");
    next_at += extent_of(entry);
    // By division: a size may be anything up to 2^64.
    if (entry.size > kUnfoldFree && entry.size / kUnfoldMax > bytes_)
        return no(": it unfolds to more than a thousand times the file");
    unfolded += entry.size;
    if (unfolded > kUnfoldFree && unfolded / kUnfoldMax > bytes_)
        return no(": up to here, entries unfold to more than a thousand times the file");
    if (!by_name_.emplace(entry.name, entries_.size()).second)
        return no(": a second entry of that name");
    entries_.push_back(std::move(entry));
    return {};
}

const ZipEntry* ZipReader::find(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : &entries_[found->second];
}

// ---- entries ---------------------------------------------------------------------------------

Result<void> ZipReader::read(const ZipEntry& entry, const Inflater::Take& take) const {
    const std::string header = local_header(entry);
    if (TRY(file_->read_at(entry.at, header.size())) != header)
        return fail(ErrorKind::corrupt, named(entry) + ": its header is damaged");
    std::uint64_t size = 0;
    std::uint32_t crc = 0;
    const auto read = read_content(entry, [&](std::string_view piece) -> Result<void> {
        size += piece.size();
        if (size > entry.size)
            return fail(ErrorKind::corrupt, "it unfolds to more than announced");
        crc = crc32_of(piece, crc);
        return take(piece);
    });
    if (!read)
        return std::unexpected(read.error().within(named(entry)));
    if (size != entry.size || crc != entry.crc)
        return fail(ErrorKind::corrupt, named(entry) + ": its content is damaged");
    const std::string descriptor = data_descriptor(entry);
    if (TRY(file_->read_at(entry.at + header.size() + entry.stored, descriptor.size()))
        != descriptor)
        return fail(ErrorKind::corrupt, named(entry) + ": what follows its content is damaged");
    return {};
}

Result<void> ZipReader::read_content(const ZipEntry& entry, const Inflater::Take& take) const {
    std::optional<Inflater> inflater;
    if (entry.deflated)
        inflater.emplace();
    std::uint64_t at = entry.at + local_header(entry).size();
    for (std::uint64_t left = entry.stored; left > 0;) {
        const auto bytes = static_cast<std::size_t>(std::min<std::uint64_t>(left, kPieceBytes));
        const std::string piece = TRY(read_exactly(at, bytes));
        TRY(inflater ? inflater->add(piece, take) : take(piece));
        at += bytes;
        left -= bytes;
    }
    if (inflater && !inflater->ended())
        return fail(ErrorKind::corrupt, "what was deflated has no end");
    return {};
}

Result<std::string> ZipReader::read_all(const ZipEntry& entry) const {
    std::string content;
    content.reserve(static_cast<std::size_t>(entry.size));
    TRY(read(entry, [&](std::string_view piece) -> Result<void> {
        content += piece;
        return {};
    }));
    return content;
}

// ---- the seal --------------------------------------------------------------------------------

Result<Hash> ZipReader::check_seal(const Progress& progress) const {
    log::Sha256 digest;
    const std::uint64_t sealed = bytes_ - kSealBytes;
    for (std::uint64_t at = 0; at < sealed;) {
        const auto bytes =
            static_cast<std::size_t>(std::min<std::uint64_t>(sealed - at, kPieceBytes));
        digest.add(TRY(read_exactly(at, bytes)));
        at += bytes;
        if (progress)
            progress(at, sealed);
    }
    const std::string seal = TRY(read_exactly(sealed, kSealBytes));
    if (seal == to_hex(digest.so_far()) || planted("the seal of a backup is not compared")) {
        digest.add(seal);
        return digest.end();
    }
    for (const ZipEntry& entry : entries_) {
        const auto found = read(entry, [](std::string_view) { return Result<void>(); });
        if (!found)
            return std::unexpected(found.error().within("the seal does not fit the file"));
    }
    // Deflate can say one thing in several ways, so a bit may differ where no content does.
    return fail(ErrorKind::corrupt, "the seal does not fit the file, though the content of every "
                                    "entry is whole: the seal itself was damaged, or the way in "
                                    "which something in schema/ or readable/ is compressed");
}

} // namespace daybook::backup
