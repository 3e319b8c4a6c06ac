#include "engine/command/log_timeline.h"

#include "engine/command/fold.h"
#include "engine/command/index_rows.h"
#include "engine/command/opening.h"
#include "events/catalogue.h"
#include "events/codec/codec.h"

#include <map>
#include <utility>

namespace daybook::command {
namespace {

using domain::Passage;

void pass(std::map<EntityRef, Passage>& things, const Envelope& envelope) {
    const auto [place, fresh] = things.try_emplace(envelope.entity);
    Passage& passage = place->second;
    if (fresh) {
        passage.thing = envelope.entity;
        passage.before = envelope.entity_version - 1;
    }
    passage.after = envelope.entity_version;
    const auto type = find_event_type(envelope.type);
    const bool is_fact =
        type && catalogue()[*type].kept == Kept::always && envelope.type != "Returned";
    if (is_fact && passage.fact.empty())
        passage.fact = catalogue()[*type].name;
}

} // namespace

template <class T>
T LogTimeline::value_or_trouble(Result<T> result) const {
    if (result)
        return *std::move(result);
    trouble_ = std::move(result).error();
    return {};
}

Revision LogTimeline::head() const {
    return head_ ? *head_ : value_or_trouble(log_->head(line_)).revision;
}

Revision LogTimeline::first_kept() const {
    return value_or_trouble(command::first_kept(*log_, line_));
}

std::pair<Revision, Revision> LogTimeline::commit_of(Revision revision) const {
    const auto records = value_or_trouble(log_->read(line_, revision, {.records_max = 1}));
    if (records.empty())
        return {revision, revision};
    const Envelope envelope = value_or_trouble(decode_envelope(records.front().bytes));
    return {envelope.commit_first, envelope.commit_last};
}

std::vector<Passage> LogTimeline::passages(Revision from, Revision to) const {
    return value_or_trouble(read_passages(from, to));
}

Result<std::vector<Passage>> LogTimeline::read_passages(Revision from, Revision to) const {
    std::map<EntityRef, Passage> things;
    for (Revision next = from + 1; next <= to;) {
        const auto records = TRY(log_->read(line_, next, {.records_max = to - next + 1}));
        if (records.empty())
            return fail(ErrorKind::corrupt, "a record is not there, though the line is longer");
        for (const log::StoredRecord& record : records)
            pass(things, TRY(decode_envelope(record.bytes)));
        next = records.back().revision + 1;
    }
    std::vector<Passage> passages;
    for (auto& [thing, passage] : things)
        passages.push_back(passage);
    return passages;
}

Version LogTimeline::version_of(EntityRef thing) const {
    return value_or_trouble(newest_version(*log_, line_, thing));
}

Version LogTimeline::origin_of(EntityRef thing, Version version) const {
    return value_or_trouble(
        origin(version, [&](Version at) { return read_version(*log_, line_, thing, at); }));
}

domain::State LogTimeline::state_of(EntityRef thing, Version version) const {
    return value_or_trouble(fold_thing(*log_, line_, thing, version));
}

std::optional<std::string> LogTimeline::source_claim(EntityRef thing) const {
    return value_or_trouble(read_source(thing));
}

Result<std::optional<std::string>> LogTimeline::read_source(EntityRef thing) const {
    return source_claim_of(TRY(read_version(*log_, line_, thing, 1)).envelope);
}

std::optional<Error> LogTimeline::take_trouble() const { return std::exchange(trouble_, {}); }

} // namespace daybook::command
