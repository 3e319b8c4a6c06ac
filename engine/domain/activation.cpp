#include "engine/domain/activation.h"

#include <algorithm>
#include <tuple>

namespace daybook::domain {
namespace {

constexpr std::uint64_t kLastNumberMax = 999'999'999'999'999; // Fits every reader's integer.

std::string pointer_of(std::size_t index, const char* member) {
    return "/last_numbers/" + std::to_string(index) + "/" + member;
}

void check_floors(const Books& books, const std::vector<SeriesFloor>& floors, Faults& faults) {
    for (std::size_t i = 0; i < floors.size(); ++i) {
        if (!books.series(floors[i].series_id))
            faults.push_back({pointer_of(i, "series_id"), Code::series_not_found, {}});
        if (floors[i].last > kLastNumberMax)
            faults.push_back({pointer_of(i, "last"), Code::out_of_range,
                              "at most " + std::to_string(kLastNumberMax)});
    }
}

void check_complete(const Books& books, const std::vector<SeriesFloor>& floors, Faults& faults) {
    for (const Uuid& id : books.all(EntityKind::series)) {
        const SeriesState* series = books.series({id});
        const bool named = std::ranges::any_of(
            floors, [&](const SeriesFloor& floor) { return floor.series_id.value == id; });
        if (series && !series->closed && !named)
            faults.push_back({"/last_numbers", Code::last_numbers_required,
                              series->series.pattern + ", series " + to_text(id)});
    }
}

// One SeriesAdvanced for each floor above what the book has seen. A series that is named twice for
// one period is advanced to the higher number.
void advance(const Books& books, std::vector<SeriesFloor> floors, std::vector<NewEvent>& events) {
    std::ranges::stable_sort(floors, [](const SeriesFloor& a, const SeriesFloor& b) {
        return std::tie(a.series_id, a.period, b.last) < std::tie(b.series_id, b.period, a.last);
    });
    const SeriesFloor* previous = nullptr;
    for (const SeriesFloor& floor : floors) {
        const bool again =
            previous && previous->series_id == floor.series_id && previous->period == floor.period;
        previous = &floor;
        const std::uint64_t last = books.series_position(floor.series_id, floor.period).last;
        if (!again && floor.last > last)
            events.push_back(
                {ref(floor.series_id), SeriesAdvanced{floor.period, last + 1, floor.last, {}}});
    }
}

} // namespace

Decision decide(const Books& books, const ActivateCompany& command,
                const Circumstances& circumstances) {
    if (company_of(books, circumstances).mode == BookMode::live)
        return refuse(Code::company_not_standby);
    Faults faults;
    if (command.original != "gone" && command.original != "retired")
        faults.push_back({"/original", Code::unknown_value, "either gone or retired"});
    check_floors(books, command.last_numbers, faults);
    check_complete(books, command.last_numbers, faults);
    if (!faults.empty())
        return refuse_for(std::move(faults));
    std::vector<NewEvent> events{
        {ref(circumstances.company), CompanyActivated{command.original, {}, command.last_numbers}}};
    advance(books, command.last_numbers, events);
    return events;
}

} // namespace daybook::domain
