// Which line is whose book: a filled line is shown, a company is given another, or one that it had.
// Each of these ends the group under way and is a group of its own, all of it or nothing.
#include "engine/command/sequencer_group.h"

namespace daybook::command {
namespace {

using domain::Code;
using domain::Refusal;

Outcome no_writes() { return Error{ErrorKind::io, "the log accepts no more writes"}; }

} // namespace

Outcome Sequencer::show_line(const Submission& submission, Group& group) {
    const ShowLine& shown = std::get<ShowLine>(submission.command);
    const CompanyLine& where = shown.where;
    if (!flush(group))
        return no_writes();
    if (auto refusal = clock_refuses())
        return *refusal;
    if (shown.replaces) {
        if (auto moved = book_moved(where.company, *shown.replaces))
            return *moved;
        if (where.epoch != directory_.load()->newest_epoch(where.company) + 1)
            return Refusal{Code::stale_revision, "another book was made meanwhile", {}, {}, {}};
    }
    LineBooks books = LineBooks::of_hidden_line(ports_.log, shown);
    Outcome forked = record(books, shown.events, submission, group);
    if (!std::holds_alternative<Committed>(forked))
        return forked;
    const Event noted =
        shown.replaces ? Event(LineActivated{where.company, where.log_id, where.epoch, where.line})
                       : Event(CompanyOpened{where.company, where.log_id, where.epoch, where.line,
                                             shown.company_name});
    group.shows = where.line;
    Outcome switched = note_and_switch(noted, where, submission, group);
    return std::holds_alternative<Committed>(switched) ? forked : switched;
}

Outcome Sequencer::switch_back(const Submission& submission, Group& group) {
    const SwitchBack& back = std::get<SwitchBack>(submission.command);
    if (!flush(group))
        return no_writes();
    if (auto refusal = clock_refuses())
        return *refusal;
    if (auto moved = book_moved(submission.company, back.leaves))
        return *moved;
    const auto directory = directory_.load();
    const CompanyLine* former = directory->find(submission.company, back.epoch);
    if (!former || former->line == back.leaves.line)
        return Refusal{Code::not_found, "the company has no such former book", {}, {}, {}};
    auto books = books_of(*former);
    if (!books)
        return books.error();
    Outcome told = record(**books, back.events, submission, group);
    if (!std::holds_alternative<Committed>(told))
        return told;
    return note_and_switch(
        LineActivated{former->company, former->log_id, former->epoch, former->line}, *former,
        submission, group);
}

// The book is still the one that the caller looked at.
std::optional<Outcome> Sequencer::book_moved(CompanyId company, const SeenBook& seen) {
    const auto directory = directory_.load();
    const CompanyLine* now = directory->find(company);
    if (!now)
        return Refusal{Code::not_found, "no such company", {}, {}, {}};
    auto books = books_of(*now);
    if (!books)
        return books.error();
    if (now->line == seen.line && (*books)->head() == seen.head)
        return std::nullopt;
    return Refusal{
        Code::stale_revision,
        "the book is at revision " + std::to_string((*books)->head()) + " of epoch "
            + std::to_string(now->epoch),
        {},
        {{"revision", std::to_string((*books)->head())}, {"epoch", std::to_string(now->epoch)}},
        {}};
}

// The instance's note, with whatever the group holds already; then everybody sees the other book.
Outcome Sequencer::note_and_switch(const Event& noted, const CompanyLine& to,
                                   const Submission& submission, Group& group) {
    auto instance = books_of(kInstanceBook);
    Outcome written =
        instance ? record(**instance, {{{EntityKind::company, to.company.value}, noted, {}, {}}},
                          submission, group)
                 : Outcome(instance.error());
    if (!std::holds_alternative<Committed>(written)) {
        group = Group{};       // What it holds alone would be nobody's book,
        books_.erase(to.line); // and is not remembered either.
        return written;
    }
    auto moved = std::make_shared<Directory>(*directory_.load());
    moved->apply(noted, to.book);
    if (!flush(group))
        return Error{ErrorKind::io, "outcome unknown"};
    directory_ = std::shared_ptr<const Directory>(std::move(moved));
    return written;
}

} // namespace daybook::command
