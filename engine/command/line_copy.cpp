#include "engine/command/line_copy.h"

#include "events/codec/codec.h"

#include <algorithm>

namespace daybook::command {
namespace {

constexpr std::size_t kStepRecords = 500;

} // namespace

Result<LineCopy> LineCopy::begin(log::FillableLog& log, log::LineNumber source, Revision until,
                                 log::LineNumber target) {
    return LineCopy(log, source, until, TRY(log::LineWriter::open(log, target)));
}

LineCopy::LineCopy(log::FillableLog& log, log::LineNumber source, Revision until,
                   log::LineWriter writer)
    : log_(&log),
      source_(source),
      until_(until),
      writer_(std::move(writer)),
      replay_([&log, source](EntityRef thing, Version version) {
          return read_version(log, source, thing, version);
      }) {}

Result<bool> LineCopy::step() {
    if (done() < until_) {
        const auto records =
            TRY(log_->read(source_, done() + 1,
                           {.records_max = std::min<std::size_t>(kStepRecords, until_ - done())}));
        if (records.empty())
            return fail(ErrorKind::corrupt, "a record is not there, though the line is longer");
        for (const log::StoredRecord& record : records) {
            const RecordedEvent recorded = TRY(decode_record(record.bytes));
            std::vector<log::IndexPut> rows = TRY(replay_.rows_of(recorded));
            std::vector<log::PersonBlob> persons = TRY(persons_of(recorded.envelope));
            TRY(writer_.add(record.bytes, std::move(rows), std::move(persons)));
        }
    }
    if (done() < until_)
        return false;
    TRY(check_root());
    return true;
}

// Erased ones stay erased.
Result<std::vector<log::PersonBlob>> LineCopy::persons_of(const Envelope& envelope) const {
    std::vector<log::PersonBlob> persons;
    for (const auto& blob : envelope.blobs)
        if (auto bytes = TRY(log_->find_person(source_, blob.sha256)))
            persons.push_back({blob.sha256, *std::move(bytes)});
    return persons;
}

Result<void> LineCopy::check_root() {
    const log::LineHead head = TRY(writer_.flush());
    if (head.root != TRY(log_->root_at(source_, until_)))
        return fail(ErrorKind::corrupt, "the copy has another root than what it was made of");
    return {};
}

} // namespace daybook::command
