// The timeline of one line as its records tell it: envelopes of the stretch that is asked about,
// states folded on demand. Only what is durable takes part.
//
// A failing read answers "nothing" and is remembered, as in LineBooks; whoever decides asks for the
// trouble afterwards. Used by one thread at a time.
#pragma once

#include "engine/domain/timeline.h"
#include "engine/log/event_log.h"

#include <optional>

namespace daybook::command {

class LogTimeline final : public domain::Timeline {
  public:
    // The books as they were at `head`; nothing = as they are.
    LogTimeline(const log::LogReader& log, log::LineNumber line,
                std::optional<Revision> head = std::nullopt)
        : log_(&log), line_(line), head_(head) {}

    Revision head() const override;
    Revision first_kept() const override;
    std::pair<Revision, Revision> commit_of(Revision revision) const override;
    std::vector<domain::Passage> passages(Revision from, Revision to) const override;
    Version version_of(EntityRef thing) const override;
    Version origin_of(EntityRef thing, Version version) const override;
    domain::State state_of(EntityRef thing, Version version) const override;
    std::optional<std::string> source_claim(EntityRef thing) const override;

    std::optional<Error> take_trouble() const;

  private:
    template <class T>
    T value_or_trouble(Result<T> result) const;
    Result<std::vector<domain::Passage>> read_passages(Revision from, Revision to) const;
    Result<std::optional<std::string>> read_source(EntityRef thing) const;

    const log::LogReader* log_;
    log::LineNumber line_;
    std::optional<Revision> head_;
    mutable std::optional<Error> trouble_;
};

} // namespace daybook::command
