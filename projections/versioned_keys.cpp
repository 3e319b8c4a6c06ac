#include "projections/versioned_keys.h"

#include "projections/bytes.h"

namespace daybook::projections {
namespace {

using log::append_big_endian;

std::string row_prefix(char group, log::LineNumber line, Table table, std::size_t key_bytes) {
    std::string bytes;
    bytes.reserve(kRowPrefixBytes + key_bytes + kRevisionBytes);
    bytes += group;
    append_big_endian(bytes, line);
    append_big_endian(bytes, static_cast<std::uint8_t>(table));
    return bytes;
}

} // namespace

std::string current_key(log::LineNumber line, Table table, std::string_view key) {
    return row_prefix('c', line, table, key.size()).append(key);
}

std::string history_prefix(log::LineNumber line, Table table, std::string_view key) {
    return row_prefix('h', line, table, key.size()).append(key);
}

void append_history_revision(std::string& key, Revision revision) {
    append_big_endian(key, ~revision);
}

std::string history_key(log::LineNumber line, Table table, std::string_view key,
                        Revision revision) {
    std::string bytes = history_prefix(line, table, key);
    append_history_revision(bytes, revision);
    return bytes;
}

Revision revision_of_history_key(std::string_view key) {
    return ~log::read_big_endian<Revision>(key, key.size() - kRevisionBytes);
}

std::string_view logical_key(std::string_view history_key) {
    return history_key.substr(kRowPrefixBytes,
                              history_key.size() - kRowPrefixBytes - kRevisionBytes);
}

std::string history_value(const std::optional<std::string>& row) {
    return row ? '\1' + *row : std::string(1, '\0');
}

std::optional<std::string_view> row_of_history_value(std::string_view value) {
    if (value.empty() || value[0] == '\0')
        return std::nullopt;
    return value.substr(1);
}

std::string commit_prefix(log::LineNumber line) {
    std::string bytes = "l";
    append_big_endian(bytes, line);
    return bytes;
}

std::string commit_key(log::LineNumber line, Revision last) {
    std::string bytes = commit_prefix(line);
    append_big_endian(bytes, last);
    return bytes;
}

std::string encode_commit(const CommitRow& commit) {
    std::string bytes;
    append_big_endian(bytes, commit.first);
    append_big_endian(bytes, static_cast<std::uint64_t>(commit.recorded_at.micros));
    append_big_endian(bytes, static_cast<std::uint8_t>(commit.root ? 1 : 0));
    if (commit.root)
        bytes.append(reinterpret_cast<const char*>(commit.root->bytes.data()),
                     commit.root->bytes.size());
    for (const auto& [table, key] : commit.changed) {
        append_big_endian(bytes, static_cast<std::uint8_t>(table));
        append_big_endian(bytes, static_cast<std::uint32_t>(key.size()));
        bytes += key;
    }
    return bytes;
}

Result<CommitRow> decode_commit(std::string_view key, std::string_view value) {
    ByteReader reader(value);
    CommitRow commit;
    commit.last = log::read_big_endian<Revision>(key, key.size() - kRevisionBytes);
    commit.first = reader.number<Revision>();
    commit.recorded_at = {static_cast<std::int64_t>(reader.number<std::uint64_t>())};
    if (reader.number<std::uint8_t>() == 1) {
        const std::string_view root = reader.take(32);
        std::copy(root.begin(), root.end(), commit.root.emplace().bytes.begin());
    }
    while (reader.more()) {
        const auto table = static_cast<Table>(reader.number<std::uint8_t>());
        commit.changed.emplace_back(table, reader.take(reader.number<std::uint32_t>()));
    }
    if (!reader.finished())
        return fail(ErrorKind::corrupt, "a change list of the views cannot be read");
    return commit;
}

std::string meta_key() { return "m"; }

} // namespace daybook::projections
