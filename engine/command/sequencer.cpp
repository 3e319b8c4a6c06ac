#include "engine/command/sequencer.h"

#include "engine/command/commit_draft.h"
#include "engine/command/fold.h"
#include "engine/command/opening.h"
#include "engine/command/sequencer_group.h"
#include "events/base/check.h"
#include "events/base/planted.h"
#include "events/base/reflect.h"
#include "events/codec/codec.h"

#include <algorithm>

namespace daybook::command {
namespace {

using domain::Code;
using domain::Refusal;

constexpr std::int64_t kDayMicros = 86'400'000'000;

Outcome no(Code code, std::string detail = {}) { return Refusal{code, std::move(detail), {}, {}}; }

const domain::CreateCompany* creation(const Submission& submission) {
    const auto* command = std::get_if<domain::Command>(&submission.command);
    return command ? std::get_if<domain::CreateCompany>(command) : nullptr;
}

bool looks_back(const domain::Command& command) {
    return std::holds_alternative<domain::RollBack>(command)
           || std::holds_alternative<domain::UndoCommit>(command);
}

// What the events would make of each thing, without touching the books.
Outcome preview(const LineBooks& books, std::vector<domain::NewEvent> events) {
    std::map<EntityRef, Prospect> prospects;
    for (const domain::NewEvent& event : events) {
        auto found = prospects.find(event.thing);
        if (found == prospects.end()) {
            const domain::State* now = books.find(event.thing);
            const domain::State state = now ? *now : domain::State{};
            found = prospects
                        .emplace(event.thing,
                                 Prospect{event.thing, state, state, books.version_of(event.thing)})
                        .first;
        }
        if (const auto* returned = std::get_if<Returned>(&event.event)) {
            found->second.after = books.timeline().state_of(event.thing, returned->to_version);
        } else {
            auto after = domain::evolve(std::move(found->second.after), event.event);
            if (!after)
                return after.error();
            found->second.after = std::move(*after);
        }
        ++found->second.version;
    }
    if (auto trouble = books.take_trouble())
        return *trouble;
    Previewed previewed{books.where().line, books.head(), std::move(events), {}};
    for (auto& [thing, prospect] : prospects)
        previewed.things.push_back(std::move(prospect));
    return previewed;
}

} // namespace

Result<std::unique_ptr<Sequencer>> Sequencer::create(SequencerPorts ports,
                                                     SequencerOptions options) {
    std::unique_ptr<Sequencer> sequencer(new Sequencer(std::move(ports), std::move(options)));
    sequencer->directory_ =
        std::make_shared<const Directory>(TRY(read_directory(sequencer->ports_.log)));
    sequencer->next_line_ = sequencer->directory_.load()->next_line();
    const LineBooks* instance = TRY(sequencer->books_of(kInstanceBook));
    sequencer->last_recorded_at_ = instance->last_recorded_at();
    return sequencer;
}

bool Sequencer::step(std::vector<Queued> queue) {
    Group group;
    for (Queued& queued : queue) {
        Outcome outcome = failure_ ? Outcome(failure_->within("the log accepts no more writes"))
                                   : handle(queued.submission, group);
        group.answers.emplace_back(std::move(queued.done), std::move(outcome));
        if (group.commits.size() >= options_.group_commits_max
            || group.bytes >= options_.group_bytes_max || group.must_end)
            flush(group);
    }
    flush(group);
    return !failure_;
}

// ---- one command
// ----------------------------------------------------------------------------------

Outcome Sequencer::handle(const Submission& submission, Group& group) {
    if (std::holds_alternative<InstanceNote>(submission.command))
        return note(submission, group);
    if (std::holds_alternative<ShowLine>(submission.command))
        return show_line(submission, group);
    if (std::holds_alternative<SwitchBack>(submission.command))
        return switch_back(submission, group);
    if (creation(submission))
        return create_company(submission, group);
    const auto directory = directory_.load();
    const CompanyLine* where = directory->find(submission.company);
    if (!where)
        return no(Code::not_found, "no such company");
    auto books = books_of(*where);
    if (!books)
        return books.error();
    if (auto answer = seen_before(**books, submission))
        return *answer;
    const auto& command = std::get<domain::Command>(submission.command);
    if (looks_back(command) && !flush(group)) // It reads what is durable.
        return Error{ErrorKind::io, "the log accepts no more writes"};
    return run(**books, submission, command, group);
}

Outcome Sequencer::note(const Submission& submission, Group& group) {
    auto books = books_of(kInstanceBook);
    if (!books)
        return books.error();
    if (auto answer = seen_before(**books, submission))
        return *answer;
    if (auto refusal = clock_refuses()) // Or a note of the wrong hour would make it the right one.
        return *refusal;
    return record(**books, std::get<InstanceNote>(submission.command).events, submission, group);
}

// Two commits of one group, so both are there or neither: the new line's first events, and the
// instance's note of whose line that is. The idempotency key stands with the note.
Outcome Sequencer::create_company(const Submission& submission, Group& group) {
    const domain::CreateCompany& command = *creation(submission);
    auto instance = books_of(kInstanceBook);
    if (!instance)
        return instance.error();
    if (auto seen = seen_before(**instance, submission)) {
        auto* committed = std::get_if<Committed>(&*seen);
        if (!committed)
            return *seen;
        // Answer with the company's own first commit.
        auto opened = ports_.log.read(log::kInstanceLine, committed->last, {.records_max = 1});
        if (!opened)
            return opened.error();
        auto note = opened->empty() ? fail(ErrorKind::corrupt, "the note of a company is not there")
                                    : decode_record(opened->front().bytes);
        if (!note)
            return note.error();
        const auto& event = std::get<CompanyOpened>(note->event);
        auto first = ports_.log.read(event.line, 1, {.records_max = 1});
        if (!first || first->empty())
            return Error{ErrorKind::corrupt, "an opened line is empty"};
        auto envelope = decode_envelope(first->front().bytes);
        if (!envelope)
            return envelope.error();
        return Committed{event.line, event.epoch, 1, envelope->commit_last, true, {}};
    }
    const auto directory = directory_.load();
    if (directory->find(command.id))
        return no(Code::invalid_input, "the company exists");
    const CompanyLine where{command.id, ports_.ids.next_id(), 1, reserve_line(), command.id};
    auto books = books_of(where);
    if (!books)
        return books.error();
    Submission own = submission;
    own.idempotency_key.clear();
    own.persons.clear();
    Outcome created = run(**books, own, domain::Command(command), group);
    if (!std::holds_alternative<Committed>(created)) {
        books_.erase(where.line);
        return created;
    }
    const CompanyOpened opened{command.id, where.log_id, where.epoch, where.line,
                               command.profile.party.name};
    Submission noted = submission;
    noted.persons.clear();
    Outcome written = record(
        **instance, {{{EntityKind::company, command.id.value}, opened, {}, {}}}, noted, group);
    if (!std::holds_alternative<Committed>(written))
        return written;
    auto moved = std::make_shared<Directory>(*directory);
    moved->apply(opened);
    directory_ = std::shared_ptr<const Directory>(std::move(moved));
    return created;
}

Outcome Sequencer::run(LineBooks& books, const Submission& submission,
                       const domain::Command& command, Group& group) {
    if (auto refusal = clock_refuses())
        return *refusal;
    if (auto refusal = stale(books, submission))
        return *refusal;
    const auto* create = std::get_if<domain::CreateCompany>(&command);
    const auto* company = create ? nullptr : books.company(books.where().book);
    const std::string zone = create    ? create->profile.time_zone
                             : company ? company->profile.time_zone
                                       : std::string("UTC");
    const auto today = ports_.local_date(ports_.clock.now(), zone);
    if (!today)
        return no(Code::unknown_time_zone, zone);
    auto decision = domain::decide(books, command, {books.where().book, *today});
    if (auto trouble = books.take_trouble())
        return *trouble;
    if (!decision)
        return decision.error();
    if (submission.validate_only)
        return preview(books, std::move(*decision));
    return record(books, std::move(*decision), submission, group);
}

Outcome Sequencer::record(LineBooks& books, std::vector<domain::NewEvent> events,
                          const Submission& submission, Group& group) {
    Committed committed{books.where().line, books.where().epoch, 0, books.head(), false, {}};
    if (events.empty())
        return committed;
    const Timestamp now = ports_.clock.now();
    const Stamp stamp{options_.realm, options_.software, now,
                      std::max(now, Timestamp{books.last_recorded_at().micros + 1})};
    auto draft = draft_commit(books, std::move(events), submission, stamp, ports_.ids);
    if (!draft)
        return draft.error();

    for (const RecordedEvent& event : draft->events) {
        auto rows = books.apply(event);
        if (!rows) {
            // Read errors while moving on: what is pending before this commit is still good.
            group.must_end = true;
            return rows.error();
        }
        std::ranges::move(*rows, std::back_inserter(draft->commit.index));
    }
    committed.first = draft->events.front().envelope.revision;
    committed.last = draft->events.back().envelope.revision;
    last_recorded_at_ = std::max(last_recorded_at_.load(), stamp.recorded_at);
    committed.events = draft->events;
    group.bytes += draft->bytes;
    group.commits.push_back(std::move(draft->commit));
    group.events.push_back(std::move(draft->events));
    return committed;
}

// ---- what may stop a command before it is decided
// -------------------------------------------------

std::optional<Outcome> Sequencer::seen_before(const LineBooks& books,
                                              const Submission& submission) const {
    if (submission.idempotency_key.empty() || submission.validate_only
        || planted("a repeated request is not known again"))
        return std::nullopt;
    Actor actor = submission.actor;
    actor.realm = options_.realm;
    const std::string key = command_key(actor, submission.idempotency_key);
    const auto row = books.find_command(key);
    if (auto trouble = books.take_trouble())
        return *trouble;
    if (!row)
        return std::nullopt;
    const auto last = parse_revision(*row);
    if (!last)
        return last.error();
    const auto read = books.record_at(*last);
    if (!read)
        return read.error();
    const auto kept = kept_request(*read, key);
    if (!kept)
        return kept.error();
    if ((*kept ? *kept : read->request_hash) != submission.request_hash)
        return no(Code::idempotency_key_reused);
    if (*kept) // It was done once, and is not done again; what was answered went with the history.
        return no(Code::history_not_kept, "this was carried out before the history that is kept");
    return Committed{
        books.where().line, books.where().epoch, read->commit_first, read->commit_last, true, {}};
}

std::optional<ClockSkewSeen> Sequencer::clock_skew() const {
    const Timestamp now = ports_.clock.now(), last = last_recorded_at_;
    const std::int64_t ahead = now.micros - last.micros;
    if (last.micros == 0 || (ahead <= 366 * kDayMicros && ahead >= -kDayMicros))
        return std::nullopt;
    return ClockSkewSeen{now, last};
}

std::optional<Refusal> Sequencer::clock_refuses() const {
    const auto skew = options_.accept_clock ? std::nullopt : clock_skew();
    if (!skew)
        return std::nullopt;
    return Refusal{Code::clock_implausible,
                   "the clock stands at " + to_text(skew->clock_at)
                       + ", the last record was written at " + to_text(skew->last_recorded_at),
                   {},
                   {}};
}

std::optional<Refusal> Sequencer::stale(const LineBooks& books,
                                        const Submission& submission) const {
    if (!submission.if_match || planted("If-Match is not compared"))
        return std::nullopt;
    const Version now = books.version_of(submission.if_match->thing);
    if (now == submission.if_match->version)
        return std::nullopt;
    // What never was has no version that could be compared.
    if (now == 0)
        return Refusal{Code::not_found,
                       "no such " + std::string(enum_name(submission.if_match->thing.kind)),
                       {},
                       {}};
    return Refusal{Code::stale_version,
                   "the current version is " + std::to_string(now),
                   {},
                   {{"current_version", std::to_string(now)},
                    {"given_version", std::to_string(submission.if_match->version)}}};
}

Result<LineBooks*> Sequencer::books_of(const CompanyLine& where) {
    const auto known = books_.find(where.line);
    if (known != books_.end())
        return &known->second;
    LineBooks books = TRY(LineBooks::open(ports_.log, where));
    return &books_.emplace(where.line, std::move(books)).first->second;
}

// ---- making a group durable
// -----------------------------------------------------------------------

namespace {

// A disk that was full may have taken the group all the same: nobody is told that nothing happened.
Error outcome_unknown(Error error) {
    if (error.kind == ErrorKind::full)
        error.kind = ErrorKind::io;
    return error.within("outcome unknown");
}

} // namespace

bool Sequencer::flush(Group& group) {
    if (!group.commits.empty()) {
        auto heads = group.shows ? ports_.log.show(*group.shows, group.commits)
                                 : ports_.log.append(group.commits);
        if (!heads) {
            if (!planted("a failed write is forgotten"))
                failure_ = heads.error();
            for (auto& [done, outcome] : group.answers)
                if (std::holds_alternative<Committed>(outcome))
                    outcome = outcome_unknown(heads.error());
        } else {
            for (std::size_t i = 0; i < group.commits.size(); ++i)
                ports_.listener.committed(group.commits[i].line, group.events[i], (*heads)[i]);
            for (auto& [line, books] : books_)
                books.settle();
        }
    }
    if (group.must_end)
        books_.clear();
    for (auto& [done, outcome] : group.answers)
        done(std::move(outcome));
    group = Group{};
    return !failure_;
}

} // namespace daybook::command
