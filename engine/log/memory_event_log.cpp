#include "engine/log/memory_event_log.h"

#include "engine/log/append_rules.h"

#include <set>

namespace daybook::log {

// ---- writing ---------------------------------------------------------------------------------

Result<std::vector<LineHead>> MemoryEventLog::append(std::span<const Commit> group) {
    std::vector<LineHead> heads;
    {
        const auto lock = lock_.for_writing();
        TRY(check_group(group, [&](LineNumber line) { return head_in_sight(line); }));
        heads = apply_all(group);
    }
    notify(group, std::nullopt);
    return heads;
}

Result<LineHead> MemoryEventLog::fill(const Commit& batch) {
    const auto lock = lock_.for_writing();
    if (lines_.contains(batch.line))
        return fail(ErrorKind::conflict,
                    describe(batch.line) + " is in use; only a new line can be filled");
    const auto line = unfinished_.find(batch.line);
    const Revision head = line == unfinished_.end() ? 0 : line->second.records.size();
    TRY(check_group({&batch, 1}, [&](LineNumber) -> Result<Revision> { return head; }));
    return apply(unfinished_[batch.line], batch);
}

Result<std::vector<LineHead>> MemoryEventLog::show(LineNumber line, std::span<const Commit> with) {
    std::vector<LineHead> heads;
    {
        const auto lock = lock_.for_writing();
        const auto filled = unfinished_.find(line);
        if (filled == unfinished_.end())
            return fail(ErrorKind::conflict, describe(line) + " is not being filled");
        TRY(check_group(with, [&](LineNumber other) -> Result<Revision> {
            if (other == line)
                return filled->second.records.size();
            return head_in_sight(other);
        }));
        lines_.insert(unfinished_.extract(filled));
        heads = apply_all(with);
    }
    notify(with, line);
    return heads;
}

Result<void> MemoryEventLog::sweep(LineNumber line) {
    const auto lock = lock_.for_writing();
    if (unfinished_.erase(line) == 0)
        return fail(ErrorKind::conflict, describe(line) + " is not being filled");
    return {};
}

LineHead MemoryEventLog::apply(Line& line, const Commit& commit) {
    for (const std::string& record : commit.records) {
        line.tree.add(leaf_hash(record));
        line.records.push_back(record);
    }
    for (const IndexPut& put : commit.index) {
        if (put.value)
            line.index[{put.index, put.key}] = *put.value;
        else
            line.index.erase({put.index, put.key});
    }
    for (const PersonBlob& person : commit.persons)
        line.persons[person.name] = person.bytes;
    return line.head();
}

std::vector<LineHead> MemoryEventLog::apply_all(std::span<const Commit> group) {
    std::vector<LineHead> heads;
    for (const Commit& commit : group)
        heads.push_back(apply(lines_[commit.line], commit));
    return heads;
}

void MemoryEventLog::notify(std::span<const Commit> group, std::optional<LineNumber> shown) const {
    std::set<LineNumber> moved;
    if (shown)
        moved.insert(*shown);
    for (const Commit& commit : group)
        moved.insert(commit.line);
    for (const LineNumber line : moved)
        watchers_.notify(line, *head(line));
}

std::uint64_t MemoryEventLog::watch(Watcher watcher) { return watchers_.add(std::move(watcher)); }

void MemoryEventLog::unwatch(std::uint64_t id) { watchers_.remove(id); }

// ---- reading ---------------------------------------------------------------------------------

const MemoryEventLog::Line& MemoryEventLog::line_in_sight(LineNumber line) const {
    static const Line never_written;
    const auto found = lines_.find(line);
    return found == lines_.end() ? never_written : found->second;
}

Result<Revision> MemoryEventLog::head_in_sight(LineNumber line) const {
    if (unfinished_.contains(line))
        return fail(ErrorKind::conflict, describe(line) + " is being filled");
    return line_in_sight(line).records.size();
}

Result<LineHead> MemoryEventLog::head(LineNumber line) const {
    const auto lock = lock_.for_reading();
    return line_in_sight(line).head();
}

Result<Hash> MemoryEventLog::root_at(LineNumber line, Revision size) const {
    if (size == 0)
        return empty_root();
    const std::vector<Hash> hashes = TRY(leaves(line, 1, size));
    Frontier tree;
    for (const Hash& leaf : hashes)
        tree.add(leaf);
    return tree.root();
}

Result<std::vector<StoredRecord>> MemoryEventLog::read(LineNumber line, Revision from,
                                                       ReadLimit limit) const {
    if (from == 0)
        return fail(ErrorKind::invalid, describe(line) + ": revisions begin at 1");
    const auto lock = lock_.for_reading();
    const std::vector<std::string>& records = line_in_sight(line).records;
    std::vector<StoredRecord> read;
    std::size_t bytes = 0;
    for (Revision revision = from; revision <= records.size(); ++revision) {
        const std::string& record = records[revision - 1];
        bytes += record.size();
        if (!read.empty() && (read.size() >= limit.records_max || bytes > limit.bytes_max))
            break;
        read.push_back({revision, record});
    }
    return read;
}

Result<std::vector<Hash>> MemoryEventLog::leaves(LineNumber line, Revision first,
                                                 Revision last) const {
    const auto lock = lock_.for_reading();
    const std::vector<std::string>& records = line_in_sight(line).records;
    TRY(check_range(line, first, last, records.size()));
    std::vector<Hash> hashes;
    for (Revision revision = first; revision <= last; ++revision)
        hashes.push_back(leaf_hash(records[revision - 1]));
    return hashes;
}

Result<Hash> MemoryEventLog::subtree(LineNumber line, unsigned height, std::uint64_t index) const {
    const Revision head = TRY(this->head(line)).revision;
    const auto [first, last] = TRY(subtree_range(line, height, index, head));
    const std::vector<Hash> hashes = TRY(leaves(line, first, last));
    Frontier tree;
    for (const Hash& leaf : hashes)
        tree.add(leaf);
    return tree.root();
}

Result<std::optional<std::string>> MemoryEventLog::find_index(LineNumber line, Index index,
                                                              std::string_view key) const {
    const auto lock = lock_.for_reading();
    const Line& found_line = line_in_sight(line);
    const auto found = found_line.index.find({index, std::string(key)});
    if (found == found_line.index.end())
        return std::nullopt;
    return found->second;
}

Result<std::vector<IndexEntry>> MemoryEventLog::scan_index(LineNumber line, Index index,
                                                           std::string_view prefix) const {
    const auto lock = lock_.for_reading();
    const Line& found_line = line_in_sight(line);
    std::vector<IndexEntry> entries;
    for (auto at = found_line.index.lower_bound({index, std::string(prefix)});
         at != found_line.index.end(); ++at) {
        const auto& [entry_index, key] = at->first;
        if (entry_index != index || !key.starts_with(prefix))
            break;
        entries.push_back({key, at->second});
    }
    return entries;
}

Result<std::optional<std::string>> MemoryEventLog::find_person(LineNumber line,
                                                               const Hash& name) const {
    const auto lock = lock_.for_reading();
    const Line& found_line = line_in_sight(line);
    const auto found = found_line.persons.find(name);
    if (found == found_line.persons.end())
        return std::nullopt;
    return found->second;
}

Result<std::vector<LineNumber>> MemoryEventLog::lines() const {
    const auto lock = lock_.for_reading();
    std::vector<LineNumber> numbers;
    for (const auto& [number, line] : lines_)
        numbers.push_back(number);
    return numbers;
}

Result<std::vector<UnfinishedLine>> MemoryEventLog::unfinished_lines() const {
    const auto lock = lock_.for_reading();
    std::vector<UnfinishedLine> unfinished;
    for (const auto& [number, line] : unfinished_)
        unfinished.push_back({number, line.head()});
    return unfinished;
}

} // namespace daybook::log
