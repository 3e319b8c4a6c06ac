#include "engine/log/rocksdb_log_inspection.h"

#include "engine/log/append_rules.h"
#include "engine/log/group_writer.h"
#include "engine/log/head_file.h"
#include "engine/log/rocksdb_log_reader.h"
#include "events/base/planted.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::log {
namespace {

struct StoredGroup {
    Hash chain;
    std::string row; // Of group 0: the realm.
};

Result<StoredGroup> read_group(const RocksdbStore& store, std::uint64_t group) {
    const auto value = TRY(store.get(Family::groups, group_key(group)));
    if (!value || value->size() < kHashBytes)
        return fail(ErrorKind::corrupt, fmt::format("group {} is missing or cut short", group));
    return StoredGroup{TRY(hash_at(*value, 0)), value->substr(kHashBytes)};
}

Result<Uuid> read_birth(const RocksdbStore& store) {
    const StoredGroup birth = TRY(read_group(store, 0));
    Uuid realm;
    if (birth.row.size() != realm.bytes.size())
        return fail(ErrorKind::corrupt, "the log's birth names no installation");
    std::ranges::copy(birth.row, realm.bytes.begin());
    if (birth.chain != first_chain(realm))
        return fail(ErrorKind::corrupt, "the log's chain does not begin with its installation");
    return realm;
}

Result<void> check_entry(const RocksdbStore& store, std::uint64_t group, const GroupEntry& entry) {
    if (entry.deed == Deed::swept)
        return {}; // On its way out, perhaps half gone.
    const LineHead promised{entry.last, entry.root};
    const LineHead found = TRY(derive_tree(store, entry.line)).head();
    if (found == promised)
        return {};
    return fail(ErrorKind::corrupt,
                fmt::format("{}: group {} left it at revision {} with root {}, the log holds "
                            "revision {} with root {}",
                            describe(entry.line), group, promised.revision, to_hex(promised.root),
                            found.revision, to_hex(found.root)));
}

Result<void> compare_with_head(const FoundHead& head, const LogEnd& end) {
    std::optional<std::string> disagreement;
    if (head.position)
        disagreement = find_disagreement(*head.position, end);
    else if (head.exists)
        disagreement = fmt::format("{}; the log holds {} groups", head.trouble, end.position.group);
    else if (end.position.group != 0)
        disagreement = fmt::format("HEAD is missing beside a log of {} groups", end.position.group);
    if (disagreement && !planted("HEAD is not compared with the log"))
        return fail(ErrorKind::corrupt, *disagreement);
    return {};
}

// A file that RocksDB forgot leaves a gap in the middle that neither HEAD nor the last group shows.
Result<void> check_count(const RocksdbStore& store, std::uint64_t groups) {
    const std::uint64_t rows = TRY(store.count_entries(Family::groups));
    if (rows >= groups + 1)
        return {};
    return fail(
        ErrorKind::corrupt,
        fmt::format("the log ends with group {}, but {} of the groups before it are missing, "
                    "and with them what they wrote",
                    groups, groups + 1 - rows));
}

} // namespace

Result<FoundHead> find_head(Files& files, const std::string& path) {
    FoundHead found{.exists = TRY(files.exists(path)), .position = {}, .trouble = {}};
    if (!found.exists)
        return found;
    auto position = decode_head(TRY(files.read_all(path)));
    if (position.has_value())
        found.position = *position;
    else if (position.error().kind == ErrorKind::corrupt)
        found.trouble = position.error().what;
    else
        return std::unexpected(position.error().within(path));
    return found;
}

std::string birth_value(const Uuid& realm) {
    return group_value(first_chain(realm), std::string(realm.bytes.begin(), realm.bytes.end()));
}

Result<LogEnd> read_log_end(const RocksdbStore& store) {
    const auto last = TRY(store.last(Family::groups, {}, {}));
    if (!last || last->key.size() != group_key(0).bytes.size())
        return fail(ErrorKind::corrupt, "the log is empty, not even its birth is in it");
    LogEnd end;
    end.position.realm = TRY(read_birth(store));
    end.position.group = read_big_endian<std::uint64_t>(last->key, 0);
    const StoredGroup group = TRY(read_group(store, end.position.group));
    end.position.chain = group.chain;
    if (end.position.group == 0)
        return end;

    end.last_row = group.row;
    end.position.bytes = TRY(decode_row(group.row)).bytes;
    const StoredGroup before = TRY(read_group(store, end.position.group - 1));
    if (next_chain(before.chain, group.row) != group.chain)
        return fail(ErrorKind::corrupt, fmt::format("group {} does not continue group {}",
                                                    end.position.group, end.position.group - 1));
    return end;
}

Result<LogEnd> inspect_log(const RocksdbStore& store, const FoundHead& head) {
    LogEnd end = TRY(read_log_end(store));
    TRY(compare_with_head(head, end));
    TRY(check_count(store, end.position.group));
    if (end.position.group == 0)
        return end;
    const GroupRow row = TRY(decode_row(end.last_row));
    for (const GroupEntry& entry : row.entries)
        TRY(check_entry(store, end.position.group, entry));
    return end;
}

} // namespace daybook::log
