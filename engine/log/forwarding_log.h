// A log whose reading half is somebody else's: the eight reads pass through, the writes are left to
// the class that derives from this one.
#pragma once

#include "engine/log/line_writer.h"

namespace daybook::log {

class ForwardingLog : public FillableLog {
  public:
    Result<LineHead> head(LineNumber line) const final { return reader().head(line); }
    Result<Hash> root_at(LineNumber line, Revision size) const final {
        return reader().root_at(line, size);
    }
    Result<std::vector<StoredRecord>> read(LineNumber line, Revision from,
                                           ReadLimit limit = {}) const final {
        return reader().read(line, from, limit);
    }
    Result<std::vector<Hash>> leaves(LineNumber line, Revision first, Revision last) const final {
        return reader().leaves(line, first, last);
    }
    Result<Hash> subtree(LineNumber line, unsigned height, std::uint64_t index) const final {
        return reader().subtree(line, height, index);
    }
    Result<std::optional<std::string>> find_index(LineNumber line, Index index,
                                                  std::string_view key) const final {
        return reader().find_index(line, index, key);
    }
    Result<std::vector<IndexEntry>> scan_index(LineNumber line, Index index,
                                               std::string_view prefix) const final {
        return reader().scan_index(line, index, prefix);
    }
    Result<std::optional<std::string>> find_person(LineNumber line, const Hash& name) const final {
        return reader().find_person(line, name);
    }
    Result<std::vector<LineNumber>> lines() const final { return reader().lines(); }

  private:
    virtual const LogReader& reader() const = 0;
};

} // namespace daybook::log
