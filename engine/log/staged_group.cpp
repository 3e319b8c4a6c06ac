#include "engine/log/staged_group.h"

namespace daybook::log {

Result<StagedGroup::Moving*> StagedGroup::moving(LineNumber line, Deed deed) {
    const auto known = moving_.find(line);
    if (known != moving_.end())
        return &known->second;
    const auto before = TRY(lines_.state(line));
    Moving moving{.deed = deed, .first = before->head.revision + 1, .state = *before};
    return &moving_.emplace(line, std::move(moving)).first->second;
}

Result<void> StagedGroup::name(LineNumber line, Deed deed) {
    TRY(moving(line, deed));
    return {};
}

Result<LineHead> StagedGroup::add(const Commit& commit, Deed deed) {
    LineState& state = TRY(moving(commit.line, deed))->state;
    for (const std::string& record : commit.records)
        add_record(commit.line, state.tree, record);
    for (const IndexPut& put : commit.index) {
        const std::string key = index_key(commit.line, put.index, put.key);
        if (put.value)
            batch_.put(Family::index, key, *put.value);
        else
            batch_.remove(Family::index, key);
    }
    for (const PersonBlob& person : commit.persons)
        batch_.put(Family::persons, person_key(commit.line, person.name), person.bytes);
    state.head = state.tree.head();
    return state.head;
}

void StagedGroup::add_record(LineNumber line, LineTree& tree, std::string_view record) {
    record_bytes_ += record.size();
    batch_.put(Family::records, record_key(line, tree.size() + 1), record);
    if (const auto tile = tree.add(leaf_hash(record))) {
        batch_.put(Family::tiles, tile_key(line, TilePart::leaves, tile->number), tile->leaves);
        batch_.put(Family::tiles, tile_key(line, TilePart::crown, tile->number), tile->crown);
    }
}

std::vector<GroupEntry> StagedGroup::entries() const {
    std::vector<GroupEntry> entries;
    for (const auto& [line, moving] : moving_)
        entries.push_back({.deed = moving.deed,
                           .line = line,
                           .first = moving.first,
                           .last = moving.state.head.revision,
                           .root = moving.state.head.root});
    return entries;
}

LineStates StagedGroup::states() && {
    LineStates states;
    for (auto& [line, moving] : moving_)
        states.emplace(line, std::make_shared<const LineState>(std::move(moving.state)));
    return states;
}

std::size_t batch_bytes(std::span<const Commit> group) {
    // A key, its lengths and RocksDB's own bytes take about this much beside each value.
    constexpr std::size_t kAroundEntry = 64;
    std::size_t bytes = 1024;
    for (const Commit& commit : group) {
        for (const std::string& record : commit.records)
            bytes += record.size() + kAroundEntry + kHashBytes;
        for (const IndexPut& put : commit.index)
            bytes += put.key.size() + kAroundEntry + (put.value ? put.value->size() : 0);
        for (const PersonBlob& person : commit.persons)
            bytes += person.bytes.size() + kAroundEntry;
    }
    return bytes;
}

} // namespace daybook::log
