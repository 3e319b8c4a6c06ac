#include "engine/backup/line_restore.h"

#include "engine/command/fold.h"
#include "engine/log/merkle.h"
#include "events/codec/codec.h"

namespace daybook::backup {
namespace {

constexpr Revision kStepRecords = 500;

} // namespace

Result<std::unique_ptr<LineRestore>> LineRestore::begin(log::FillableLog& log,
                                                        const BackupFile& backup,
                                                        const Verified& verified, Revision until,
                                                        log::LineNumber target) {
    if (until == 0 || until > verified.events)
        return fail(ErrorKind::invalid, "the backup has no revision " + std::to_string(until)
                                            + "; its last is " + std::to_string(verified.events));
    auto writer = TRY(log::LineWriter::open(log, target));
    return std::unique_ptr<LineRestore>(
        new LineRestore(backup, verified, until, std::move(writer)));
}

LineRestore::LineRestore(const BackupFile& backup, const Verified& verified, Revision until,
                         log::LineWriter writer)
    : backup_(&backup),
      went_back_(verified.went_back),
      until_(until),
      writer_(std::move(writer)),
      reader_(backup),
      finder_(backup),
      replay_([this](EntityRef thing, Version version) { return read_version(thing, version); }) {}

Result<bool> LineRestore::step() {
    for (Revision n = 0; n < kStepRecords && done() < until_; ++n) {
        if (!TRY(reader_.next()))
            return fail(ErrorKind::corrupt, "the backup ends before its last record");
        const RecordedEvent recorded = TRY(decode_record(reader_.bytes()));
        TRY(add(recorded));
    }
    if (done() < until_)
        return false;
    TRY(finish());
    return true;
}

Result<void> LineRestore::add(const RecordedEvent& recorded) {
    const Envelope& envelope = recorded.envelope;
    if (envelope.revision == 1)
        end_.company = envelope.entity;
    if (envelope.entity == end_.company || went_back_.contains(envelope.entity))
        versions_[{envelope.entity, envelope.entity_version}] = envelope.revision;
    if (envelope.entity == end_.company)
        end_.version = envelope.entity_version;
    end_.log_id = envelope.log_id;
    end_.epoch = envelope.epoch;
    end_.recorded_at = envelope.recorded_at;
    commit_last_ = envelope.commit_last;

    std::vector<log::PersonBlob> persons;
    for (const BlobRef& blob : envelope.blobs)
        if (const auto found = reader_.persons().find(blob.sha256);
            found != reader_.persons().end())
            persons.push_back({blob.sha256, std::string(found->second)});
    std::vector<log::IndexPut> rows = TRY(replay_.rows_of(recorded));
    tree_.add(log::leaf_hash(reader_.bytes()));
    return writer_.add(std::string(reader_.bytes()), std::move(rows), std::move(persons));
}

Result<RecordedEvent> LineRestore::read_version(EntityRef thing, Version version) {
    const auto found = versions_.find({thing, version});
    if (found == versions_.end())
        return fail(ErrorKind::corrupt, "a thing went back to a version that it never had");
    const std::string bytes = TRY(finder_.find(found->second));
    return decode_record(bytes);
}

Result<void> LineRestore::finish() {
    if (commit_last_ != until_)
        return fail(ErrorKind::invalid, "revision " + std::to_string(until_)
                                            + " is inside a commit, which ends at "
                                            + std::to_string(commit_last_));
    const log::LineHead head = TRY(writer_.flush());
    const Hash expected =
        until_ == backup_->manifest().revisions ? backup_->manifest().root : tree_.root();
    if (head.root != tree_.root() || head.root != expected)
        return fail(ErrorKind::corrupt, "what was restored has another root than the backup");
    end_.revision = head.revision;
    end_.root = head.root;
    end_.series = replay_.series_rows();
    end_.state = TRY(command::fold(
        end_.version, [this](Version version) { return read_version(end_.company, version); }));
    return {};
}

} // namespace daybook::backup
