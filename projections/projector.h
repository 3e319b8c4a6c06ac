// What one commit does to the rows of its line: the only way in which a row ever changes.
//
// Events move entity rows (layer 1). From there on it is row changes alone: settlements move by
// what payments and credit notes allocate after − before (layer 2), views by what each touched
// thing contributes after − before (layer 3). `Returned` is resolved by folding the thing's own
// records.
#pragma once

#include "engine/log/event_log.h"
#include "projections/contribution.h"
#include "projections/pending_rows.h"

#include <map>
#include <span>
#include <unordered_map>

namespace daybook::projections {

class Projector {
  public:
    Projector(const log::LogReader& log, log::LineNumber line) : log_(log), line_(line) {}

    // Adds a whole commit to `rows`, or nothing. The commit follows what `rows` show.
    Result<void> project(PendingRows& rows, std::span<const RecordedEvent> commit);

  private:
    struct Version {
        EntityRow row;
        Card card;
    };
    struct RowChange {
        std::optional<Version> before;
        EntityRow after;
        Card after_card;
    };
    using RowChanges = std::map<EntityRef, RowChange>;
    // An invoice that something settles differently.
    struct Settling {
        domain::Settled before;
        domain::Settled after;
    };
    using Settlings = std::map<InvoiceId, Settling>;

    Result<void> project_events(PendingRows& rows, std::span<const RecordedEvent> commit);
    Result<std::optional<Version>> read_version(const Rows& rows, const Envelope& envelope);
    Result<RowChange*> change_of(RowChanges& changes, const Rows& rows, const Envelope& envelope);
    Result<void> evolve(RowChange& change, const RecordedEvent& recorded) const;
    Result<void> write_entities(PendingRows& rows, RowChanges& changes);
    static Result<Settlings> write_settlements(PendingRows& rows, const RowChanges& changes);
    static Result<void> write_views(PendingRows& rows, const RowChanges& changes,
                                    const Settlings& settlings);

    const log::LogReader& log_;
    log::LineNumber line_;
    // Things changed lately, so that an invoice drafted, issued and paid is decoded once. Only what
    // was handed to `rows` is in it; whoever drops those rows drops the projector.
    std::unordered_map<EntityRef, Version> recent_;
};

} // namespace daybook::projections
