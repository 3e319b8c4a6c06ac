#include "engine/repair/lost_trail.h"

#include "engine/domain/traces.h"
#include "engine/repair/line_source.h"
#include "events/codec/codec.h"

#include <algorithm>

namespace daybook::repair {
namespace {

// Enough to see what is where; the fork event must stay one record.
constexpr std::size_t kDocumentsMax = 5'000;

const Frozen* issued(const Event& event) {
    if (const auto* invoice = std::get_if<InvoiceIssued>(&event))
        return &invoice->frozen;
    if (const auto* credit_note = std::get_if<CreditNoteIssued>(&event))
        return &credit_note->frozen;
    return nullptr;
}

} // namespace

Result<LostTrail> lost_trail(const log::RocksdbStore& store, const SurveyedLine& line) {
    LostTrail trail;
    std::map<std::pair<SeriesId, std::string>, domain::SeriesPosition> positions;
    LineSource source(store, line.where.line, line.file);
    for (Revision revision = 1; revision <= std::max(line.sound, line.known); ++revision) {
        const auto bytes = TRY(source.record(revision));
        const auto recorded = bytes ? decode_record(*bytes) : fail(ErrorKind::corrupt, "not there");
        if (!recorded)
            continue;
        const EntityRef thing = recorded->envelope.entity;
        for (const auto& [series, period, to] : domain::series_advances(thing, recorded->event)) {
            domain::SeriesPosition& position = positions[{series, period}];
            position = domain::farther(position, to);
        }
        const Frozen* document = issued(recorded->event);
        if (document && revision > line.sound && trail.documents.size() < kDocumentsMax)
            trail.documents.push_back({thing, document->number, document->totals.total});
    }
    for (const auto& [series, position] : positions)
        trail.floors.push_back({series.first, series.second, position.last});
    return trail;
}

} // namespace daybook::repair
