#include "engine/backup/record_reader.h"

#include "engine/backup/blocks.h"
#include "engine/log/merkle.h"

#include <algorithm>

namespace daybook::backup {

Result<bool> RecordReader::next() {
    if (revision_ == 0 || at_ + 1 == records_.size()) {
        if (next_block_ == backup_->blocks().size())
            return false;
        TRY(read_block(backup_->blocks()[next_block_++]));
        at_ = 0;
    } else {
        ++at_;
    }
    ++revision_;
    return true;
}

Result<void> RecordReader::read_block(const Block& block) {
    events_ = TRY(backup_->read_block(*block.events));
    auto records = split_block(events_);
    if (!records)
        return std::unexpected(records.error().within(block.events->name));
    if (records->size() != block.last - block.first + 1)
        return fail(ErrorKind::corrupt, block.events->name + ": " + std::to_string(records->size())
                                            + " records, other than its name says");
    records_ = *std::move(records);
    persons_.clear();
    if (!block.persons)
        return {};
    blobs_ = TRY(backup_->read_block(*block.persons));
    const auto blobs = split_block(blobs_);
    if (!blobs)
        return std::unexpected(blobs.error().within(block.persons->name));
    for (const std::string_view blob : *blobs)
        if (!persons_.emplace(log::sha256(blob), blob).second)
            return fail(ErrorKind::corrupt, block.persons->name + ": one of its items twice");
    return {};
}

Result<std::string> RecordFinder::find(Revision revision) {
    const auto blocks = backup_->blocks();
    const auto block = std::ranges::lower_bound(blocks, revision, {}, &Block::last);
    if (revision == 0 || block == blocks.end())
        return fail(ErrorKind::corrupt, "there is no revision " + std::to_string(revision));
    if (block_ != &*block)
        events_ = TRY(backup_->read_block(*block->events));
    block_ = &*block;
    const auto records = TRY(split_block(events_));
    return std::string(records[revision - block->first]);
}

std::string RecordReader::where() const {
    const Block& block = backup_->blocks()[next_block_ - 1];
    return block.events->name + ", event " + std::to_string(revision_);
}

} // namespace daybook::backup
