// Makes backups that somebody asked for, one after the other, while everybody goes on working: an
// operation each, or one for all companies. The moment is that of the request; a file is listed
// once it was written, synced, read back, verified, renamed and noted (engine/backup/writer.h).
//
// An operation that the process did not survive is "interrupted" at the next start, and what it
// left is swept; a file that was whole by then and only not noted is taken in, for nothing sound is
// thrown away.
#pragma once

#include "api/backups/backup_subject.h"
#include "api/backups/custody.h"
#include "api/backups/s3_store.h"
#include "api/operations/operation_answer.h"
#include "engine/custody/shelf.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace daybook::api {

struct BackupRequest {
    std::vector<CompanyId> companies;
    bool all = false; // Of all companies: the result is a list.
    backup::Options options;
    std::string name;        // Empty = the suggested one.
    std::string pass_phrase; // Empty = not sealed; noted nowhere.
    bool scheduled = false;
    command::Submission asked; // Actor, source and idempotency key.
};

struct BackupPorts {
    Service& service;
    Operations& operations;
    Custody& custody;
    const log::SigningKey& key;
    Files& files;
    LargeFiles& large_files;
    std::vector<S3Store> stores; // That schedules may copy to.
};

class BackupJobs {
  public:
    // All ports outlive the jobs. Sweeps what a crash left, in the background.
    BackupJobs(BackupPorts ports, std::unique_ptr<Executor> executor);
    ~BackupJobs() { stop(); }
    // What is under way ends at its next read or write; what is asked for afterwards does nothing.
    void stop();

    // Calls back once: when it has ended, or with what is under way after that long.
    void start(BackupRequest request, std::chrono::seconds wait, OperationAnswered answered);
    // Runs between backups, one at a time.
    void work(std::function<void()> job) { executor_->post(std::move(job)); }

    custody::Shelf& shelf() { return shelf_; }
    const custody::Shelf& shelf() const { return shelf_; }
    const BackupPorts& ports() const { return ports_; }
    // Of a backup that is noted as expired: its file and its copies, as far as they are reached.
    Result<void> remove(const custody::Backup& backup);
    bool is_stopping() const { return stopping_; }

    // One backup, here and now, on the executor's thread. `stopped` is asked all the time.
    Result<Uuid> make(const BackupRequest& request, const BackupSubject& subject,
                      const std::function<bool()>& stopped, const backup::Progress& progress);

  private:
    struct Job;
    void run(const std::shared_ptr<Job>& job);
    void sweep();
    Result<void> take_in(const custody::Stray& stray);

    BackupPorts ports_;
    custody::Shelf shelf_;
    std::atomic<bool> stopping_ = false;
    std::unique_ptr<Executor> executor_; // Last: its steps use all of the above.
};

} // namespace daybook::api
