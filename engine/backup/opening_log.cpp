#include "engine/backup/opening_log.h"

#include "engine/command/fold.h"
#include "engine/command/index_rows.h"
#include "engine/domain/opening.h"
#include "engine/domain/traces.h"
#include "events/base/check.h"
#include "events/codec/codec.h"

#include <algorithm>

namespace daybook::backup {
namespace {

constexpr Revision kCommitRecords = 500; // So that a commit is shown in constant memory too.
constexpr std::size_t kCommandsPerRecord = 1'000;

command::VersionReader versions_of(const log::LogReader& log, log::LineNumber line,
                                   EntityRef thing) {
    return [&log, line, thing](Version version) {
        return command::read_version(log, line, thing, version);
    };
}

// Commands that a record remembers: its own, or those of a history that was left out before.
std::vector<KeptCommand> commands_in(const RecordedEvent& recorded) {
    const Envelope& envelope = recorded.envelope;
    if (const auto* kept = std::get_if<CommandsKept>(&recorded.event))
        return kept->commands;
    if (envelope.command_id.empty() || envelope.revision != envelope.commit_last)
        return {};
    return {{command::command_digest(envelope.actor, envelope.command_id),
             envelope.request_hash.value_or(Hash{})}};
}

// Of all that the thing's commits kept of persons, what its state still names: the stored form of
// the state holds the 32 bytes of each name.
std::vector<BlobRef> still_named(const std::vector<RecordedEvent>& path, const Event& opening) {
    const std::string payload = encode_payload(opening);
    std::vector<BlobRef> blobs;
    for (const RecordedEvent& recorded : path)
        for (const BlobRef& blob : recorded.envelope.blobs)
            if (payload.contains(command::hash_value(blob.sha256))
                && std::ranges::find(blobs, blob) == blobs.end())
                blobs.push_back(blob);
    return blobs;
}

} // namespace

// ---- the first walk: what will be told ---------------------------------------------------------

Result<OpeningLog> OpeningLog::survey(const log::LogReader& log, const Subject& subject,
                                      const std::string& checkpoint, IdSource& ids,
                                      const Walked& walked) {
    OpeningLog opening(log, subject, ids);
    TRY(each_record(log, subject, [&](const log::StoredRecord& record) -> Result<void> {
        const RecordedEvent recorded = TRY(decode_record(record.bytes));
        TRY(opening.learn(recorded));
        walked(record.revision);
        return {};
    }));
    const Version version =
        TRY(command::newest_version(log, subject.line, opening.company_, subject.until));
    const domain::State state =
        TRY(command::fold_thing(log, subject.line, opening.company_, version));
    const auto* company = std::get_if<domain::CompanyState>(&state);
    if (!company)
        return fail(ErrorKind::corrupt, "the records leave no company");

    HistoryLeftOut& left_out = opening.left_out_;
    left_out.of = {.log_id = subject.log_id,
                   .epoch = subject.epoch,
                   .revision = subject.until,
                   .checkpoint = checkpoint};
    left_out.of.root = TRY(log.root_at(subject.line, subject.until));
    left_out.through = 1 + opening.things_ - opening.gone_.size()
                       + (opening.commands_ + kCommandsPerRecord - 1) / kCommandsPerRecord;
    left_out.profile = company->profile;
    left_out.mode = company->mode;
    left_out.archived = company->archived;
    left_out.retired = company->retired;
    for (const auto& [series, position] : opening.positions_)
        left_out.counters.push_back(
            {series.first, series.second, position.last, position.last_issued_on});

    Envelope& shared = opening.shared_;
    shared.log_id = ids.next_id();
    shared.epoch = 1;
    shared.clock_at = subject.made_at;
    shared.actor = {.realm = subject.realm, .kind = ActorKind::system};
    shared.source.channel = "backup";
    shared.command_type = kLeaveHistoryOut;
    shared.software = subject.software;
    shared.flags.sandbox = company->mode == BookMode::sandbox;
    return opening;
}

bool OpeningLog::is_told(EntityRef thing) const {
    return thing.kind != EntityKind::company && thing.kind != EntityKind::timeline;
}

Result<void> OpeningLog::learn(const RecordedEvent& recorded) {
    const Envelope& envelope = recorded.envelope;
    const EntityRef thing = envelope.entity;
    if (thing.kind == EntityKind::company)
        company_ = thing;
    shared_.recorded_at = envelope.recorded_at;
    if (is_told(thing) && envelope.entity_version == 1)
        ++things_;
    gone_.erase(thing);
    if (const auto* returned = std::get_if<Returned>(&recorded.event))
        if (TRY(command::origin(returned->to_version, versions_of(*log_, subject_.line, thing)))
            == 0)
            gone_.insert(thing);
    commands_ += commands_in(recorded).size();
    left_out_.has_documents = left_out_.has_documents || command::is_document(recorded.event);
    for (const auto& [series, period, to] : domain::series_advances(thing, recorded.event)) {
        domain::SeriesPosition& position = positions_[{series, period}];
        position = domain::farther(position, to);
    }
    return {};
}

// ---- the second walk: telling it ---------------------------------------------------------------

Result<void> OpeningLog::tell(const Take& take, const Walked& walked) {
    Envelope first = shared_;
    first.entity = company_;
    TRY(say(std::move(first), left_out_, take));
    TRY(each_record(*log_, subject_, [&](const log::StoredRecord& record) -> Result<void> {
        const RecordedEvent recorded = TRY(decode_record(record.bytes));
        const Envelope& envelope = recorded.envelope;
        if (envelope.entity_version == 1 && is_told(envelope.entity)
            && !gone_.contains(envelope.entity))
            TRY(open(envelope, take));
        TRY(keep_commands(recorded, take));
        walked(record.revision);
        return {};
    }));
    CHECK(told_ == size(), "an opening is as long as its first record says");
    return {};
}

// A thing takes the place that it had in the order of creation; where it came from stays known.
Result<void> OpeningLog::open(const Envelope& first, const Take& take) {
    const EntityRef thing = first.entity;
    const Version version =
        TRY(command::newest_version(*log_, subject_.line, thing, subject_.until));
    const auto path = TRY(command::path_to(version, versions_of(*log_, subject_.line, thing)));
    const domain::State state = TRY(command::fold(path));
    const Event opening = domain::opening_of(state);
    Envelope envelope = shared_;
    envelope.entity = thing;
    envelope.source.external = first.source.external;
    envelope.blobs = still_named(path, opening);
    return say(std::move(envelope), opening, take);
}

Result<void> OpeningLog::keep_commands(const RecordedEvent& recorded, const Take& take) {
    for (const KeptCommand& command : commands_in(recorded)) {
        kept_.commands.push_back(command);
        if (kept_.commands.size() == kCommandsPerRecord)
            TRY(say_commands(take));
    }
    if (recorded.envelope.revision == subject_.until && !kept_.commands.empty())
        TRY(say_commands(take));
    return {};
}

Result<void> OpeningLog::say_commands(const Take& take) {
    Envelope envelope = shared_;
    envelope.entity = company_;
    return say(std::move(envelope), std::exchange(kept_, {}), take);
}

Result<void> OpeningLog::say(Envelope envelope, const Event& event, const Take& take) {
    const Revision commit = told_ / kCommitRecords;
    envelope.revision = ++told_;
    envelope.commit_first = commit * kCommitRecords + 1;
    envelope.commit_last = std::min((commit + 1) * kCommitRecords, size());
    envelope.recorded_at.micros += static_cast<std::int64_t>(commit);
    envelope.event_id = ids_->next_id();
    envelope.entity_version = envelope.entity == company_ ? ++company_version_ : 1;
    const std::string bytes = encode_record(envelope, event);
    return take({std::move(envelope), event}, bytes);
}

} // namespace daybook::backup
