#include "projections/series_floor.h"

#include "projections/bytes.h"

#include <algorithm>

namespace daybook::projections {
namespace {

std::optional<SeriesFloor> number_of(const Card& card) {
    if (!card.exists || !card.series_id)
        return std::nullopt;
    return SeriesFloor{*card.series_id, card.period, card.sequence};
}

} // namespace

std::optional<SeriesFloor> number_lost(const Card& before, const Card& after) {
    auto lost = number_of(before);
    return lost == number_of(after) ? std::nullopt : lost;
}

Result<void> raise_floor(PendingRows& rows, const SeriesFloor& floor) {
    const std::string key = floor_key(floor.series_id, floor.period);
    std::uint64_t last = 0;
    if (const auto row = TRY(rows.get(Table::floor, key)))
        last = static_cast<std::uint64_t>(ByteReader(*row).sum());
    if (floor.last <= last)
        return {};
    std::string row;
    append_sum(row, static_cast<Wide>(floor.last));
    rows.put(Table::floor, key, std::move(row));
    return {};
}

Result<SeriesCounters> read_floors(const Rows& rows) {
    SeriesCounters counters;
    TRY(rows.scan_prefix(Table::floor, {}, [&](auto key, auto row) -> Result<bool> {
        ByteReader place(key);
        SeriesFloor floor{SeriesId{place.id()}, {}, 0};
        floor.period = place.text();
        floor.last = static_cast<std::uint64_t>(ByteReader(row).sum());
        if (!place.finished())
            return fail(ErrorKind::corrupt, "a series floor of the views cannot be read");
        raise(counters, floor);
        return true;
    }));
    return counters;
}

void raise(SeriesCounters& counters, const SeriesFloor& floor) {
    std::uint64_t& last = counters[{floor.series_id, floor.period}];
    last = std::max(last, floor.last);
}

void raise(SeriesCounters& counters, const Card& card) {
    if (const auto number = number_of(card))
        raise(counters, *number);
}

} // namespace daybook::projections
