#include "engine/backup/zip_format.h"

#include "engine/backup/limits.h"
#include "engine/backup/little_endian.h"

#include <algorithm>
#include <array>

namespace daybook::backup {
namespace {

constexpr std::uint32_t kLocalHeader = 0x0403'4b50;
constexpr std::uint32_t kDescriptor = 0x0807'4b50;
constexpr std::uint32_t kCentralHeader = 0x0201'4b50;
constexpr std::uint32_t kEnd64 = 0x0606'4b50;
constexpr std::uint32_t kLocator64 = 0x0706'4b50;
constexpr std::uint32_t kEnd = 0x0605'4b50;

constexpr std::uint16_t kMadeByUnix = 0x031e;
constexpr std::uint16_t kNeedsPlain = 20;
constexpr std::uint16_t kNeedsZip64 = 45;
constexpr std::uint16_t kSizesFollow = 0x0008; // Flag: the descriptor has crc and sizes.
constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;
constexpr std::uint16_t kMidnight = 0;
constexpr std::uint16_t kFirstOf1980 = 0x0021; // Dates are in the manifest, where they are signed.
constexpr std::uint32_t kPlainFile = 0100644u << 16;
constexpr std::uint16_t kExtra64 = 0x0001;
constexpr std::uint32_t kIn64 = 0xffff'ffff; // "See the 64-bit field."
constexpr std::uint16_t kIn64Short = 0xffff;

constexpr std::size_t kCentralBytes = 46;
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kEnd64Bytes = 56;
constexpr std::size_t kLocator64Bytes = 20;
constexpr std::string_view kComment =
    "Daybook backup. SHA-256 of every byte before these 64 digits: ";

constexpr std::array<std::string_view, 3> kFiles = {"README.txt", "manifest.json", "manifest.sig"};
constexpr std::array<std::string_view, 6> kFolders = {"schema/",      "events/", "persons/",
                                                      "attachments/", "emails/", "readable/"};

template <class... Numbers>
std::string numbers(Numbers... each) {
    std::string bytes;
    (append_little_endian(bytes, each), ...);
    return bytes;
}

std::uint32_t in_32(std::uint64_t number) {
    return number < kIn64 ? static_cast<std::uint32_t>(number) : kIn64;
}
std::uint16_t in_16(std::uint64_t number) {
    return number < kIn64Short ? static_cast<std::uint16_t>(number) : kIn64Short;
}

std::uint16_t length(std::string_view text) { return static_cast<std::uint16_t>(text.size()); }

std::string extra_64(const std::string& fields) {
    return fields.empty() ? std::string() : numbers(kExtra64, length(fields)) + fields;
}

// 64-bit fields for what does not fit into 32, in the order of APPNOTE 4.5.3.
std::string central_extra(const ZipEntry& entry) {
    std::string fields;
    for (const std::uint64_t number : {entry.size, entry.stored, entry.at})
        if (number >= kIn64)
            append_little_endian(fields, number);
    return extra_64(fields);
}

bool needs_64(const Ending& ending) {
    return ending.entries >= kIn64Short || ending.directory_bytes >= kIn64
           || ending.directory_at >= kIn64;
}

std::unexpected<Error> no_directory() {
    return fail(ErrorKind::corrupt, "the archive's directory is damaged");
}

} // namespace

bool is_entry_name(std::string_view name) {
    if (std::ranges::find(kFiles, name) != kFiles.end())
        return true;
    const auto folder =
        std::ranges::find_if(kFolders, [&](auto each) { return name.starts_with(each); });
    if (folder == kFolders.end() || name.size() > kNameBytesMax)
        return false;
    const std::string_view rest = name.substr(folder->size());
    return !rest.empty() && rest.front() != '.' && std::ranges::all_of(rest, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    });
}

std::string local_header(const ZipEntry& entry) {
    const std::string name = entry.name;
    if (!entry.deflated)
        return numbers(kLocalHeader, kNeedsPlain, std::uint16_t{0}, kStored, kMidnight,
                       kFirstOf1980, entry.crc, in_32(entry.stored), in_32(entry.size),
                       length(name), std::uint16_t{0})
               + name;
    // Nobody knows yet how long it will be, so there must be room for more than 4 GiB.
    const std::string extra = extra_64(numbers(std::uint64_t{0}, std::uint64_t{0}));
    return numbers(kLocalHeader, kNeedsZip64, kSizesFollow, kDeflated, kMidnight, kFirstOf1980,
                   std::uint32_t{0}, kIn64, kIn64, length(name), length(extra))
           + name + extra;
}

std::string data_descriptor(const ZipEntry& entry) {
    return entry.deflated ? numbers(kDescriptor, entry.crc, entry.stored, entry.size)
                          : std::string();
}

std::uint64_t extent_of(const ZipEntry& entry) {
    return local_header(entry).size() + entry.stored + data_descriptor(entry).size();
}

std::string central_header(const ZipEntry& entry) {
    const std::string extra = central_extra(entry);
    const bool wide = entry.deflated || !extra.empty();
    return numbers(kCentralHeader, kMadeByUnix, wide ? kNeedsZip64 : kNeedsPlain,
                   entry.deflated ? kSizesFollow : std::uint16_t{0},
                   entry.deflated ? kDeflated : kStored, kMidnight, kFirstOf1980, entry.crc,
                   in_32(entry.stored), in_32(entry.size), length(entry.name), length(extra),
                   std::uint16_t{0}, std::uint16_t{0}, std::uint16_t{0}, kPlainFile,
                   in_32(entry.at))
           + entry.name + extra;
}

Result<ZipEntry> take_central_header(std::string_view& directory) {
    if (directory.size() < kCentralBytes)
        return no_directory();
    ZipEntry entry;
    entry.deflated = read_little_endian<std::uint16_t>(directory, 10) == kDeflated;
    entry.crc = read_little_endian<std::uint32_t>(directory, 16);
    entry.stored = read_little_endian<std::uint32_t>(directory, 20);
    entry.size = read_little_endian<std::uint32_t>(directory, 24);
    entry.at = read_little_endian<std::uint32_t>(directory, 42);
    const std::size_t name_bytes = read_little_endian<std::uint16_t>(directory, 28);
    const std::size_t extra_bytes = read_little_endian<std::uint16_t>(directory, 30);
    if (directory.size() < kCentralBytes + name_bytes + extra_bytes)
        return no_directory();
    entry.name = directory.substr(kCentralBytes, name_bytes);
    if (extra_bytes > 4) {
        std::string_view wide = directory.substr(kCentralBytes + name_bytes + 4, extra_bytes - 4);
        for (std::uint64_t* number : {&entry.size, &entry.stored, &entry.at})
            if (*number == kIn64 && wide.size() >= 8) {
                *number = read_little_endian<std::uint64_t>(wide, 0);
                wide.remove_prefix(8);
            }
    }
    if (!is_entry_name(entry.name))
        return fail(ErrorKind::corrupt, "an entry has a name that no backup has");
    const std::string expected = central_header(entry);
    if (!directory.starts_with(expected))
        return fail(ErrorKind::corrupt,
                    "the directory's line of " + entry.name + " is not one of a backup");
    directory.remove_prefix(expected.size());
    return entry;
}

namespace {

std::string ending_with(const Ending& ending, std::size_t comment_bytes) {
    std::string text;
    if (needs_64(ending))
        text = numbers(kEnd64, std::uint64_t{kEnd64Bytes - 12}, kMadeByUnix, kNeedsZip64,
                       std::uint32_t{0}, std::uint32_t{0}, ending.entries, ending.entries,
                       ending.directory_bytes, ending.directory_at)
               + numbers(kLocator64, std::uint32_t{0}, ending.directory_at + ending.directory_bytes,
                         std::uint32_t{1});
    return text
           + numbers(kEnd, std::uint16_t{0}, std::uint16_t{0}, in_16(ending.entries),
                     in_16(ending.entries), in_32(ending.directory_bytes),
                     in_32(ending.directory_at), static_cast<std::uint16_t>(comment_bytes));
}

} // namespace

std::string ending_text(const Ending& ending) {
    return ending_with(ending, kComment.size() + kSealBytes) + std::string(kComment);
}

std::string plain_ending_text(const Ending& ending) { return ending_with(ending, 0); }

std::size_t ending_bytes_max() {
    return kEnd64Bytes + kLocator64Bytes + kEndBytes + kComment.size() + kSealBytes;
}

Result<Ending> parse_ending(std::string_view last, std::uint64_t archive_bytes) {
    const auto no = [] {
        return fail(ErrorKind::corrupt, "the end of the file is not that of a backup: bytes are "
                                        "missing there, or were altered or added");
    };
    const std::size_t end_bytes = kEndBytes + kComment.size() + kSealBytes;
    if (last.size() < end_bytes)
        return no();
    const std::string_view end = last.substr(last.size() - end_bytes);
    Ending ending{read_little_endian<std::uint16_t>(end, 10),
                  read_little_endian<std::uint32_t>(end, 12),
                  read_little_endian<std::uint32_t>(end, 16)};
    if (needs_64(ending)) {
        const std::size_t wide_bytes = end_bytes + kLocator64Bytes + kEnd64Bytes;
        if (last.size() < wide_bytes)
            return no();
        const std::string_view wide = last.substr(last.size() - wide_bytes);
        ending = {read_little_endian<std::uint64_t>(wide, 32),
                  read_little_endian<std::uint64_t>(wide, 40),
                  read_little_endian<std::uint64_t>(wide, 48)};
    }
    const std::string expected = ending_text(ending);
    if (last.size() < expected.size() + kSealBytes
        || last.substr(last.size() - expected.size() - kSealBytes, expected.size()) != expected)
        return no();
    const std::uint64_t before = archive_bytes - expected.size() - kSealBytes;
    if (ending.directory_bytes > before || ending.directory_at != before - ending.directory_bytes)
        return no();
    return ending;
}

} // namespace daybook::backup
