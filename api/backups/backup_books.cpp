#include "api/backups/backup_books.h"

#include "engine/backup/attachment_restore.h"
#include "engine/backup/line_restore.h"
#include "events/codec/codec.h"

namespace daybook::api {
namespace {

constexpr log::LineNumber kLine = 1; // 0 would be an instance's own book, which a file has not.

std::unexpected<Error> only_read() {
    return fail(ErrorKind::unsupported, "the books in a backup are only read");
}

} // namespace

Result<std::shared_ptr<BackupBooks>>
BackupBooks::fill(Service& host, const backup::BackupFile& file, const backup::Verified& verified,
                  const std::string& directory, const backup::Progress& progress) {
    std::shared_ptr<BackupBooks> books(new BackupBooks(host, directory));
    TRY(books->files_.remove_all(directory));
    TRY(books->files_.make_directory(directory));
    TRY(books->open_blobs());
    TRY(books->restore(file, verified, progress));
    TRY(books->show(file.manifest().company));
    if (books->head_ != verified.events)
        return fail(ErrorKind::corrupt, "the books can be followed up to event "
                                            + std::to_string(books->head_) + " of "
                                            + std::to_string(verified.events));
    return books;
}

Result<std::shared_ptr<BackupBooks>> BackupBooks::open(Service& host, CompanyId company,
                                                       const std::string& directory) {
    std::shared_ptr<BackupBooks> books(new BackupBooks(host, directory));
    TRY(books->open_blobs());
    books->opened_ = TRY(log::open_rocksdb_log(books->files_, directory, host.ids()));
    TRY(books->show(company));
    return books;
}

Result<void> BackupBooks::open_blobs() {
    blobs_ = TRY(log::BlobStore::open(files_, large_files_, place_ + "/blobs"));
    return {};
}

Result<void> BackupBooks::restore(const backup::BackupFile& file, const backup::Verified& verified,
                                  const backup::Progress& progress) {
    TRY(backup::restore_attachments(file, *blobs_));
    opened_ = TRY(log::open_rocksdb_log(files_, place_, host_.ids()));
    const auto restore =
        TRY(backup::LineRestore::begin(*opened_.log, file, verified, verified.events, kLine));
    while (!TRY(restore->step()))
        if (progress)
            progress(restore->done(), restore->total());
    TRY(opened_.log->show(kLine, {}));
    return {};
}

Result<void> BackupBooks::show(CompanyId company) {
    if (opened_.damage)
        return fail(ErrorKind::corrupt, *opened_.damage);
    const log::LineHead head = TRY(opened_.log->head(kLine));
    const auto last = TRY(opened_.log->read(kLine, head.revision, {.records_max = 1}));
    if (last.empty())
        return fail(ErrorKind::corrupt, "there are no records");
    const Envelope envelope = TRY(decode_envelope(last.front().bytes));
    auto directory = std::make_shared<command::Directory>();
    directory->apply(CompanyOpened{company, envelope.log_id, envelope.epoch, kLine, {}});
    TRY(directory->read_books(*opened_.log));
    where_ = *directory->find(company);
    directory_ = std::move(directory);

    views_ = TRY(projections::open_views(files_, place_, opened_.realm, *opened_.log));
    while (!TRY(views_->catch_up_step())) {
    }
    if (const std::string trouble = views_->lag().trouble; !trouble.empty())
        return fail(ErrorKind::corrupt, trouble);
    head_ = TRY(views_->snapshot(kLine))->revision();
    return {};
}

void BackupBooks::submit(command::Submission, command::Done done) { done(only_read().error()); }

void BackupBooks::copy_line(log::LineNumber, Revision, Copied, CopyEnded ended) {
    ended(only_read());
}

void BackupBooks::fill_line(FillStep, Filled filled) { filled(only_read()); }

Result<std::string> BackupBooks::checkpoint(const command::CompanyLine&, Revision) {
    return only_read();
}

Result<std::vector<std::string>> BackupBooks::kept_checkpoints(const command::CompanyLine&) {
    return std::vector<std::string>();
}

std::optional<std::string> BackupBooks::damage() const { return only_read().error().what; }

} // namespace daybook::api
