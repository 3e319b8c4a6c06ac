// What a decision about going back may look at: who changed when, and what each thing was then.
//
// Beside Books, which knows only the present. Like Books it is a port: the engine reads it from the
// log, a test from a list of events. Costs follow the number of events asked about, never the
// length of the book.
#pragma once

#include "engine/domain/states.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace daybook::domain {

// One thing that has events within a stretch of the timeline.
struct Passage {
    EntityRef thing;
    Version before = 0; // At the beginning of the stretch; 0 = did not exist yet.
    Version after = 0;  // At its end.
    // The first irrevocable event of the stretch (events/catalogue.h); empty when there is none.
    // `Returned` is none: what went back may come back.
    std::string_view fact;

    bool operator==(const Passage&) const = default;
};

class Timeline {
  public:
    virtual ~Timeline() = default;

    virtual Revision head() const = 0;
    // The first moment that can be gone back to: the end of an opening (events/opening_events.h);
    // 0 where history is whole.
    virtual Revision first_kept() const { return 0; }
    // First and last revision of the commit that holds this one, which is in 1 … head.
    virtual std::pair<Revision, Revision> commit_of(Revision revision) const = 0;
    // Things with events in (from, to], in order of kind and id; 0 <= from <= to <= head.
    virtual std::vector<Passage> passages(Revision from, Revision to) const = 0;
    // Newest version of a thing, gone or not; 0 = it never was.
    virtual Version version_of(EntityRef thing) const = 0;
    // The version of the ordinary event that S(e,k) ends with: k itself or, where k is a return,
    // what it led back to, through any number of returns; 0 where that is "did not exist".
    virtual Version origin_of(EntityRef thing, Version version) const = 0;
    // S(e,k); design 2.2.
    virtual State state_of(EntityRef thing, Version version) const = 0;
    // What an imported thing came from; nothing for what was made here.
    virtual std::optional<std::string> source_claim(EntityRef thing) const = 0;
};

} // namespace daybook::domain
