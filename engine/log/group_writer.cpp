#include "engine/log/group_writer.h"

namespace daybook::log {

Result<void> GroupWriter::ready() const {
    if (!failure_)
        return {};
    return fail(failure_->kind,
                "outcome unknown, restart: an earlier write failed: " + failure_->what);
}

Result<void> GroupWriter::write(RocksdbStore::Batch& batch, std::vector<GroupEntry> entries,
                                std::uint64_t record_bytes) {
    TRY(ready());
    ChainPosition next = position_;
    next.group += 1;
    next.bytes += record_bytes;
    const std::string row = encode_row({.bytes = next.bytes, .entries = std::move(entries)});
    next.chain = next_chain(position_.chain, row);
    batch.put(Family::groups, group_key(next.group), group_value(next.chain, row));
    TRY(latch(store_.write(batch)));
    TRY(latch(head_.write(next)));
    position_ = next;
    return {};
}

Result<void> GroupWriter::write_without_group(RocksdbStore::Batch& batch) {
    TRY(ready());
    return latch(store_.write(batch));
}

Result<void> GroupWriter::latch(Result<void> outcome) {
    if (outcome.has_value())
        return outcome;
    failure_ = outcome.error();
    if (failure_->kind != ErrorKind::full)
        failure_->kind = ErrorKind::io;
    return fail(failure_->kind, "outcome unknown, restart: " + failure_->what);
}

std::string group_value(const Hash& chain, std::string_view row) {
    std::string value(chain.bytes.begin(), chain.bytes.end());
    value.append(row);
    return value;
}

} // namespace daybook::log
