#include "engine/command/line_books.h"

#include "engine/command/fold.h"
#include "engine/command/index_rows.h"
#include "events/codec/codec.h"

#include <algorithm>

namespace daybook::command {
namespace {

using log::Index;
using log::IndexEntry;
using log::IndexPut;

// Above this many remembered things the memory is given back between two groups.
constexpr std::size_t kThingsMax = 50'000;

} // namespace

Result<LineBooks> LineBooks::open(const log::LogReader& log, const CompanyLine& where) {
    LineBooks books(log, where);
    books.head_ = TRY(log.head(where.line)).revision;
    if (books.head_ > 0) {
        const auto last = TRY(log.read(where.line, books.head_, {.records_max = 1}));
        if (last.empty())
            return fail(ErrorKind::corrupt, "the last record of a line is not there");
        books.last_recorded_at_ = TRY(decode_envelope(last.front().bytes)).recorded_at;
    }
    return books;
}

LineBooks LineBooks::of_hidden_line(const log::LogReader& log, const ShowLine& line) {
    LineBooks books(log, line.where);
    books.head_ = line.filled;
    books.last_recorded_at_ = line.recorded_at;
    books.things_[{EntityKind::company, line.where.book.value}] = {line.company,
                                                                   line.company_version};
    for (const log::IndexPut& row : line.known)
        books.pending_[{row.index, row.key}] = row.value;
    return books;
}

// ---- what deciders ask --------------------------------------------------------------------------

const domain::State* LineBooks::find(EntityRef thing) const {
    const Thing* found = load(thing);
    return found && domain::exists(found->state) ? &found->state : nullptr;
}

std::vector<Uuid> LineBooks::all(EntityKind kind) const {
    std::vector<Uuid> ids;
    const std::string prefix(1, static_cast<char>(kind));
    for (const IndexEntry& entry : scan(Index::thing, prefix)) {
        const auto thing = parse_ref(std::string_view(entry.key).substr(0, 17));
        if (!thing || (!ids.empty() && ids.back() == thing->id))
            continue;
        if (find(*thing))
            ids.push_back(thing->id);
    }
    return ids;
}

std::vector<EntityRef> LineBooks::touching(EntityRef thing) const {
    std::vector<EntityRef> touchers;
    for (const IndexEntry& entry : scan(Index::touch, ref_value(thing)))
        if (const auto toucher = parse_ref(std::string_view(entry.key).substr(17)))
            touchers.push_back(*toucher);
    return touchers;
}

domain::SeriesPosition LineBooks::series_position(SeriesId series, std::string_view period) const {
    const auto row = look_up(Index::claim, series_key(series, period));
    if (!row)
        return {};
    const auto position = parse_position(*row);
    if (!position)
        trouble_ = position.error();
    return position.value_or(domain::SeriesPosition{});
}

std::optional<Date> LineBooks::series_last_issued_on(SeriesId series) const {
    std::optional<Date> last;
    for (const IndexEntry& entry : scan(Index::claim, series_key(series, ""))) {
        const auto position = parse_position(entry.value);
        if (!position)
            trouble_ = position.error();
        else if (position->last_issued_on)
            last = std::max(last.value_or(*position->last_issued_on), *position->last_issued_on);
    }
    return last;
}

std::optional<EntityRef> LineBooks::claimant(std::string_view claim) const {
    const auto row = look_up(Index::claim, std::string(claim));
    if (!row)
        return std::nullopt;
    const auto owner = parse_ref(*row);
    if (!owner)
        trouble_ = owner.error();
    return owner ? std::optional(*owner) : std::nullopt;
}

bool LineBooks::has_documents() const {
    return look_up(Index::claim, std::string(kDocumentsKey)).has_value();
}

std::optional<Error> LineBooks::take_trouble() const {
    const auto past = timeline_.take_trouble();
    return trouble_ ? std::exchange(trouble_, {}) : past;
}

// ---- reading the log ----------------------------------------------------------------------------

Version LineBooks::version_of(EntityRef thing) const {
    const Thing* found = load(thing);
    return found ? found->version : 0;
}

std::optional<std::string> LineBooks::find_command(std::string_view key) const {
    return look_up(Index::command, std::string(key));
}

Result<Envelope> LineBooks::record_at(Revision revision) const {
    const auto pending = pending_records_.find(revision);
    if (pending != pending_records_.end())
        return pending->second;
    const auto records = TRY(log_->read(where_.line, revision, {.records_max = 1}));
    if (records.empty())
        return fail(ErrorKind::corrupt, "an index names a record that is not there");
    return decode_envelope(records.front().bytes);
}

LineBooks::Thing* LineBooks::load(EntityRef thing) const {
    const auto known = things_.find(thing);
    if (known != things_.end())
        return &known->second;
    auto read = read_thing(thing);
    if (!read) {
        trouble_ = read.error();
        return nullptr;
    }
    return &things_.emplace(thing, std::move(*read)).first->second;
}

Result<LineBooks::Thing> LineBooks::read_thing(EntityRef thing) const {
    const Version newest = TRY(newest_version(*log_, where_.line, thing));
    if (where_.line == log::kInstanceLine)
        return Thing{{}, newest};
    return Thing{TRY(fold_thing(*log_, where_.line, thing, newest)), newest};
}

std::optional<std::string> LineBooks::look_up(Index index, const std::string& key) const {
    const auto pending = pending_.find({index, key});
    if (pending != pending_.end())
        return pending->second;
    auto found = log_->find_index(where_.line, index, key);
    if (found)
        return *found;
    trouble_ = found.error();
    return std::nullopt;
}

std::vector<IndexEntry> LineBooks::scan(Index index, const std::string& prefix) const {
    auto stored = log_->scan_index(where_.line, index, prefix);
    if (!stored) {
        trouble_ = stored.error();
        return {};
    }
    std::map<std::string, std::string> rows;
    for (IndexEntry& entry : *stored)
        rows[std::move(entry.key)] = std::move(entry.value);
    for (auto at = pending_.lower_bound({index, prefix});
         at != pending_.end() && at->first.first == index && at->first.second.starts_with(prefix);
         ++at) {
        if (at->second)
            rows[at->first.second] = *at->second;
        else
            rows.erase(at->first.second);
    }
    std::vector<IndexEntry> entries;
    for (auto& [key, value] : rows)
        entries.push_back({key, std::move(value)});
    return entries;
}

// ---- moving on ----------------------------------------------------------------------------------

Result<std::vector<IndexPut>> LineBooks::apply(const RecordedEvent& recorded) {
    const Envelope& envelope = recorded.envelope;
    const EntityRef ref = envelope.entity;
    Thing* thing = load(ref);
    if (!thing)
        return std::unexpected(take_trouble().value());
    const domain::State before = thing->state;
    domain::State after;
    if (where_.line == log::kInstanceLine)
        after = before; // The instance's own book tells; nothing is decided on it.
    else if (const auto* returned = std::get_if<Returned>(&recorded.event))
        after = TRY(fold_thing(*log_, where_.line, ref, returned->to_version));
    else
        after = TRY(domain::evolve(before, recorded.event));

    // The source of an import is in the envelope of the event that made the thing.
    std::optional<std::string> source;
    if (domain::exists(before) != domain::exists(after))
        source = envelope.entity_version == 1
                     ? source_claim_of(envelope)
                     : source_claim_of(TRY(read_version(*log_, where_.line, ref, 1)).envelope);
    std::vector<IndexPut> rows = index_rows(
        recorded, {claims_held(before, source), claims_held(after, source),
                   [this](const std::string& claim) { return claimant(claim); }, has_documents(),
                   [this](SeriesId series, std::string_view period) {
                       return series_position(series, period);
                   }});
    for (const IndexPut& row : rows)
        remember(row);

    thing->state = std::move(after);
    thing->version = envelope.entity_version;
    head_ = envelope.revision;
    pending_records_[head_] = envelope;
    last_recorded_at_ = envelope.recorded_at;
    return rows;
}

void LineBooks::remember(const IndexPut& put) { pending_[{put.index, put.key}] = put.value; }

void LineBooks::settle() {
    pending_.clear();
    pending_records_.clear();
    if (things_.size() > kThingsMax)
        things_.clear();
}

} // namespace daybook::command
