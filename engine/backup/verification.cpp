#include "engine/backup/verification.h"

#include "engine/backup/attachment_writer.h"
#include "engine/backup/origin.h"
#include "engine/log/merkle.h"
#include "events/codec/codec.h"
#include "events/file_named.h"

#include <map>
#include <set>
#include <type_traits>

namespace daybook::backup {
namespace {

std::unexpected<Error> unsound(std::string why) { return fail(ErrorKind::corrupt, std::move(why)); }

// The fork that an event makes, if it is one: from here on the line is called otherwise.
const Fork* fork_of(const Event& event) {
    return std::visit(
        [](const auto& each) -> const Fork* {
            if constexpr (requires { each.fork.new_log_id; })
                return &each.fork;
            else
                return nullptr;
        },
        static_cast<const AnyEvent&>(event));
}

// What a record must be to stand where it stands.
class Sequence {
  public:
    Result<void> add(Revision revision, const RecordedEvent& recorded) {
        const Envelope& envelope = recorded.envelope;
        if (envelope.revision != revision)
            return unsound("the record is of revision " + std::to_string(envelope.revision));
        TRY(check_commit(envelope));
        if (revision > 1 && !is_same_line(envelope) && !forks_to(recorded))
            return unsound("the record is of another book: line " + to_text(envelope.log_id));
        if (envelope.recorded_at < recorded_at_)
            return unsound("recorded before the record that it follows");
        log_id_ = envelope.log_id;
        epoch_ = envelope.epoch;
        recorded_at_ = envelope.recorded_at;
        return {};
    }

    Result<void> end(const Manifest& manifest) const {
        if (commit_last_ != manifest.revisions)
            return unsound("the last commit is not whole");
        if (log_id_ != manifest.log_id || epoch_ != manifest.epoch)
            return unsound("the last record is of another line than the manifest says");
        if (recorded_at_ != manifest.last_recorded_at)
            return unsound("the last record is of another moment than the manifest says");
        return {};
    }

  private:
    Result<void> check_commit(const Envelope& envelope) {
        const bool begins = envelope.revision > commit_last_;
        if (begins && envelope.commit_first == envelope.revision)
            commit_first_ = envelope.commit_first, commit_last_ = envelope.commit_last;
        if (envelope.commit_first != commit_first_ || envelope.commit_last != commit_last_
            || envelope.revision > commit_last_)
            return unsound("the record is not of the commit that it stands in");
        return {};
    }
    bool is_same_line(const Envelope& envelope) const {
        return envelope.log_id == log_id_ && envelope.epoch == epoch_;
    }
    bool forks_to(const RecordedEvent& recorded) const {
        const Fork* fork = fork_of(recorded.event);
        return fork && fork->new_log_id == recorded.envelope.log_id
               && fork->new_epoch == recorded.envelope.epoch && fork->parent.log_id == log_id_;
    }

    Uuid log_id_;
    Epoch epoch_ = 0;
    Revision commit_first_ = 0;
    Revision commit_last_ = 0;
    Timestamp recorded_at_;
};

// The blobs of a block are those that its records name, and no others; one that is not there was
// erased, and a record says so.
class Persons {
  public:
    Result<void> note(const RecordReader& reader, const RecordedEvent& recorded,
                      Verified& verified) {
        if (reader.block() != block_)
            TRY(end_block());
        block_ = reader.block();
        held_ = reader.persons().size();
        if (const Hash* erased = person_erased(recorded.event))
            erased_.insert(*erased);
        for (const BlobRef& named : recorded.envelope.blobs) {
            const auto found = reader.persons().find(named.sha256);
            if (found == reader.persons().end()) {
                absent_.try_emplace(named.sha256, reader.where());
                ++verified.persons_absent;
            } else if (found->second.size() != named.size)
                return unsound("a blob that it names has another size");
            else if (used_.insert(named.sha256).second)
                ++verified.persons;
        }
        return {};
    }
    Result<void> end() {
        TRY(end_block());
        for (const auto& [name, where] : absent_)
            if (!erased_.contains(name))
                return unsound(where
                               + ": the personal data that it names are missing, and no "
                                 "record says that they were erased");
        return {};
    }

  private:
    Result<void> end_block() {
        if (used_.size() != held_)
            return unsound("persons/: there are " + std::to_string(held_ - used_.size())
                           + " blobs that no record of their block names");
        used_.clear();
        return {};
    }

    std::size_t block_ = 0;
    std::size_t held_ = 0;
    std::set<Hash> used_;
    std::map<Hash, std::string> absent_; // By the first record that names it.
    std::set<Hash> erased_;
};

// The attachments are files that records name, under their own names, and no others.
class Attachments {
  public:
    Result<void> add(const EntryDigest& entry) {
        if (!entry.name.starts_with(kAttachmentsFolder))
            return {};
        if (entry.name.substr(kAttachmentsFolder.size()) != to_hex(entry.sha256))
            return unsound(entry.name + ": its content has another SHA-256 than its name says");
        there_.insert(entry.sha256);
        return {};
    }
    void note(const Event& event) {
        if (const Hash* name = file_named(event))
            named_.insert(*name);
    }
    Result<void> end(const Manifest& manifest, Verified& verified) const {
        if (!there_.empty() && !manifest.options.attachments)
            return unsound(
                "attachments/: there are some, though the manifest says that there are not");
        for (const Hash& name : there_)
            if (!named_.contains(name))
                return unsound(std::string(kAttachmentsFolder) + to_hex(name)
                               + ": no record names this file");
        verified.attachments = there_.size();
        verified.attachments_absent = named_.size() - there_.size();
        return {};
    }

  private:
    std::set<Hash> there_;
    std::set<Hash> named_;
};

} // namespace

Result<Verified> verify(const BackupFile& backup, const Progress& progress) {
    const Manifest& manifest = backup.manifest();
    Verified verified;
    Attachments attachments;
    for (const EntryDigest& entry : manifest.entries) {
        TRY(backup.check_digest(entry));
        TRY(attachments.add(entry));
        ++verified.entries;
    }

    RecordReader reader(backup);
    log::Frontier tree;
    Sequence sequence;
    Persons persons;
    while (TRY(reader.next())) {
        const auto check = [&]() -> Result<void> {
            const RecordedEvent recorded = TRY(decode_record(reader.bytes()));
            TRY(sequence.add(reader.revision(), recorded));
            if (std::holds_alternative<Returned>(recorded.event))
                verified.went_back.insert(recorded.envelope.entity);
            attachments.note(recorded.event);
            return persons.note(reader, recorded, verified);
        };
        if (const auto checked = check(); !checked)
            return std::unexpected(checked.error().within(reader.where()));
        tree.add(log::leaf_hash(reader.bytes()));
        if (progress)
            progress(reader.revision(), manifest.revisions);
    }
    TRY(persons.end());
    TRY(sequence.end(manifest));
    TRY(attachments.end(manifest, verified));
    TRY(origin_of(backup));
    verified.events = reader.revision();
    if (tree.root() != manifest.root)
        return unsound(
            "events/: the records have another root than the manifest and its checkpoint");
    if (verified.persons != manifest.persons)
        return unsound("persons/: " + std::to_string(verified.persons) + " blobs, not "
                       + std::to_string(manifest.persons) + " as the manifest says");
    return verified;
}

} // namespace daybook::backup
