// Of what a backup is made.
#pragma once

#include "engine/log/event_log.h"
#include "events/calendar.h"

#include <string>

namespace daybook::backup {

struct Subject {
    log::LineNumber line = 0;
    Uuid log_id;
    Epoch epoch = 1;
    Revision until = 0; // A commit end.
    CompanyId company;
    std::string company_name;
    Uuid realm;
    std::string software;
    Timestamp made_at;
};

// The records of the subject's line up to its moment, one by one, a read at a time in memory.
template <class Take>
Result<void> each_record(const log::LogReader& log, const Subject& subject, Take&& take) {
    for (Revision next = 1; next <= subject.until;) {
        const auto records =
            TRY(log.read(subject.line, next,
                         {.records_max = static_cast<std::size_t>(subject.until - next + 1)}));
        if (records.empty())
            return fail(ErrorKind::corrupt, "revision " + std::to_string(next)
                                                + " is not there, though the line is longer");
        for (const log::StoredRecord& record : records)
            TRY(take(record));
        next += records.size();
    }
    return {};
}

} // namespace daybook::backup
