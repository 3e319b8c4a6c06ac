#include "engine/command/index_replay.h"

#include "engine/domain/traces.h"

namespace daybook::command {
namespace {

bool holds_codes(EntityKind kind) {
    return kind == EntityKind::client || kind == EntityKind::product || kind == EntityKind::series;
}

// What stands for "it exists" where nothing else of a state matters.
domain::State something() { return domain::TimelineState{}; }

} // namespace

Result<domain::State> IndexReplay::state_after(const Thing& thing,
                                               const RecordedEvent& recorded) const {
    const EntityRef ref = recorded.envelope.entity;
    if (const auto* returned = std::get_if<Returned>(&recorded.event)) {
        domain::State state =
            TRY(fold(returned->to_version, [&](Version version) { return read_(ref, version); }));
        return holds_codes(ref.kind) || !domain::exists(state) ? std::move(state) : something();
    }
    if (holds_codes(ref.kind))
        return domain::evolve(thing.state, recorded.event);
    return something();
}

std::optional<EntityRef> IndexReplay::holder_of(const std::string& claim) const {
    const auto found = holders_.find(claim);
    return found == holders_.end() ? std::nullopt : std::optional(found->second);
}

void IndexReplay::note_holder(const log::IndexPut& row, EntityRef thing) {
    if (row.index != log::Index::claim)
        return;
    if (!row.value)
        holders_.erase(row.key);
    else if (row.value == ref_value(thing))
        holders_[row.key] = thing;
}

std::vector<log::IndexPut> IndexReplay::series_rows() const {
    std::vector<log::IndexPut> rows;
    for (const auto& [series, position] : positions_)
        if (position != domain::SeriesPosition{}) // It was only asked for.
            rows.push_back({log::Index::claim, series_key(series.first, series.second),
                            position_value(position)});
    return rows;
}

Result<std::vector<log::IndexPut>> IndexReplay::rows_of(const RecordedEvent& recorded) {
    const Envelope& envelope = recorded.envelope;
    Thing& thing = things_[envelope.entity];
    if (envelope.entity_version == 1)
        thing.source = source_claim_of(envelope);
    domain::State after = TRY(state_after(thing, recorded));
    std::vector<log::IndexPut> rows = index_rows(
        recorded, {claims_held(thing.state, thing.source), claims_held(after, thing.source),
                   [this](const std::string& claim) { return holder_of(claim); }, has_documents_,
                   [this](SeriesId series, std::string_view period) {
                       return positions_[{series, std::string(period)}];
                   }});
    for (const log::IndexPut& row : rows)
        note_holder(row, envelope.entity);
    thing.state = std::move(after);
    has_documents_ = has_documents_ || is_document(recorded.event);
    for (const auto& [series, period, to] :
         domain::series_advances(envelope.entity, recorded.event)) {
        domain::SeriesPosition& position = positions_[{series, period}];
        position = domain::farther(position, to);
    }
    return rows;
}

} // namespace daybook::command
