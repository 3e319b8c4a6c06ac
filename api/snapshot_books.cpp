#include "api/snapshot_books.h"

#include "engine/command/write_index.h"

#include <algorithm>
#include <string>
#include <utility>

namespace daybook::api {

template <class T>
T SnapshotBooks::value_or_trouble(Result<T> result) const {
    if (result)
        return std::move(*result);
    trouble_ = std::move(result).error();
    return {};
}

void SnapshotBooks::lay_over(EntityRef thing, const domain::State& state) {
    things_.insert_or_assign(thing, state);
}

const domain::State* SnapshotBooks::find(EntityRef thing) const {
    auto known = things_.find(thing);
    if (known == things_.end()) {
        auto row = value_or_trouble(view_.snapshot->find(thing));
        known = things_.emplace(thing, row ? std::move(row->state) : domain::State{}).first;
    }
    return domain::exists(known->second) ? &known->second : nullptr;
}

std::vector<Uuid> SnapshotBooks::all(EntityKind kind) const {
    std::vector<Uuid> ids;
    for (auto& [thing, row] : value_or_trouble(view_.snapshot->all(kind))) {
        things_.try_emplace(thing, std::move(row.state));
        ids.push_back(thing.id);
    }
    return ids;
}

std::vector<EntityRef> SnapshotBooks::touching(EntityRef thing) const {
    return value_or_trouble(view_.snapshot->touching(thing));
}

domain::SeriesPosition SnapshotBooks::series_position(SeriesId series,
                                                      std::string_view period) const {
    const auto row = value_or_trouble(
        log().find_index(view_.where.line, log::Index::claim, command::series_key(series, period)));
    if (!row)
        return {};
    return value_or_trouble(command::parse_position(*row));
}

std::optional<Date> SnapshotBooks::series_last_issued_on(SeriesId series) const {
    std::optional<Date> last;
    for (const log::IndexEntry& entry : value_or_trouble(log().scan_index(
             view_.where.line, log::Index::claim, command::series_key(series, ""))))
        last =
            std::max(last, value_or_trouble(command::parse_position(entry.value)).last_issued_on);
    return last;
}

std::optional<EntityRef> SnapshotBooks::claimant(std::string_view claim) const {
    const auto row = value_or_trouble(log().find_index(view_.where.line, log::Index::claim, claim));
    if (!row)
        return std::nullopt;
    return value_or_trouble(command::parse_ref(*row));
}

bool SnapshotBooks::has_documents() const {
    return value_or_trouble(
               log().find_index(view_.where.line, log::Index::claim, command::kDocumentsKey))
        .has_value();
}

std::optional<Error> SnapshotBooks::take_trouble() const {
    const auto past = timeline_.take_trouble();
    return trouble_ ? std::exchange(trouble_, {}) : past;
}

std::expected<std::optional<Problem>, Problem>
SnapshotBooks::refusal_of(const domain::Command& command) const {
    take_trouble();
    const auto decision = domain::decide(*this, command, {view_.where.book, view_.today});
    if (const auto trouble = take_trouble())
        return std::unexpected(problem_of(*trouble));
    if (decision)
        return std::optional<Problem>();
    return std::optional(problem_of(decision.error()));
}

} // namespace daybook::api
