// The records of one line, from the first on, out of a salvaged log and, where it was given, a
// backup of the same line. Nothing here is believed yet: survey.h says what hashes vouch for.
#pragma once

#include "engine/backup/record_reader.h"
#include "engine/log/rocksdb_store.h"

#include <optional>
#include <string>

namespace daybook::repair {

class LineSource {
  public:
    // Both outlive the source; `file` may be none.
    LineSource(const log::RocksdbStore& store, log::LineNumber line,
               const backup::BackupFile* file);

    struct Found {
        std::string bytes;
        bool mends = false; // Only the backup has it, or has it as it was.
    };
    // Goes to the next revision; nothing where neither has its record. As far as the backup goes,
    // its records are taken: they were verified as a whole.
    Result<std::optional<Found>> next();
    Revision revision() const { return revision_; }
    // Of the record just read, where it names one.
    Result<std::optional<std::string>> person(const Hash& name) const;
    // Any revision.
    Result<std::optional<std::string>> record(Revision revision);

  private:
    std::optional<std::string> stored(Revision revision) const;

    const log::RocksdbStore* store_;
    log::LineNumber line_;
    const backup::BackupFile* file_;
    std::optional<backup::RecordReader> reader_;
    std::optional<backup::RecordFinder> finder_;
    Revision revision_ = 0;
};

} // namespace daybook::repair
