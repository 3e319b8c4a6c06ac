// Books as they would stand: some things in another state, some events that nobody has recorded.
// For judging the outcome of a decision before it is made, and for decisions that follow it in the
// same commit. What lies below is not changed and must outlive this.
#pragma once

#include "engine/domain/books.h"
#include "engine/domain/decide.h"

#include <map>
#include <set>
#include <string>
#include <utility>

namespace daybook::domain {

class ProspectiveBooks final : public Books {
  public:
    explicit ProspectiveBooks(const Books& below) : below_(below) {}

    // Unique codes and source ids stay with those who hold them below.
    void lay_over(EntityRef thing, State state);
    void lift(EntityRef thing) { states_.erase(thing); }
    // An ordinary event, no `Returned`.
    Result<void> apply(const NewEvent& event);

    const State* find(EntityRef thing) const override;
    std::vector<Uuid> all(EntityKind kind) const override;
    std::vector<EntityRef> touching(EntityRef thing) const override;
    SeriesPosition series_position(SeriesId series, std::string_view period) const override;
    std::optional<Date> series_last_issued_on(SeriesId series) const override;
    std::optional<EntityRef> claimant(std::string_view claim) const override;
    bool has_documents() const override { return below_.has_documents(); }
    const Timeline& timeline() const override { return below_.timeline(); }

  private:
    const Books& below_;
    std::map<EntityRef, State> states_;
    std::map<EntityRef, std::set<EntityRef>> touches_;
    std::map<std::pair<SeriesId, std::string>, SeriesPosition> positions_;
};

} // namespace daybook::domain
