#include "projections/projector.h"

#include "engine/command/fold.h"
#include "engine/domain/traces.h"
#include "projections/entity_row.h"
#include "projections/series_floor.h"
#include "projections/settlement.h"

#include <fmt/format.h>

namespace daybook::projections {
namespace {

constexpr std::size_t kRecentMax = 4'096;

// Settled sums matter to what is issued, or was before this commit; any other thing owes nothing.
bool owes(const Card& card) { return card.status.empty(); }

std::string describe(const RecordedEvent& recorded) {
    return fmt::format("revision {} ({})", recorded.envelope.revision, recorded.envelope.type);
}

} // namespace

Result<void> Projector::project(PendingRows& rows, std::span<const RecordedEvent> commit) {
    const Envelope& first = commit.front().envelope;
    rows.begin(first.revision, commit.back().envelope.revision, first.recorded_at);
    if (auto done = project_events(rows, commit); !done) {
        rows.abandon();
        recent_.clear();
        return done;
    }
    rows.commit();
    return {};
}

Result<void> Projector::project_events(PendingRows& rows, std::span<const RecordedEvent> commit) {
    RowChanges changes;
    for (const RecordedEvent& recorded : commit) {
        RowChange* change = TRY(change_of(changes, rows, recorded.envelope));
        if (auto evolved = evolve(*change, recorded); !evolved)
            return std::unexpected(evolved.error().within(describe(recorded)));
        for (const SeriesFloor& floor :
             domain::stated_floors(recorded.envelope.entity, recorded.event))
            TRY(raise_floor(rows, floor));
    }
    TRY(write_entities(rows, changes));
    const Settlings settlings = TRY(write_settlements(rows, changes));
    return write_views(rows, changes, settlings);
}

// ---- layer 1 ---------------------------------------------------------------------------------

Result<std::optional<Projector::Version>> Projector::read_version(const Rows& rows,
                                                                  const Envelope& envelope) {
    const EntityRef thing = envelope.entity;
    if (const auto known = recent_.find(thing); known != recent_.end())
        return known->second;
    if (envelope.entity_version == 1)
        return std::nullopt; // It begins here: nothing to look for.
    const auto placed = TRY(rows.place(thing));
    if (!placed)
        return std::nullopt;
    const auto bytes = TRY(rows.get(Table::entity, entity_key(*placed)));
    if (!bytes)
        return std::nullopt;
    return Version{TRY(decode_entity_row(thing.kind, *bytes)), TRY(decode_card(*bytes))};
}

Result<Projector::RowChange*> Projector::change_of(RowChanges& changes, const Rows& rows,
                                                   const Envelope& envelope) {
    const auto [place, fresh] = changes.try_emplace(envelope.entity);
    if (fresh) {
        place->second.before = TRY(read_version(rows, envelope));
        if (place->second.before)
            place->second.after = place->second.before->row;
    }
    return &place->second;
}

Result<void> Projector::evolve(RowChange& change, const RecordedEvent& recorded) const {
    const Envelope& envelope = recorded.envelope;
    EntityRow& row = change.after;
    if (envelope.entity_version != row.version + 1)
        return fail(ErrorKind::corrupt,
                    fmt::format("its thing's version is {}, and {} was shown before",
                                envelope.entity_version, row.version));
    if (const auto* returned = std::get_if<Returned>(&recorded.event)) {
        if (returned->to_version > row.version)
            return fail(ErrorKind::corrupt, "it returns to a version of the future");
        row.state = TRY(command::fold_thing(log_, line_, envelope.entity, returned->to_version));
    } else {
        row.state = TRY(domain::evolve(std::move(row.state), recorded.event));
        if (domain::kind_of(row.state) != envelope.entity.kind)
            return fail(ErrorKind::corrupt, "it happened to a thing of another kind");
    }
    if (row.version == 0) {
        row.first = envelope.revision;
        row.created_at = envelope.recorded_at;
    }
    row.updated_at = envelope.recorded_at;
    row.version = envelope.entity_version;
    row.revision = envelope.commit_last;
    return {};
}

Result<void> Projector::write_entities(PendingRows& rows, RowChanges& changes) {
    if (recent_.size() > kRecentMax)
        recent_.clear();
    for (auto& [thing, change] : changes) {
        change.after_card = card_of(change.after);
        rows.put(Table::entity, entity_key({thing, change.after.first}),
                 encode_entity_row(change.after, change.after_card));
        if (change.before)
            if (const auto lost = number_lost(change.before->card, change.after_card))
                TRY(raise_floor(rows, *lost));
        recent_.insert_or_assign(thing, Version{change.after, change.after_card});
    }
    return {};
}

// ---- layer 2 ---------------------------------------------------------------------------------

Result<Projector::Settlings> Projector::write_settlements(PendingRows& rows,
                                                          const RowChanges& changes) {
    struct Move {
        std::optional<Amount> before, after;
    };
    Settlings settlings;
    std::vector<std::tuple<InvoiceId, EntityRef, Move>> moves;
    for (const auto& [thing, change] : changes) {
        std::map<InvoiceId, Move> own;
        if (change.before)
            for (const auto& [invoice, amount] : settlements_of(change.before->row.state))
                own[invoice].before = amount;
        for (const auto& [invoice, amount] : settlements_of(change.after.state))
            own[invoice].after = amount;
        for (const auto& [invoice, move] : own)
            if (move.before != move.after)
                moves.emplace_back(invoice, thing, move);
    }
    for (const auto& [invoice, by, move] : moves)
        if (!settlings.contains(invoice)) {
            const domain::Settled known = TRY(settled(rows, invoice));
            settlings[invoice] = {known, known};
        }
    for (const auto& [invoice, by, move] : moves) {
        domain::Settled& sum = settlings[invoice].after;
        (by.kind == EntityKind::payment ? sum.paid : sum.credited) +=
            move.after.value_or(Amount{}) - move.before.value_or(Amount{});
        const std::string key = settlement_key(invoice.value, by);
        if (move.after)
            rows.put(Table::settlement, key, encode_settlement(*move.after));
        else
            rows.remove(Table::settlement, key);
    }
    return settlings;
}

// ---- layer 3 ---------------------------------------------------------------------------------

Result<void> Projector::write_views(PendingRows& rows, const RowChanges& changes,
                                    const Settlings& settlings) {
    ViewChanges views;
    for (const auto& [thing, change] : changes) {
        Settling settling;
        if (thing.kind == EntityKind::invoice) {
            const auto moved = settlings.find(InvoiceId{thing.id});
            if (moved != settlings.end())
                settling = moved->second;
            else if (owes(change.after_card) || (change.before && owes(change.before->card)))
                settling.before = settling.after = TRY(settled(rows, InvoiceId{thing.id}));
        }
        if (change.before)
            views.subtract(contribution(thing, change.before->card, settling.before));
        views.add(contribution(thing, change.after_card, settling.after));
    }
    for (const auto& [invoice, settling] : settlings) {
        const EntityRef thing{EntityKind::invoice, invoice.value};
        if (changes.contains(thing))
            continue;
        const auto placed = TRY(rows.place(thing));
        if (!placed)
            continue;
        if (const auto card = TRY(find_card(rows, *placed))) {
            views.subtract(contribution(thing, *card, settling.before));
            views.add(contribution(thing, *card, settling.after));
        }
    }
    return views.write(rows);
}

} // namespace daybook::projections
