#include "api/backups/custody.h"

#include "engine/adapters/awaited.h"
#include "events/codec/codec.h"

namespace daybook::api {

// What cannot be read now is read next time; the books themselves say when they are damaged.
Result<void> Custody::Follower::catch_up(const log::LogReader& log) {
    while (true) {
        const auto records = TRY(log.read(log::kInstanceLine, read + 1));
        if (records.empty())
            return {};
        for (const log::StoredRecord& record : records) {
            const RecordedEvent recorded = TRY(decode_record(record.bytes));
            book.apply(recorded);
            read = record.revision;
        }
    }
}

Result<std::unique_ptr<Custody>> Custody::open(Service& service) {
    std::unique_ptr<Custody> custody(new Custody(service));
    const auto read = custody->follower_.with(
        [&](Follower& follower) { return follower.catch_up(service.log()); });
    if (!read && !service.damage()) // Of damaged books what is sound will do.
        return std::unexpected(read.error());
    return custody;
}

void Custody::note(EntityRef thing, std::vector<Event> events, const command::Submission& asked,
                   Noted noted) {
    command::InstanceNote note;
    note.name = "NoteCustody";
    for (Event& event : events)
        note.events.push_back({thing, std::move(event), {}, {}});
    command::Submission submission;
    submission.command = std::move(note);
    submission.actor = asked.actor;
    submission.source = asked.source;
    submission.reason = asked.reason;
    service_.submit(
        std::move(submission), [noted = std::move(noted)](const command::Outcome& outcome) {
            if (const auto* error = std::get_if<Error>(&outcome))
                return noted(std::unexpected(*error));
            if (const auto* refusal = std::get_if<domain::Refusal>(&outcome))
                return noted(fail(ErrorKind::conflict,
                                  std::string(name_of(refusal->code)) + ": " + refusal->detail));
            noted({});
        });
}

Result<void> Custody::note_and_wait(EntityRef thing, std::vector<Event> events,
                                    const command::Submission& asked) {
    const Awaited<Result<void>> done;
    note(thing, std::move(events), asked, [done](Result<void> noted) { done.give(noted); });
    return done.take();
}

command::Submission by_system() {
    command::Submission submission;
    submission.actor.kind = ActorKind::system;
    submission.source.channel = "instance";
    return submission;
}

} // namespace daybook::api
