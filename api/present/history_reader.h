// History, newest first: of a company by its records, of one thing by its versions, so that the
// history of a thing costs its own length and not the book's.
#pragma once

#include "api/routing/call.h"
#include "engine/command/fold.h"
#include "events/base/json.h"

#include <map>
#include <optional>
#include <string>

namespace daybook::api {

// Empty members let everything pass.
struct HistoryFilter {
    std::string actor;
    std::string type;
    std::optional<EntityRef> entity;
    Revision lowest = 1;
    Revision highest = 0; // At or before the moment shown.
};

struct HistoryPage {
    JsonArray items;
    Revision next = 0; // The next page lies below; 0 = there is none.
};

class HistoryReader {
  public:
    // `call` and `view` outlive it.
    HistoryReader(const Call& call, const CompanyView& view, HistoryFilter filter)
        : call_(call), view_(view), filter_(std::move(filter)) {}

    // Items below that revision (0 = from the newest). Reads a bounded number of records, so a page
    // may end before it is full when the filter lets little through.
    std::expected<HistoryPage, Problem> page(Revision below, std::size_t limit);

  private:
    std::expected<HistoryPage, Problem> page_of_company(Revision upper, std::size_t limit);
    std::expected<HistoryPage, Problem> page_of_thing(EntityRef thing, Revision upper,
                                                      std::size_t limit);
    bool lets_through(const Envelope& envelope) const;
    std::expected<Json, Problem> item_of(const RecordedEvent& recorded);

    const Call& call_;
    const CompanyView& view_;
    HistoryFilter filter_;
    std::map<EntityRef, command::FoldedVersions> folded_; // Of the page that is made.
};

} // namespace daybook::api
