// Rows about to be written for one line, laid over those that are: commits are projected one after
// the other as if each were stored, and stored together when it suits.
#pragma once

#include "projections/moment.h"

#include <set>

namespace daybook::projections {

class PendingRows final : public Rows {
  public:
    // `stored` shows the newest rows of the same line.
    PendingRows(std::unique_ptr<const Rows> stored, log::LineNumber line);

    Result<std::optional<std::string>> get(Table table, std::string_view key) const override;
    Result<std::optional<PlacedThing>> place(EntityRef thing) const override {
        return stored_->place(thing);
    }
    // Forward only: what layers need while they project.
    Result<void> scan(Table table, std::string_view from, std::string_view until,
                      Direction direction, const Visit& visit) const override;

    // All changes up to commit() belong to the commit that ends at `last`.
    void begin(Revision first, Revision last, Timestamp recorded_at);
    void put(Table table, std::string_view key, std::string row);
    void remove(Table table, std::string_view key);
    void commit();
    // Forgets the commit begun.
    void abandon();

    // The line's root at the last commit, said before the rows are written.
    void set_root(const Hash& root);

    Revision last() const { return last_; } // Of the last commit; 0 when there is none.
    std::size_t bytes() const { return bytes_; }
    const PhysicalRows& rows() const { return rows_; }

  private:
    using Changes = std::map<std::pair<Table, std::string>, std::optional<std::string>>;
    void keep(std::string key, std::string value);
    std::optional<std::optional<std::string>> find_kept(Table table, std::string_view key) const;

    std::unique_ptr<const Rows> stored_;
    log::LineNumber line_;
    PhysicalRows rows_;
    Changes changes_; // Of the commit begun.
    CommitRow begun_;
    CommitRow newest_;
    Revision last_ = 0;
    std::size_t bytes_ = 0;
};

} // namespace daybook::projections
