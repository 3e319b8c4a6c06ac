// Gathers records, and the persons that they name, into blocks of bounded size.
#pragma once

#include "engine/backup/zip_writer.h"
#include "engine/log/event_log.h"

#include <set>
#include <span>

namespace daybook::backup {

class BlockWriter {
  public:
    // Both outlive the writer; what it writes is added to `entries`.
    BlockWriter(ZipWriter& zip, std::vector<EntryDigest>& entries) : zip_(zip), entries_(entries) {}

    // The next record, from revision 1 on, with those of its blobs that are there.
    Result<void> add(std::string_view record, std::span<const log::PersonBlob> persons);
    // Writes what is waiting.
    Result<void> end();

    std::uint64_t persons() const { return persons_written_; }

  private:
    ZipWriter& zip_;
    std::vector<EntryDigest>& entries_;
    Revision first_ = 1;
    Revision next_ = 1;
    std::string events_;
    std::string persons_;
    std::set<Hash> held_; // In this block.
    std::uint64_t persons_written_ = 0;
};

} // namespace daybook::backup
