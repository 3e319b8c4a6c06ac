#include "engine/command/fork_facts.h"

#include "engine/command/log_timeline.h"
#include "engine/command/write_index.h"
#include "engine/domain/states.h"

#include <algorithm>

namespace daybook::command {
namespace {

constexpr std::size_t kDocumentsMax = 5'000;

bool is_ours(const domain::InvoiceState& invoice) {
    return invoice.stage == InvoiceStage::issued && !invoice.imported;
}

// What was issued, as it was issued.
const Frozen* issued(const domain::Passage& passage, const domain::State& state) {
    if (const auto* invoice = std::get_if<domain::InvoiceState>(&state))
        if (passage.fact == "InvoiceIssued"
            || (passage.fact == "InvoiceOpened" && is_ours(*invoice)))
            return &invoice->content;
    if (const auto* credit_note = std::get_if<domain::CreditNoteState>(&state))
        if (passage.fact == "CreditNoteIssued"
            || (passage.fact == "CreditNoteOpened" && !credit_note->imported))
            return &credit_note->content;
    return nullptr;
}

} // namespace

Result<std::vector<SeriesFloor>> series_floors(const log::LogReader& log, log::LineNumber line) {
    std::vector<SeriesFloor> floors;
    for (const log::IndexEntry& entry :
         TRY(log.scan_index(line, log::Index::claim, kSeriesPrefix))) {
        SeriesFloor floor = TRY(parse_series_key(entry.key));
        floor.last = TRY(parse_position(entry.value)).last;
        floors.push_back(std::move(floor));
    }
    return floors;
}

std::vector<SeriesFloor> farther(std::vector<SeriesFloor> floors,
                                 const std::vector<SeriesFloor>& others) {
    for (const SeriesFloor& other : others) {
        const auto same = std::ranges::find_if(floors, [&](const SeriesFloor& floor) {
            return floor.series_id == other.series_id && floor.period == other.period;
        });
        if (same == floors.end())
            floors.push_back(other);
        else
            same->last = std::max(same->last, other.last);
    }
    return floors;
}

Result<std::vector<OnlyInParent>> issued_after(const log::LogReader& log, log::LineNumber line,
                                               Revision after) {
    const LogTimeline timeline(log, line);
    std::vector<OnlyInParent> missing;
    for (const domain::Passage& passage : timeline.passages(after, timeline.head())) {
        if (missing.size() == kDocumentsMax)
            break;
        if (passage.fact.empty())
            continue;
        const domain::State state = timeline.state_of(passage.thing, passage.after);
        if (const Frozen* frozen = issued(passage, state))
            missing.push_back({passage.thing, frozen->number, frozen->totals.total});
    }
    if (auto trouble = timeline.take_trouble())
        return std::unexpected(*std::move(trouble));
    return missing;
}

} // namespace daybook::command
