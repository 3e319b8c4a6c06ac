// The records of a backup one by one, in order, a block at a time in memory.
#pragma once

#include "engine/backup/backup_file.h"

#include <map>

namespace daybook::backup {

class RecordReader {
  public:
    // `backup` outlives the reader.
    explicit RecordReader(const BackupFile& backup) : backup_(&backup) {}

    // Goes to the next record; false at the end.
    Result<bool> next();
    Revision revision() const { return revision_; }
    std::string_view bytes() const { return records_[at_]; }
    // "events/000000000001-000000000312.zst, event 57"
    std::string where() const;

    // What the block has of persons, by SHA-256: of its own records, in no order.
    const std::map<Hash, std::string_view>& persons() const { return persons_; }
    // Of the block that the record is in: its number, counted from 1.
    std::size_t block() const { return next_block_; }

  private:
    Result<void> read_block(const Block& block);

    const BackupFile* backup_;
    std::size_t next_block_ = 0;
    std::string events_;
    std::string blobs_;
    std::vector<std::string_view> records_;    // Into events_.
    std::map<Hash, std::string_view> persons_; // Into blobs_.
    std::size_t at_ = 0;
    Revision revision_ = 0;
};

// Records in any order: the block read last is kept.
class RecordFinder {
  public:
    explicit RecordFinder(const BackupFile& backup) : backup_(&backup) {}
    Result<std::string> find(Revision revision);

  private:
    const BackupFile* backup_;
    const Block* block_ = nullptr;
    std::string events_;
};

} // namespace daybook::backup
