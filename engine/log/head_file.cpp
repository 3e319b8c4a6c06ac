#include "engine/log/head_file.h"

#include "engine/log/big_endian.h"
#include "engine/log/tiles.h"
#include "events/base/planted.h"

#include <algorithm>
#include <boost/crc.hpp>
#include <fmt/format.h>

namespace daybook::log {
namespace {

constexpr std::string_view kMagic = "DAYBHEAD";
constexpr std::size_t kFormatAt = 8;
constexpr std::size_t kRealmAt = 16;
constexpr std::size_t kGroupAt = 32;
constexpr std::size_t kChainAt = 40;
constexpr std::size_t kBytesAt = 72;
constexpr std::size_t kCrcAt = 80;

std::uint32_t crc32c(std::string_view bytes) {
    boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;
    crc.process_bytes(bytes.data(), bytes.size());
    return crc.checksum();
}

// The format stands at the same place in every release; the rest only this release can judge.
std::uint32_t format_of(std::string_view slot) {
    if (!slot.starts_with(kMagic))
        return 0;
    return read_big_endian<std::uint32_t>(slot, kFormatAt);
}

} // namespace

std::string encode_slot(const ChainPosition& position) {
    std::string slot(kMagic);
    slot.reserve(kSlotBytes);
    append_big_endian(slot, kHeadFormat);
    append_big_endian(slot, std::uint32_t{0});
    slot.append(position.realm.bytes.begin(), position.realm.bytes.end());
    append_big_endian(slot, position.group);
    slot.append(position.chain.bytes.begin(), position.chain.bytes.end());
    append_big_endian(slot, position.bytes);
    append_big_endian(slot, crc32c(slot));
    slot.resize(kSlotBytes, '\0');
    return slot;
}

std::optional<ChainPosition> decode_slot(std::string_view slot) {
    if (format_of(slot) != kHeadFormat)
        return std::nullopt;
    if (crc32c(slot.substr(0, kCrcAt)) != read_big_endian<std::uint32_t>(slot, kCrcAt)
        && !planted("the checksum of HEAD is not compared"))
        return std::nullopt;
    ChainPosition position;
    std::copy_n(slot.begin() + kRealmAt, position.realm.bytes.size(), position.realm.bytes.begin());
    position.group = read_big_endian<std::uint64_t>(slot, kGroupAt);
    position.chain = *hash_at(slot.substr(kChainAt), 0);
    position.bytes = read_big_endian<std::uint64_t>(slot, kBytesAt);
    return position;
}

Result<ChainPosition> decode_head(std::string_view file) {
    if (file.size() != 2 * kSlotBytes)
        return fail(ErrorKind::corrupt,
                    fmt::format("HEAD has {} bytes instead of {}", file.size(), 2 * kSlotBytes));
    const std::string_view slots[] = {file.substr(0, kSlotBytes), file.substr(kSlotBytes)};
    const auto first = decode_slot(slots[0]);
    const auto second = decode_slot(slots[1]);
    if (first && second)
        return first->group > second->group ? *first : *second;
    if (first)
        return *first;
    if (second)
        return *second;
    // One flipped bit cannot make both slots claim the same other format; a newer release does.
    const std::uint32_t format = format_of(slots[0]);
    if (format > kHeadFormat && format == format_of(slots[1]))
        return fail(ErrorKind::unsupported,
                    fmt::format("this data directory has format {}; this release reads format {}. "
                                "Use the release that wrote it, or a newer one",
                                format, kHeadFormat));
    return fail(ErrorKind::corrupt, "HEAD: neither of its two slots is sound");
}

Result<void> create_head(Files& files, const std::string& path, const ChainPosition& position) {
    const std::string slot = encode_slot(position);
    return files.replace(path, slot + slot, 0600);
}

Result<HeadFile> HeadFile::open(Files& files, const std::string& path) {
    return HeadFile(TRY(files.open_for_update(path)));
}

Result<void> HeadFile::write(const ChainPosition& position) {
    const std::uint64_t slot = position.group % 2;
    TRY(file_->write_at(slot * kSlotBytes, encode_slot(position)));
    return planted("HEAD is not synced") ? Result<void>() : file_->sync();
}

} // namespace daybook::log
