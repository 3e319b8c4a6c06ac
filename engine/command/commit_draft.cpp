#include "engine/command/commit_draft.h"

#include "events/codec/codec.h"
#include "events/codec/limits.h"

namespace daybook::command {
namespace {

using domain::Code;

std::string command_name(const Submission& submission) {
    if (const auto* note = std::get_if<InstanceNote>(&submission.command))
        return note->name;
    if (const auto* show = std::get_if<ShowLine>(&submission.command))
        return show->name;
    if (const auto* back = std::get_if<SwitchBack>(&submission.command))
        return back->name;
    return std::string(domain::name_of(std::get<domain::Command>(submission.command)));
}

Outcome too_large(const std::string& what) {
    return domain::Refusal{Code::commit_too_large, what, {}, {}};
}

// What all events of the commit have in common.
Envelope shared_envelope(const LineBooks& books, const Submission& submission, const Stamp& stamp) {
    Envelope envelope;
    envelope.log_id = books.where().log_id;
    envelope.epoch = books.where().epoch;
    envelope.commit_first = books.head() + 1;
    envelope.recorded_at = stamp.recorded_at;
    envelope.clock_at = stamp.clock_at;
    envelope.actor = submission.actor;
    envelope.actor.realm = stamp.realm;
    envelope.source = submission.source;
    envelope.command_type = command_name(submission);
    envelope.command_id = submission.idempotency_key;
    if (!submission.idempotency_key.empty())
        envelope.request_hash = submission.request_hash;
    envelope.reason = submission.reason;
    envelope.software = stamp.software;
    if (const auto* company = books.company(books.where().book))
        envelope.flags.sandbox = company->mode == BookMode::sandbox;
    for (const NewPerson& person : submission.persons)
        envelope.blobs.push_back({person.blob.name, person.blob.bytes.size(), person.role});
    return envelope;
}

} // namespace

std::expected<CommitDraft, Outcome> draft_commit(const LineBooks& books,
                                                 std::vector<domain::NewEvent> events,
                                                 const Submission& submission, const Stamp& stamp,
                                                 IdSource& ids) {
    if (events.size() > kCommitEventsMax)
        return std::unexpected(too_large(std::to_string(events.size()) + " events; at most "
                                         + std::to_string(kCommitEventsMax)));
    CommitDraft draft;
    draft.commit.line = books.where().line;
    draft.commit.expected_head = books.head();
    for (const NewPerson& person : submission.persons)
        draft.commit.persons.push_back(person.blob);

    const Envelope shared = shared_envelope(books, submission, stamp);
    std::map<EntityRef, Version> versions;
    for (std::size_t i = 0; i < events.size(); ++i) {
        domain::NewEvent& event = events[i];
        const auto version = versions.try_emplace(event.thing, books.version_of(event.thing)).first;
        Envelope envelope = shared;
        envelope.revision = books.head() + 1 + i;
        envelope.commit_last = books.head() + events.size();
        envelope.event_id = ids.next_id();
        envelope.entity = event.thing;
        envelope.entity_version = ++version->second;
        envelope.effective_on = event.effective_on;
        if (event.external)
            envelope.source.external = event.external;
        std::string bytes = encode_record(std::move(envelope), event.event);
        draft.bytes += bytes.size();
        if (bytes.size() > kRecordBytesMax)
            return std::unexpected(too_large("one event of " + std::to_string(bytes.size())
                                             + " bytes; at most "
                                             + std::to_string(kRecordBytesMax)));
        if (draft.bytes > kCommitBytesMax)
            return std::unexpected(too_large("more than " + std::to_string(kCommitBytesMax)
                                             + " bytes in " + std::to_string(events.size())
                                             + " events"));
        auto read_back = decode_record(bytes);
        if (!read_back)
            return std::unexpected(Outcome(read_back.error().within("reading back")));
        draft.events.push_back(std::move(*read_back));
        draft.commit.records.push_back(std::move(bytes));
    }
    return draft;
}

} // namespace daybook::command
