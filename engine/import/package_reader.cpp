#include "engine/import/package_reader.h"

#include "engine/backup/deflate.h"
#include "engine/backup/little_endian.h"
#include "engine/import/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <span>

namespace daybook::import {
namespace {

using backup::read_little_endian;
using domain::Refusal;

constexpr std::string_view kLocalHeader = "PK\x03\x04";
constexpr std::string_view kCentralHeader = "PK\x01\x02";
constexpr std::string_view kEnding = "PK\x05\x06";
constexpr std::size_t kLocalBytes = 30;
constexpr std::size_t kCentralBytes = 46;
constexpr std::size_t kEndingBytes = 22;
constexpr std::size_t kCommentBytesMax = 65'535;

constexpr std::uint16_t kLocked = 0x0001; // Flag: encrypted.
constexpr std::uint16_t kStoredAsItIs = 0;
constexpr std::uint16_t kDeflatedPart = 8;
constexpr std::uint16_t kWideExtra = 0x0001;
constexpr std::uint64_t kSeeWide = 0xffff'ffff; // "The number stands in the extra field."

std::string in_lower_case(std::string_view name) {
    std::string lower(name);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

bool leads_out(std::string_view name) {
    if (name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos
        || name.find(':') != std::string_view::npos || has_control_characters(name))
        return true;
    for (std::size_t at = 0; at <= name.size();) {
        const std::size_t end = std::min(name.find('/', at), name.size());
        if (name.substr(at, end - at) == "..")
            return true;
        at = end + 1;
    }
    return false;
}

// Where the archive's last record begins: behind it there is its comment and nothing else.
std::optional<std::size_t> find_ending(std::string_view bytes) {
    const std::size_t furthest = kEndingBytes + kCommentBytesMax;
    const std::size_t first = bytes.size() > furthest ? bytes.size() - furthest : 0;
    for (std::size_t at = bytes.rfind(kEnding); at != std::string_view::npos && at >= first;
         at = at == 0 ? std::string_view::npos : bytes.rfind(kEnding, at - 1))
        if (bytes.size() - at >= kEndingBytes
            && at + kEndingBytes + read_little_endian<std::uint16_t>(bytes, at + 20)
                   == bytes.size())
            return at;
    return std::nullopt;
}

// Some programs write 64-bit numbers behind the name whatever the size.
void read_wide_numbers(std::string_view extra, std::span<std::uint64_t* const> numbers) {
    while (extra.size() >= 4) {
        const auto kind = read_little_endian<std::uint16_t>(extra, 0);
        const std::size_t size = read_little_endian<std::uint16_t>(extra, 2);
        std::string_view field = extra.substr(4, size);
        extra.remove_prefix(std::min(extra.size(), 4 + size));
        if (kind != kWideExtra)
            continue;
        for (std::uint64_t* number : numbers)
            if (*number == kSeeWide && field.size() >= 8) {
                *number = read_little_endian<std::uint64_t>(field, 0);
                field.remove_prefix(8);
            }
        return;
    }
}

} // namespace

std::unexpected<Refusal> no_workbook(std::string detail) {
    return domain::refuse(domain::Code::unknown_format, std::move(detail));
}

// ---- the directory ------------------------------------------------------------------------------

std::expected<PackageReader, Refusal> PackageReader::open(std::string_view bytes) {
    PackageReader package(bytes);
    TRY(package.read_directory());
    return package;
}

std::expected<void, Refusal> PackageReader::read_directory() {
    const auto ending = find_ending(bytes_);
    if (!ending)
        return no_workbook("The file is cut, or no ZIP: it has no directory at its end.");
    const std::string_view last = bytes_.substr(*ending);
    const auto parts = read_little_endian<std::uint16_t>(last, 10);
    const std::uint64_t size = read_little_endian<std::uint32_t>(last, 12);
    const std::uint64_t at = read_little_endian<std::uint32_t>(last, 16);
    if (at > *ending || size > *ending - at)
        return no_workbook("The file's directory lies outside of it.");
    if (parts > kPartsMax)
        return no_workbook(fmt::format("{} parts; {} are the limit", parts, kPartsMax));
    std::string_view rest =
        bytes_.substr(static_cast<std::size_t>(at), static_cast<std::size_t>(size));
    for (std::size_t n = 0; n < parts; ++n) {
        Part part = TRY(take_part(rest));
        std::string key = in_lower_case(part.name);
        const std::string shown = in_quotes(part.name);
        if (!parts_.emplace(std::move(key), std::move(part)).second)
            return no_workbook("A part is there twice: " + shown);
    }
    return {};
}

std::expected<PackageReader::Part, Refusal>
PackageReader::take_part(std::string_view& directory) const {
    if (directory.size() < kCentralBytes || !directory.starts_with(kCentralHeader))
        return no_workbook("The file's directory is damaged.");
    const std::size_t name_bytes = read_little_endian<std::uint16_t>(directory, 28);
    const std::size_t extra_bytes = read_little_endian<std::uint16_t>(directory, 30);
    const std::size_t line_bytes =
        kCentralBytes + name_bytes + extra_bytes + read_little_endian<std::uint16_t>(directory, 32);
    if (directory.size() < line_bytes)
        return no_workbook("The file's directory is damaged.");
    Part part;
    part.name = directory.substr(kCentralBytes, name_bytes);
    part.method = read_little_endian<std::uint16_t>(directory, 10);
    part.crc = read_little_endian<std::uint32_t>(directory, 16);
    part.stored = read_little_endian<std::uint32_t>(directory, 20);
    part.size = read_little_endian<std::uint32_t>(directory, 24);
    part.at = read_little_endian<std::uint32_t>(directory, 42);
    read_wide_numbers(directory.substr(kCentralBytes + name_bytes, extra_bytes),
                      std::array{&part.size, &part.stored, &part.at});
    if (leads_out(part.name))
        return no_workbook("A part has a name that cannot be: " + in_quotes(part.name));
    if (read_little_endian<std::uint16_t>(directory, 8) & kLocked)
        return no_workbook("The file is locked with a password; save it without.");
    directory.remove_prefix(line_bytes);
    return part;
}

bool PackageReader::has(std::string_view name) const {
    return parts_.contains(in_lower_case(name));
}

// ---- parts --------------------------------------------------------------------------------------

std::expected<std::string_view, Refusal> PackageReader::stored_bytes(const Part& part) const {
    const auto damaged = [&] {
        return no_workbook(
            fmt::format("Part {}: it is not where the directory says", in_quotes(part.name)));
    };
    if (part.at > bytes_.size() || bytes_.size() - part.at < kLocalBytes)
        return damaged();
    std::string_view from = bytes_.substr(static_cast<std::size_t>(part.at));
    const std::size_t name_bytes = read_little_endian<std::uint16_t>(from, 26);
    const std::size_t extra_bytes = read_little_endian<std::uint16_t>(from, 28);
    if (!from.starts_with(kLocalHeader) || from.substr(kLocalBytes, name_bytes) != part.name
        || from.size() < kLocalBytes + name_bytes + extra_bytes)
        return damaged();
    from.remove_prefix(kLocalBytes + name_bytes + extra_bytes);
    if (part.stored > from.size())
        return damaged();
    return from.substr(0, static_cast<std::size_t>(part.stored));
}

std::expected<void, Refusal>
PackageReader::read(std::string_view name,
                    const std::function<bool(std::string_view)>& take) const {
    const auto trouble = [&](std::string_view what) {
        return no_workbook(fmt::format("Part {}: {}", in_quotes(name), what));
    };
    const auto found = parts_.find(in_lower_case(name));
    if (found == parts_.end())
        return trouble("it is not there");
    const Part& part = found->second;
    if (part.size > kPartBytesMax)
        return trouble(fmt::format("it unfolds to more than {} bytes", kPartBytesMax));
    if (part.method != kStoredAsItIs && part.method != kDeflatedPart)
        return trouble("it is compressed in a way that workbooks are not");
    const std::string_view stored = TRY(stored_bytes(part));

    std::uint64_t unfolded = 0;
    std::uint32_t crc = 0;
    bool enough = false;
    const auto see = [&](std::string_view piece) -> Result<void> {
        unfolded += piece.size();
        if (unfolded > part.size)
            return fail(ErrorKind::corrupt, "it unfolds to more than announced");
        crc = backup::crc32_of(piece, crc);
        enough = !take(piece);
        return enough ? fail(ErrorKind::invalid, "enough") : Result<void>();
    };
    backup::Inflater inflater;
    const auto done = part.method == kDeflatedPart ? inflater.add(stored, see) : see(stored);
    if (enough)
        return {};
    if (!done)
        return trouble(done.error().what);
    if (unfolded != part.size || crc != part.crc)
        return trouble("it is damaged");
    return {};
}

} // namespace daybook::import
