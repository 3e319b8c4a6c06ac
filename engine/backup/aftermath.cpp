#include "engine/backup/aftermath.h"

#include "engine/backup/record_reader.h"
#include "engine/domain/traces.h"
#include "events/codec/codec.h"

namespace daybook::backup {
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

Result<Aftermath> aftermath_of(const BackupFile& backup, Revision moment) {
    Aftermath found;
    std::map<std::pair<SeriesId, std::string>, domain::SeriesPosition> positions;
    RecordReader reader(backup);
    while (TRY(reader.next())) {
        const RecordedEvent recorded = TRY(decode_record(reader.bytes()));
        const EntityRef thing = recorded.envelope.entity;
        for (const auto& [series, period, to] : domain::series_advances(thing, recorded.event)) {
            domain::SeriesPosition& position = positions[{series, period}];
            position = domain::farther(position, to);
        }
        const Frozen* document = issued(recorded.event);
        if (document && reader.revision() > moment && found.documents.size() < kDocumentsMax)
            found.documents.push_back({thing, document->number, document->totals.total});
    }
    for (const auto& [series, position] : positions)
        found.floors.push_back({series.first, series.second, position.last});
    return found;
}

} // namespace daybook::backup
