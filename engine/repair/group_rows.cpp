#include "engine/repair/group_rows.h"

#include "engine/log/tiles.h"

#include <algorithm>

namespace daybook::repair {
namespace {

using log::Deed;
using log::Family;

void follow(GroupRows& groups, const log::GroupEntry& entry) {
    auto& promised = groups.promised[entry.line];
    auto& written = groups.written[entry.line];
    if (entry.deed == Deed::swept) {
        promised.clear();
        written.clear();
        return;
    }
    if (entry.last > 0)
        promised[entry.last] = entry.root;
    if (entry.first <= entry.last)
        written[entry.first] = entry.last;
}

void take(GroupRows& groups, std::uint64_t number, std::string_view value) {
    const std::string_view row = value.substr(std::min(value.size(), log::kHashBytes));
    if (number == 0) {
        Uuid realm;
        if (row.size() != realm.bytes.size())
            return;
        std::ranges::copy(row, realm.bytes.begin());
        groups.realm = realm;
        groups.rows[0] = {};
        return;
    }
    auto decoded = log::decode_row(row);
    if (!decoded)
        return;
    for (const log::GroupEntry& entry : decoded->entries)
        follow(groups, entry);
    groups.rows[number] = *std::move(decoded);
}

} // namespace

bool GroupRows::covers(log::LineNumber line, Revision revision) const {
    const auto of_line = written.find(line);
    if (of_line == written.end())
        return false;
    const auto after = of_line->second.upper_bound(revision);
    return after != of_line->second.begin() && std::prev(after)->second >= revision;
}

GroupRows read_group_rows(const log::RocksdbStore& store,
                          const std::optional<log::ChainPosition>& head) {
    GroupRows groups;
    if (const auto last = store.last(Family::groups, {}, {}); last && *last)
        if ((*last)->key.size() == sizeof groups.last)
            groups.last = log::read_big_endian<std::uint64_t>((*last)->key, 0);
    if (head)
        groups.last = std::max(groups.last, head->group);
    for (std::uint64_t number = 0; number <= groups.last; ++number)
        if (const auto value = store.get(Family::groups, log::group_key(number)); value && *value)
            take(groups, number, **value);
    groups.missing = groups.last + 1 - groups.rows.size();
    return groups;
}

std::uint64_t missing_bytes(const GroupRows& groups, const std::optional<log::ChainPosition>& head,
                            const RangeBytes& size_of) {
    std::uint64_t missing = 0;
    std::uint64_t next = 0, bytes = 0;
    for (const auto& [number, row] : groups.rows) {
        if (number != next) {
            std::uint64_t own = 0;
            for (const log::GroupEntry& entry : row.entries)
                own += size_of(entry.line, entry.first, entry.last);
            const std::uint64_t between = row.bytes - std::min(row.bytes, bytes);
            missing += between - std::min(between, own);
        }
        bytes = row.bytes;
        next = number + 1;
    }
    if (head && head->group >= next && head->bytes > bytes)
        missing += head->bytes - bytes;
    return missing;
}

} // namespace daybook::repair
