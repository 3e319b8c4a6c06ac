// The books as deciders see them, at the moment a reader looks at: so that what an answer says
// about its `actions` comes from the very rules that will judge them.
//
// Things come from the snapshot; unique names and the positions of number series, which never go
// back, from the indexes beside the log. The thing that is being shown may be laid over the
// snapshot: a preview shows a state that nothing has recorded.
#pragma once

#include "api/routing/call.h"
#include "engine/command/log_timeline.h"
#include "engine/domain/decide.h"

#include <map>
#include <optional>
#include <vector>

namespace daybook::api {

class SnapshotBooks final : public domain::Books {
  public:
    SnapshotBooks(const Call& call, const CompanyView& view)
        : call_(call),
          view_(view),
          timeline_(call.service.log(), view.where.line, view.snapshot->revision()) {}

    void lay_over(EntityRef thing, const domain::State& state);

    const domain::State* find(EntityRef thing) const override;
    std::vector<Uuid> all(EntityKind kind) const override;
    std::vector<EntityRef> touching(EntityRef thing) const override;
    domain::SeriesPosition series_position(SeriesId series, std::string_view period) const override;
    std::optional<Date> series_last_issued_on(SeriesId series) const override;
    std::optional<EntityRef> claimant(std::string_view claim) const override;
    bool has_documents() const override;
    const domain::Timeline& timeline() const override { return timeline_; }
    std::optional<Error> take_trouble() const;

    // Why that command would be refused now; nothing when it would not.
    std::expected<std::optional<Problem>, Problem> refusal_of(const domain::Command& command) const;

  private:
    // The value, or the empty one after noting the error for refusal_of().
    template <class T>
    T value_or_trouble(Result<T> result) const;
    const log::LogReader& log() const { return call_.service.log(); }

    const Call& call_;
    const CompanyView& view_;
    command::LogTimeline timeline_;
    mutable std::map<EntityRef, domain::State> things_; // Nodes stay where they are.
    mutable std::optional<Error> trouble_;
};

} // namespace daybook::api
