#include "engine/log/rocksdb_log_writer.h"

#include "engine/log/append_rules.h"

namespace daybook::log {

RocksdbEventLog::RocksdbEventLog(std::unique_ptr<DirectoryLock> lock,
                                 std::unique_ptr<RocksdbStore> store,
                                 std::unique_ptr<RocksdbLogReader> reader, HeadFile head,
                                 const ChainPosition& position)
    : lock_(std::move(lock)),
      store_(std::move(store)),
      reader_(std::move(reader)),
      writer_(*store_, std::move(head), position) {}

// ---- groups ----------------------------------------------------------------------------------

Result<std::vector<LineHead>> RocksdbEventLog::append(std::span<const Commit> group) {
    TRY(writer_.ready());
    std::vector<LineHead> heads;
    if (group.empty())
        return heads;
    TRY(check(group, std::nullopt));

    RocksdbStore::Batch batch = store_->new_batch(batch_bytes(group));
    StagedGroup staged(*reader_, batch);
    for (const Commit& commit : group)
        heads.push_back(TRY(staged.add(commit, Deed::appended)));
    TRY(writer_.write(batch, staged.entries(), staged.record_bytes()));

    const LineStates moved = std::move(staged).states();
    reader_->publish(moved, std::nullopt, std::nullopt);
    tell(moved);
    return heads;
}

Result<void> RocksdbEventLog::check(std::span<const Commit> group,
                                    std::optional<LineNumber> shown) const {
    return check_group(group, [&](LineNumber line) -> Result<Revision> {
        if (line != shown && reader_->is_unfinished(line))
            return fail(ErrorKind::conflict, describe(line) + " is being filled");
        return TRY(reader_->state(line))->head.revision;
    });
}

void RocksdbEventLog::tell(const LineStates& moved) const {
    for (const auto& [line, state] : moved)
        watchers_.notify(line, state->head);
}

std::uint64_t RocksdbEventLog::watch(Watcher watcher) { return watchers_.add(std::move(watcher)); }

void RocksdbEventLog::unwatch(std::uint64_t id) { watchers_.remove(id); }

// ---- lines out of sight ----------------------------------------------------------------------

Result<LineHead> RocksdbEventLog::fill(const Commit& commit) {
    TRY(writer_.ready());
    const LineNumber line = commit.line;
    const Revision head = TRY(reader_->state(line))->head.revision;
    const bool is_new = !reader_->is_unfinished(line);
    if (is_new && head != 0)
        return fail(ErrorKind::conflict,
                    describe(line) + " is in use; only a new line can be filled");
    TRY(check({&commit, 1}, line));

    RocksdbStore::Batch batch = store_->new_batch(batch_bytes({&commit, 1}));
    if (is_new)
        batch.put(Family::unfinished, line_key(line), {});
    StagedGroup staged(*reader_, batch);
    const LineHead after = TRY(staged.add(commit, Deed::filled));
    TRY(writer_.write(batch, staged.entries(), staged.record_bytes()));
    reader_->publish(std::move(staged).states(), line, std::nullopt);
    return after;
}

Result<std::vector<LineHead>> RocksdbEventLog::show(LineNumber line, std::span<const Commit> with) {
    TRY(writer_.ready());
    if (!reader_->is_unfinished(line))
        return fail(ErrorKind::conflict, describe(line) + " is not being filled");
    TRY(check(with, line));

    RocksdbStore::Batch batch = store_->new_batch(batch_bytes(with));
    batch.remove(Family::unfinished, line_key(line));
    StagedGroup staged(*reader_, batch);
    TRY(staged.name(line, Deed::shown));
    std::vector<LineHead> heads;
    for (const Commit& commit : with)
        heads.push_back(TRY(staged.add(commit, Deed::appended)));
    TRY(writer_.write(batch, staged.entries(), staged.record_bytes()));

    const LineStates moved = std::move(staged).states();
    reader_->publish(moved, std::nullopt, line);
    tell(moved);
    return heads;
}

Result<std::vector<UnfinishedLine>> RocksdbEventLog::unfinished_lines() const {
    std::vector<UnfinishedLine> unfinished;
    for (const LineNumber line : reader_->unfinished_lines())
        unfinished.push_back({line, TRY(reader_->state(line))->head});
    return unfinished;
}

Result<void> RocksdbEventLog::sweep(LineNumber line) {
    TRY(writer_.ready());
    if (!reader_->is_unfinished(line))
        return fail(ErrorKind::conflict, describe(line) + " is not being filled");
    // The chain says first that the line is going; then a crash half way leaves a line that is
    // still out of sight and is swept again.
    RocksdbStore::Batch nothing = store_->new_batch(1024);
    const LineState empty{LineTree(), LineTree().head()};
    TRY(writer_.write(
        nothing,
        {{.deed = Deed::swept, .line = line, .first = 1, .last = 0, .root = empty.head.root}}, 0));
    TRY(remove_everything(line));
    reader_->publish({{line, std::make_shared<const LineState>(empty)}}, std::nullopt, line);
    return {};
}

Result<void> RocksdbEventLog::remove_everything(LineNumber line) {
    for (const Family family : {Family::records, Family::index, Family::tiles, Family::persons})
        TRY(remove_keys(family, line));
    RocksdbStore::Batch marker = store_->new_batch(1024);
    marker.remove(Family::unfinished, line_key(line));
    return writer_.write_without_group(marker);
}

Result<void> RocksdbEventLog::remove_keys(Family family, LineNumber line) {
    constexpr std::size_t kKeysAtOnce = 10'000;
    std::string from(line_key(line));
    while (true) {
        std::vector<std::string> keys;
        TRY(store_->scan(family, from, after_prefix(line_key(line)),
                         [&](std::string_view key, std::string_view) {
                             keys.emplace_back(key);
                             return keys.size() < kKeysAtOnce;
                         }));
        if (keys.empty())
            return {};
        RocksdbStore::Batch batch = store_->new_batch(keys.size() * 64);
        for (const std::string& key : keys)
            batch.remove(family, key);
        TRY(writer_.write_without_group(batch));
        from = keys.back(); // Removed; a scan from here does not wade through what it removed.
    }
}

} // namespace daybook::log
