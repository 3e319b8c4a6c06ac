#include "engine/log/group_chain.h"

#include "engine/log/big_endian.h"
#include "engine/log/tiles.h"
#include "events/base/planted.h"

#include <fmt/format.h>

namespace daybook::log {
namespace {

constexpr std::size_t kRowHeadBytes = 12;
constexpr std::size_t kEntryBytes = 53;
constexpr char kChainPrefix = 0x02;

bool is_deed(std::uint8_t byte) { return byte >= 1 && byte <= 4; }

GroupEntry decode_entry(std::string_view row, std::size_t at) {
    return {.deed = static_cast<Deed>(read_big_endian<std::uint8_t>(row, at)),
            .line = read_big_endian<std::uint32_t>(row, at + 1),
            .first = read_big_endian<std::uint64_t>(row, at + 5),
            .last = read_big_endian<std::uint64_t>(row, at + 13),
            .root = *hash_at(row.substr(at + 21), 0)};
}

} // namespace

std::string encode_row(const GroupRow& row) {
    std::string bytes;
    bytes.reserve(kRowHeadBytes + row.entries.size() * kEntryBytes);
    append_big_endian(bytes, row.bytes);
    append_big_endian(bytes, static_cast<std::uint32_t>(row.entries.size()));
    for (const GroupEntry& entry : row.entries) {
        append_big_endian(bytes, static_cast<std::uint8_t>(entry.deed));
        append_big_endian(bytes, entry.line);
        append_big_endian(bytes, entry.first);
        append_big_endian(bytes, entry.last);
        bytes.append(entry.root.bytes.begin(), entry.root.bytes.end());
    }
    return bytes;
}

Result<GroupRow> decode_row(std::string_view bytes) {
    if (bytes.size() < kRowHeadBytes)
        return fail(ErrorKind::corrupt, "a group row ends early");
    const auto count = read_big_endian<std::uint32_t>(bytes, 8);
    if (bytes.size() != kRowHeadBytes + std::size_t{count} * kEntryBytes)
        return fail(ErrorKind::corrupt, "a group row has the wrong length");
    GroupRow row{.bytes = read_big_endian<std::uint64_t>(bytes, 0), .entries = {}};
    for (std::size_t at = kRowHeadBytes; at < bytes.size(); at += kEntryBytes) {
        if (!is_deed(read_big_endian<std::uint8_t>(bytes, at)))
            return fail(ErrorKind::corrupt, "a group row holds an unknown deed");
        row.entries.push_back(decode_entry(bytes, at));
        const std::size_t entries = row.entries.size();
        if (entries > 1 && row.entries[entries - 2].line >= row.entries[entries - 1].line)
            return fail(ErrorKind::corrupt, "the lines of a group row do not rise");
    }
    return row;
}

Hash first_chain(const Uuid& realm) {
    std::string bytes(1, kChainPrefix);
    bytes.append(realm.bytes.begin(), realm.bytes.end());
    return sha256(bytes);
}

Hash next_chain(const Hash& previous, std::string_view row) {
    std::string bytes(1, kChainPrefix);
    bytes.reserve(1 + kHashBytes + row.size());
    if (!planted("a group does not hash the one before it"))
        bytes.append(previous.bytes.begin(), previous.bytes.end());
    bytes.append(row);
    return sha256(bytes);
}

std::optional<std::string> find_disagreement(const ChainPosition& head, const LogEnd& end) {
    const ChainPosition& log = end.position;
    if (head.realm != log.realm)
        return fmt::format("HEAD belongs to installation {}, the log to {}", to_text(head.realm),
                           to_text(log.realm));
    if (log.group < head.group)
        return fmt::format(
            "HEAD promises {} groups with {} bytes, the log ends after group {} with "
            "{} bytes: groups {} to {} are missing",
            head.group, head.bytes, log.group, log.bytes, log.group + 1, head.group);
    if (log.group == head.group) {
        if (log == head)
            return std::nullopt;
        return fmt::format(
            "group {} of the log is not the group that HEAD promises: chain {} and {} "
            "bytes in the log, {} and {} in HEAD",
            head.group, to_hex(log.chain), log.bytes, to_hex(head.chain), head.bytes);
    }
    if (log.group > head.group + 1)
        return fmt::format(
            "the log holds {} groups, HEAD only knows {}: HEAD is older than the log", log.group,
            head.group);
    if (next_chain(head.chain, end.last_row) != log.chain)
        return fmt::format("group {} of the log does not continue group {} of HEAD", log.group,
                           head.group);
    return std::nullopt;
}

} // namespace daybook::log
