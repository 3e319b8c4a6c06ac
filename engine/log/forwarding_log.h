// A log whose reading half is somebody else's: the reads pass through, the writes are left to the
// class that derives from this one. And one that is somebody else's whole, but for how it appends.
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

// What happens to `to` happens here; `to` outlives it. Derive to see or to refuse what is appended.
class AppendingLog : public ForwardingLog {
  public:
    explicit AppendingLog(FillableLog& to) : to_(to) {}

    std::uint64_t watch(Watcher watcher) final { return to_.watch(std::move(watcher)); }
    void unwatch(std::uint64_t id) final { to_.unwatch(id); }
    Result<LineHead> fill(const Commit& batch) final { return to_.fill(batch); }
    Result<std::vector<LineHead>> show(LineNumber line, std::span<const Commit> with) final {
        return to_.show(line, with);
    }
    Result<std::vector<UnfinishedLine>> unfinished_lines() const final {
        return to_.unfinished_lines();
    }
    Result<void> sweep(LineNumber line) final { return to_.sweep(line); }

  protected:
    FillableLog& to() { return to_; }

  private:
    const LogReader& reader() const final { return to_; }
    FillableLog& to_;
};

} // namespace daybook::log
