#include "engine/backup/block_writer.h"

#include "engine/backup/backup_file.h"
#include "engine/backup/blocks.h"
#include "engine/backup/limits.h"
#include "engine/backup/zstd_frame.h"

namespace daybook::backup {

Result<void> BlockWriter::add(std::string_view record, std::span<const log::PersonBlob> persons) {
    append_item(events_, record);
    for (const log::PersonBlob& person : persons)
        if (held_.insert(person.name).second)
            append_item(persons_, person.bytes);
    ++next_;
    if (events_.size() > kBlockBytesMax || persons_.size() > kBlockBytesMax)
        return fail(ErrorKind::unsupported,
                    "revision " + std::to_string(next_ - 1) + " is larger than a block may be");
    if (events_.size() >= kBlockBytesFull || persons_.size() >= kBlockBytesFull
        || next_ - first_ >= kBlockRecordsFull)
        return end();
    return {};
}

Result<void> BlockWriter::end() {
    if (next_ == first_)
        return {};
    entries_.push_back(
        TRY(zip_.add(block_name(kEventsFolder, first_, next_ - 1), to_zstd(events_))));
    if (!held_.empty())
        entries_.push_back(
            TRY(zip_.add(block_name(kPersonsFolder, first_, next_ - 1), to_zstd(persons_))));
    persons_written_ += held_.size();
    first_ = next_;
    events_.clear();
    persons_.clear();
    held_.clear();
    return {};
}

} // namespace daybook::backup
