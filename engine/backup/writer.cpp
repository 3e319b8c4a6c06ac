#include "engine/backup/writer.h"

#include "engine/backup/block_writer.h"
#include "engine/backup/opening_log.h"
#include "engine/backup/readme_text.h"
#include "engine/backup/verification.h"
#include "engine/log/checkpoint.h"
#include "engine/log/merkle.h"
#include "events/codec/codec.h"

namespace daybook::backup {
namespace {

constexpr unsigned kMode = 0600; // Books are nobody's business but their owner's.

class Writer {
  public:
    Writer(const WriterPorts& ports, const Subject& subject, const Progress& progress,
           WritableFile& file)
        : ports_(ports), subject_(subject), progress_(progress), zip_(file) {}

    Result<Written> write(const Options& options, const Readable& readable,
                          std::span<const SchemaFile> schema) {
        manifest_.options = options;
        note(TRY(zip_.add(std::string(kReadmeName), readme_text(options.history))));
        for (const SchemaFile& file : schema)
            TRY(add_text("schema/" + std::string(file.name), file.bytes));
        TRY(add_records());
        for (const ReadableText& text : readable.texts)
            TRY(add_readable(text));
        TRY(add_manifest(readable));
        const Hash sha256 = TRY(zip_.finish());
        return Written{zip_.bytes(), sha256, std::move(manifest_), {}, std::move(attachments_)};
    }

  private:
    void note(EntryDigest entry) { manifest_.entries.push_back(std::move(entry)); }

    Result<void> add_text(const std::string& name, std::string_view text) {
        TRY(zip_.begin(name));
        TRY(zip_.write(text));
        note(TRY(zip_.end()));
        return {};
    }

    Result<void> add_readable(const ReadableText& readable) {
        TRY(zip_.begin("readable/" + readable.name));
        for (bool more = true; more;) {
            std::string piece;
            more = TRY(readable.text(piece));
            TRY(zip_.write(piece));
        }
        note(TRY(zip_.end()));
        return {};
    }

    Result<void> add_records() {
        BlockWriter blocks(zip_, manifest_.entries);
        AttachmentWriter attachments(ports_.blobs, zip_);
        if (manifest_.options.history)
            TRY(add_line(blocks, attachments));
        else
            TRY(add_opening(blocks, attachments));
        TRY(blocks.end());
        manifest_.persons = blocks.persons();
        attachments_ = TRY(attachments.write(manifest_.entries));
        return {};
    }

    Result<void> add_line(BlockWriter& blocks, AttachmentWriter& attachments) {
        manifest_.log_id = subject_.log_id;
        manifest_.epoch = subject_.epoch;
        manifest_.revisions = subject_.until;
        manifest_.root = TRY(ports_.log.root_at(subject_.line, subject_.until));
        manifest_.checkpoint =
            TRY(sign(subject_.log_id, subject_.epoch, {subject_.until, manifest_.root}));
        return each_record(
            ports_.log, subject_, [&](const log::StoredRecord& record) -> Result<void> {
                const Envelope envelope = TRY(decode_envelope(record.bytes));
                TRY(add_record(blocks, envelope, record.bytes));
                if (envelope.entity.kind == EntityKind::file && manifest_.options.attachments)
                    attachments.note(TRY(decode_record(record.bytes)));
                count(record.revision);
                return {};
            });
    }

    Result<void> add_opening(BlockWriter& blocks, AttachmentWriter& attachments) {
        const Hash root = TRY(ports_.log.root_at(subject_.line, subject_.until));
        const std::string checkpoint =
            TRY(sign(subject_.log_id, subject_.epoch, {subject_.until, root}));
        auto opening = TRY(OpeningLog::survey(ports_.log, subject_, checkpoint, ports_.ids,
                                              [&](Revision done) { count(done); }));
        log::Frontier tree;
        TRY(opening.tell(
            [&](const RecordedEvent& recorded, const std::string& bytes) -> Result<void> {
                tree.add(log::leaf_hash(bytes));
                if (manifest_.options.attachments)
                    attachments.note(recorded);
                return add_record(blocks, recorded.envelope, bytes);
            },
            [&](Revision done) { count(subject_.until + done); }));
        manifest_.log_id = opening.log_id();
        manifest_.epoch = 1;
        manifest_.revisions = opening.size();
        manifest_.root = tree.root();
        manifest_.checkpoint =
            TRY(sign(manifest_.log_id, manifest_.epoch, {manifest_.revisions, manifest_.root}));
        return {};
    }

    Result<void> add_record(BlockWriter& blocks, const Envelope& envelope, std::string_view bytes) {
        const auto persons = TRY(persons_of(envelope));
        TRY(blocks.add(bytes, persons));
        manifest_.last_recorded_at = envelope.recorded_at;
        return {};
    }

    Result<std::string> sign(const Uuid& log_id, Epoch epoch, const log::LineHead& head) const {
        return log::sign_checkpoint(ports_.key, log::checkpoint_origin(log_id, epoch), head);
    }

    void count(Revision done) const {
        if (progress_)
            progress_(done, 2 * subject_.until);
    }

    // What was erased is not there, and nobody misses it.
    Result<std::vector<log::PersonBlob>> persons_of(const Envelope& envelope) const {
        std::vector<log::PersonBlob> persons;
        for (const BlobRef& blob : envelope.blobs)
            if (auto bytes = TRY(ports_.log.find_person(subject_.line, blob.sha256)))
                persons.push_back({blob.sha256, *std::move(bytes)});
        return persons;
    }

    Result<void> add_manifest(const Readable& readable) {
        manifest_.software = subject_.software;
        manifest_.made_at = subject_.made_at;
        manifest_.realm = subject_.realm;
        manifest_.company = subject_.company;
        manifest_.company_name = subject_.company_name;
        manifest_.state = readable.state;
        manifest_.summary = readable.summary;
        manifest_.signing_key = ports_.key.public_key();
        const std::string text = to_text(manifest_);
        const log::Signature signature = ports_.key.sign(text);
        TRY(zip_.add(std::string(kManifestName), text));
        TRY(zip_.add(std::string(kSignatureName),
                     {reinterpret_cast<const char*>(signature.data()), signature.size()}));
        return {};
    }

    const WriterPorts& ports_;
    const Subject& subject_;
    const Progress& progress_;
    ZipWriter zip_;
    Manifest manifest_;
    AttachmentsWritten attachments_;
};

Result<void> read_back(const WriterPorts& ports, const std::string& path, Written& written,
                       const Progress& progress) {
    auto file = TRY(ports.large_files.open_for_reading(path));
    const auto backup = TRY(BackupFile::open(std::move(file)));
    if (backup.sha256() != written.sha256 || backup.manifest() != written.manifest)
        return fail(ErrorKind::corrupt, path + ": what was read back is not what was written");
    TRY(verify(backup, [&](std::uint64_t done, std::uint64_t total) {
        if (progress && backup.manifest().options.history)
            progress(total + done, 2 * total);
    }));
    written.of = TRY(origin_of(backup));
    return {};
}

Result<Written> write_aside(const WriterPorts& ports, const std::string& aside,
                            const Subject& subject, const Options& options,
                            const Readable& readable, const Progress& progress,
                            std::span<const SchemaFile> schema) {
    Written written;
    {
        const auto file = TRY(ports.large_files.create(aside, kMode));
        Writer writer(ports, subject, progress, *file);
        written = TRY(writer.write(options, readable, schema));
        TRY(file->sync());
    }
    TRY(read_back(ports, aside, written, progress));
    return written;
}

} // namespace

Result<Written> write_backup(const WriterPorts& ports, const std::string& path,
                             const Subject& subject, const Options& options,
                             const Readable& readable, const Progress& progress,
                             std::span<const SchemaFile> schema) {
    if (subject.until == 0)
        return fail(ErrorKind::invalid, "there is nothing yet to back up");
    const auto refuse_existing = [&]() -> Result<void> {
        if (TRY(ports.files.exists(path)))
            return fail(ErrorKind::conflict, path + " exists; a backup overwrites nothing");
        return {};
    };
    TRY(refuse_existing());
    const std::string aside = path + ".partial";
    auto written = write_aside(ports, aside, subject, options, readable, progress, schema);
    const auto free_still = refuse_existing(); // Making it took a while.
    if (written && !free_still)
        written = std::unexpected(free_still.error());
    if (written)
        if (const auto named = ports.files.rename(aside, path); !named)
            written = std::unexpected(named.error());
    if (!written)
        static_cast<void>(ports.files.remove_all(aside)); // The first error is the one to tell.
    return written;
}

} // namespace daybook::backup
