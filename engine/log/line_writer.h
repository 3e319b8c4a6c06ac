// Filling a whole new line: what restores, copies and imports do.
//
// A line of a million records does not fit into one commit, and half a line must never be seen. So
// a line is *filled* in bounded batches, each an ordinary group with its sync, while a marker keeps
// it out of sight: lines() leaves it out, head() says 0, every read finds nothing. It is *shown* by
// the group that removes the marker, together with the commits that make it somebody's book (the
// fork event, the switch in line 0): all of it or nothing. What a crash leaves unfinished is swept,
// or filled further, at the next start.
#pragma once

#include "engine/log/event_log.h"

namespace daybook::log {

struct UnfinishedLine {
    LineNumber line;
    LineHead head; // Of what was filled so far.

    bool operator==(const UnfinishedLine&) const = default;
};

// What a log offers to LineWriter. Same promises and threads as append().
class FillableLog : public EventLog {
  public:
    // Appends to a line out of sight; the first batch of a line never written puts it there.
    // A line that is in sight is ErrorKind::conflict.
    virtual Result<LineHead> fill(const Commit& batch) = 0;
    // Shows the line, in one group with `with`, whose commits may extend the line itself already.
    // Returns the head of each of those commits' lines, as append() does.
    virtual Result<std::vector<LineHead>> show(LineNumber line, std::span<const Commit> with) = 0;
    virtual Result<std::vector<UnfinishedLine>> unfinished_lines() const = 0;
    // Removes an unfinished line with everything in it; afterwards it was never written.
    virtual Result<void> sweep(LineNumber line) = 0;
};

class LineWriter {
  public:
    // Begins a line, or goes on with one that is unfinished (head() says from where).
    static Result<LineWriter> open(FillableLog& log, LineNumber line);

    // The record, verbatim, becomes the next revision. Writes a batch whenever one is full.
    Result<void> add(std::string record, std::vector<IndexPut> index = {},
                     std::vector<PersonBlob> persons = {});
    // Writes what is waiting; the head is then that of all records added.
    Result<LineHead> flush();
    // Shows the line. Without this call it stays out of sight and is swept at the next start.
    Result<std::vector<LineHead>> finish(std::span<const Commit> with = {});
    Result<void> abandon();

    // Records written or waiting.
    Revision size() const { return batch_.expected_head + batch_.records.size(); }

  private:
    LineWriter(FillableLog& log, LineNumber line, const LineHead& head);

    FillableLog& log_;
    LineHead written_;
    Commit batch_;
    std::size_t batch_bytes_ = 0;
};

// What start-up does with lines that nobody is going to resume. Returns their numbers.
Result<std::vector<LineNumber>> sweep_unfinished_lines(FillableLog& log);

} // namespace daybook::log
