// What making, keeping and verifying backups and books is made of, put together for a server.
#pragma once

#include "api/application.h"
#include "api/backups/scheduler.h"
#include "api/book_verifier.h"
#include "engine/adapters/posix_large_files.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace daybook::api {

class BackupParts {
  public:
    // The application's writer may call back into these until it is gone, so it ends first; and
    // they work with it, so they are stopped before that. `targets`: directories, and
    // s3://bucket/prefix with the environment variables that Amazon's own tools read. The books are
    // verified that often; 0: never.
    Result<void> open(Application& application, Operations& operations,
                      const std::vector<std::string>& targets, std::chrono::seconds verify_every);
    void stop();
    // Once a second: what is due.
    void beat();

    BackupJobs& jobs() { return *jobs_; }
    Scheduler& scheduler() { return *scheduler_; }

  private:
    PosixFiles files_;
    PosixLargeFiles large_files_;
    std::unique_ptr<Custody> custody_;
    std::optional<BackupJobs> jobs_;
    std::optional<Scheduler> scheduler_;
    std::optional<BookVerifier> verifier_;
};

} // namespace daybook::api
