// The log in memory: the reference that says what the port means, and the log of tests and of
// dry runs. It keeps nothing that it can compute, so that there is little in it to be wrong.
#pragma once

#include "engine/adapters/read_write_lock.h"
#include "engine/log/line_writer.h"
#include "engine/log/watchers.h"

#include <map>

namespace daybook::log {

class MemoryEventLog final : public FillableLog {
  public:
    Result<LineHead> head(LineNumber line) const override;
    Result<Hash> root_at(LineNumber line, Revision size) const override;
    Result<std::vector<StoredRecord>> read(LineNumber line, Revision from,
                                           ReadLimit limit = {}) const override;
    Result<std::vector<Hash>> leaves(LineNumber line, Revision first, Revision last) const override;
    Result<Hash> subtree(LineNumber line, unsigned height, std::uint64_t index) const override;
    Result<std::optional<std::string>> find_index(LineNumber line, Index index,
                                                  std::string_view key) const override;
    Result<std::vector<IndexEntry>> scan_index(LineNumber line, Index index,
                                               std::string_view prefix) const override;
    Result<std::optional<std::string>> find_person(LineNumber line,
                                                   const Hash& name) const override;
    Result<std::vector<LineNumber>> lines() const override;

    Result<std::vector<LineHead>> append(std::span<const Commit> group) override;
    std::uint64_t watch(Watcher watcher) override;
    void unwatch(std::uint64_t id) override;

    Result<LineHead> fill(const Commit& batch) override;
    Result<std::vector<LineHead>> show(LineNumber line, std::span<const Commit> with) override;
    Result<std::vector<UnfinishedLine>> unfinished_lines() const override;
    Result<void> sweep(LineNumber line) override;

  private:
    struct Line {
        std::vector<std::string> records;
        Frontier tree;
        std::map<std::pair<Index, std::string>, std::string> index;
        std::map<Hash, std::string> persons;

        LineHead head() const { return {records.size(), tree.root()}; }
    };
    using Lines = std::map<LineNumber, Line>;

    const Line& line_in_sight(LineNumber line) const;
    Result<Revision> head_in_sight(LineNumber line) const;
    static LineHead apply(Line& line, const Commit& commit);
    std::vector<LineHead> apply_all(std::span<const Commit> group);
    void notify(std::span<const Commit> group, std::optional<LineNumber> shown) const;

    ReadWriteLock lock_;
    Lines lines_;
    Lines unfinished_;
    Watchers watchers_;
};

} // namespace daybook::log
