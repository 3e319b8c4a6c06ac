#include "engine/log/line_writer.h"

#include <algorithm>
#include <iterator>

namespace daybook::log {
namespace {

// Large enough that a sync costs nothing per record, small enough for memory and one WAL file.
constexpr std::size_t kBatchRecordsMax = 10'000;
constexpr std::size_t kBatchBytesMax = 8 * 1024 * 1024;

} // namespace

Result<LineWriter> LineWriter::open(FillableLog& log, LineNumber line) {
    const std::vector<UnfinishedLine> unfinished_lines = TRY(log.unfinished_lines());
    for (const UnfinishedLine& unfinished : unfinished_lines)
        if (unfinished.line == line)
            return LineWriter(log, line, unfinished.head);
    const LineHead head = TRY(log.head(line));
    if (head.revision != 0)
        return fail(ErrorKind::conflict,
                    "line " + std::to_string(line) + " is in use; only a new line can be filled");
    return LineWriter(log, line, head);
}

LineWriter::LineWriter(FillableLog& log, LineNumber line, const LineHead& head)
    : log_(log), written_(head) {
    batch_.line = line;
    batch_.expected_head = head.revision;
}

Result<void> LineWriter::add(std::string record, std::vector<IndexPut> index,
                             std::vector<PersonBlob> persons) {
    batch_bytes_ += record.size();
    for (const IndexPut& put : index)
        batch_bytes_ += put.key.size() + put.value.value_or("").size();
    for (const PersonBlob& person : persons)
        batch_bytes_ += person.bytes.size();
    batch_.records.push_back(std::move(record));
    std::ranges::move(index, std::back_inserter(batch_.index));
    std::ranges::move(persons, std::back_inserter(batch_.persons));
    if (batch_.records.size() >= kBatchRecordsMax || batch_bytes_ >= kBatchBytesMax)
        TRY(flush());
    return {};
}

Result<LineHead> LineWriter::flush() {
    if (batch_.records.empty())
        return written_;
    written_ = TRY(log_.fill(batch_));
    batch_ = Commit{.line = batch_.line, .expected_head = written_.revision};
    batch_bytes_ = 0;
    return written_;
}

Result<std::vector<LineHead>> LineWriter::finish(std::span<const Commit> with) {
    TRY(flush());
    return log_.show(batch_.line, with);
}

Result<void> LineWriter::abandon() {
    batch_ = Commit{.line = batch_.line, .expected_head = 0};
    batch_bytes_ = 0;
    if (written_.revision == 0)
        return {};
    written_ = {0, empty_root()};
    return log_.sweep(batch_.line);
}

Result<std::vector<LineNumber>> sweep_unfinished_lines(FillableLog& log) {
    const std::vector<UnfinishedLine> unfinished_lines = TRY(log.unfinished_lines());
    std::vector<LineNumber> swept;
    for (const UnfinishedLine& unfinished : unfinished_lines) {
        TRY(log.sweep(unfinished.line));
        swept.push_back(unfinished.line);
    }
    return swept;
}

} // namespace daybook::log
