// The one place where things happen: queued commands become groups of commits.
//
// A step takes the commands that have arrived, decides each on the books as the one before left
// them, assigns positions, versions and times, encodes, verifies, and appends all of it as one
// group under one sync. Only then are views moved and answers given, so who gets an answer sees
// its write. No thread, clock or lock inside: whoever owns it calls step() from one place.
//
// Order of checks, so that a repeated request is answered before anything can refuse it:
// company known, idempotency key, clock, thing known, If-Match, the decider's own ladder, size of
// the commit.
#pragma once

#include "engine/command/line_books.h"
#include "engine/command/submission.h"
#include "engine/log/line_writer.h"
#include "engine/ports.h"

#include <atomic>
#include <map>
#include <memory>
#include <span>

namespace daybook::command {

// Moves read models; implemented by projections, called after the group is durable.
class CommitListener {
  public:
    virtual ~CommitListener() = default;
    virtual void committed(log::LineNumber line, std::span<const RecordedEvent> commit,
                           const log::LineHead& head) = 0;
};

// The date in a zone at an instant; nothing for a zone that the time-zone database does not know.
using LocalDate = std::function<std::optional<Date>(Timestamp, const std::string& zone)>;

struct SequencerOptions {
    Uuid realm;
    std::string software; // "daybook 0.1.0"
    // Writes whatever the clock says: somebody looked at it.
    bool accept_clock = false;
    std::size_t group_commits_max = 256;
    std::size_t group_bytes_max = 8 * 1024 * 1024;
};

struct SequencerPorts {
    log::FillableLog& log;
    Clock& clock;
    IdSource& ids;
    LocalDate local_date;
    CommitListener& listener;
};

class Sequencer {
  public:
    // Reads line 0, to know whose book is where.
    static Result<std::unique_ptr<Sequencer>> create(SequencerPorts ports,
                                                     SequencerOptions options);

    // Handles all of them, in order, in as few groups as the limits allow. False when the log
    // refused a group: what became of its commands is unknown, their callers are told so, nothing
    // more is written, and the process must end.
    bool step(std::vector<Queued> queue);
    // Why the log refused, once it did. On the sequencer's thread.
    const std::optional<Error>& failure() const { return failure_; }

    // A line number that nobody else gets, for a line to be filled. On the sequencer's thread.
    log::LineNumber reserve_line() { return next_line_++; }

    // What is wrong with the clock: it stands more than a year after, or a day before, the last
    // record. Nothing is written then, unless the options accept it. Any thread may ask.
    std::optional<ClockSkewSeen> clock_skew() const;
    // Why the clock lets nothing be written now; nothing where it does. Any thread may ask.
    std::optional<domain::Refusal> clock_refuses() const;

    // Where each company's book is; any thread may ask, the answer is of one moment.
    std::shared_ptr<const Directory> directory() const { return directory_.load(); }

  private:
    struct Group;

    Sequencer(SequencerPorts ports, SequencerOptions options)
        : ports_(std::move(ports)), options_(std::move(options)) {}

    Outcome handle(const Submission& submission, Group& group);
    Outcome create_company(const Submission& submission, Group& group);
    Outcome show_line(const Submission& submission, Group& group);
    Outcome switch_back(const Submission& submission, Group& group);
    std::optional<Outcome> book_moved(CompanyId company, const SeenBook& seen);
    Outcome note_and_switch(const Event& noted, const CompanyLine& to, const Submission& submission,
                            Group& group);
    Outcome note(const Submission& submission, Group& group);
    Outcome run(LineBooks& books, const Submission& submission, const domain::Command& command,
                Group& group);
    Outcome record(LineBooks& books, std::vector<domain::NewEvent> events,
                   const Submission& submission, Group& group);
    std::optional<Outcome> seen_before(const LineBooks& books, const Submission& submission) const;
    std::optional<domain::Refusal> stale(const LineBooks& books,
                                         const Submission& submission) const;
    Result<LineBooks*> books_of(const CompanyLine& where);
    bool flush(Group& group);

    SequencerPorts ports_;
    SequencerOptions options_;
    std::atomic<std::shared_ptr<const Directory>> directory_;
    std::map<log::LineNumber, LineBooks> books_;
    std::atomic<Timestamp> last_recorded_at_{Timestamp{}}; // Of any line.
    log::LineNumber next_line_ = 1;
    std::optional<Error> failure_;
};

} // namespace daybook::command
