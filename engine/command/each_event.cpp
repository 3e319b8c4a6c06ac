#include "engine/command/each_event.h"

#include "events/codec/codec.h"

namespace daybook::command {

Result<void> each_event(const log::LogReader& log, log::LineNumber line,
                        const std::function<Result<void>(const RecordedEvent&)>& take) {
    for (Revision next = 1;;) {
        const auto records = TRY(log.read(line, next));
        if (records.empty())
            return {};
        for (const log::StoredRecord& record : records) {
            const RecordedEvent recorded = TRY(decode_record(record.bytes));
            TRY(take(recorded));
        }
        next = records.back().revision + 1;
    }
}

} // namespace daybook::command
