// The books that a backup holds, in a place of their own: a log and views beside those that are
// here, so that everything which can be asked of a company can be asked of a file, and a restore
// knows what the records come to before anybody sees them. Only read; thrown away afterwards.
#pragma once

#include "api/service.h"
#include "engine/adapters/posix_files.h"
#include "engine/adapters/posix_large_files.h"
#include "engine/backup/verification.h"
#include "engine/log/rocksdb_event_log.h"

namespace daybook::api {

class BackupBooks final : public Service {
  public:
    // Fills `directory`, whose parent is there; what it held goes. `progress` counts events.
    // ErrorKind::corrupt when the records cannot be understood as books. `host` outlives them.
    static Result<std::shared_ptr<BackupBooks>> fill(Service& host, const backup::BackupFile& file,
                                                     const backup::Verified& verified,
                                                     const std::string& directory,
                                                     const backup::Progress& progress);
    // Those that fill() has filled. `company` as the manifest names it.
    static Result<std::shared_ptr<BackupBooks>> open(Service& host, CompanyId company,
                                                     const std::string& directory);

    const command::CompanyLine& where() const { return where_; } // The one book.
    Revision head() const { return head_; }

    // ---- Service. What writes is refused; clock, zones and software are the host's.
    std::shared_ptr<const command::Directory> directory() const override { return directory_; }
    const log::LogReader& log() const override { return *opened_.log; }
    log::EventLog& watchable_log() override { return *opened_.log; }
    const projections::Views& views() const override { return *views_; }
    void submit(command::Submission submission, command::Done done) override;
    void copy_line(log::LineNumber source, Revision until, Copied told, CopyEnded ended) override;
    void fill_line(FillStep step, Filled filled) override;
    void drop_line(log::LineNumber) override {}
    void when_shown(std::function<void()> then) override { then(); }
    void work(std::function<void()> job) override { host_.work(std::move(job)); }
    log::BlobStore& blobs() override { return *blobs_; } // The file's own attachments.
    void file_work(std::function<void()> job) override { host_.file_work(std::move(job)); }
    Result<std::string> checkpoint(const command::CompanyLine& where, Revision size) override;
    Result<std::vector<std::string>> kept_checkpoints(const command::CompanyLine& where) override;
    log::PublicKey public_key() const override { return host_.public_key(); }
    Clock& clock() override { return host_.clock(); }
    IdSource& ids() override { return host_.ids(); }
    std::optional<Date> local_date(Timestamp at, const std::string& zone) const override {
        return host_.local_date(at, zone);
    }
    const Uuid& realm() const override { return opened_.realm; }
    const std::string& software() const override { return host_.software(); }
    const std::string& data_directory() const override { return place_; }
    std::optional<std::string> damage() const override;
    std::optional<std::string> clock_trouble() const override { return std::nullopt; }
    std::uint64_t disk_free() const override { return host_.disk_free(); }

  private:
    BackupBooks(Service& host, std::string directory) : host_(host), place_(std::move(directory)) {}
    Result<void> open_blobs();
    Result<void> restore(const backup::BackupFile& file, const backup::Verified& verified,
                         const backup::Progress& progress);
    Result<void> show(CompanyId company);

    Service& host_;
    std::string place_;
    PosixFiles files_;
    PosixLargeFiles large_files_;
    std::unique_ptr<log::BlobStore> blobs_;
    log::OpenedLog opened_;
    std::unique_ptr<projections::Views> views_;
    std::shared_ptr<const command::Directory> directory_;
    command::CompanyLine where_;
    Revision head_ = 0;
};

} // namespace daybook::api
