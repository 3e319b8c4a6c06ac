// A line filled with the opening of another: what restoring a backup without history makes of it.
#pragma once

#include "engine/backup/opening_log.h"
#include "engine/command/index_replay.h"
#include "engine/log/line_writer.h"
#include "tests/support/fixed_ids.h"
#include "tests/support/ok.h"

namespace daybook::tests {

// Out of sight until the log shows it.
inline log::LineHead fill_opening(const log::LogReader& source, const backup::Subject& subject,
                                  log::FillableLog& target, log::LineNumber line) {
    FixedIds ids;
    const auto walked = [](Revision) {};
    auto opening = ok(backup::OpeningLog::survey(source, subject, "a checkpoint", ids, walked));
    command::IndexReplay replay([](EntityRef, Version) -> Result<RecordedEvent> {
        return fail(ErrorKind::corrupt, "nothing in an opening goes back");
    });
    auto writer = ok(log::LineWriter::open(target, line));
    ok(opening.tell(
        [&](const RecordedEvent& recorded, const std::string& bytes) -> Result<void> {
            auto rows = TRY(replay.rows_of(recorded));
            std::vector<log::PersonBlob> persons;
            for (const BlobRef& blob : recorded.envelope.blobs)
                if (auto bytes_of = TRY(source.find_person(subject.line, blob.sha256)))
                    persons.push_back({blob.sha256, *std::move(bytes_of)});
            return writer.add(bytes, std::move(rows), std::move(persons));
        },
        walked));
    return ok(writer.flush());
}

} // namespace daybook::tests
