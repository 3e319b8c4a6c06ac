#include "api/backups/backup_parts.h"

#include "engine/adapters/thread_executor.h"
#include "engine/adapters/zones.h"

#include <cstdlib>

namespace daybook::api {
namespace {

Result<std::vector<S3Store>> stores_of(const std::vector<std::string>& targets) {
    const auto environment = [](const char* name) {
        const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nobody sets one.
        return std::string(value ? value : "");
    };
    std::vector<S3Store> stores;
    for (const std::string& target : targets)
        if (is_s3(target))
            stores.emplace_back(TRY(s3_options(target, environment)));
    return stores;
}

} // namespace

Result<void> BackupParts::open(Application& application, Operations& operations,
                               const std::vector<std::string>& targets,
                               std::chrono::seconds verify_every) {
    custody_ = TRY(Custody::open(application));
    std::vector<S3Store> stores = TRY(stores_of(targets));
    jobs_.emplace(BackupPorts{application, operations, *custody_, application.signing_key(), files_,
                              large_files_, std::move(stores)},
                  std::make_unique<ThreadExecutor>());
    scheduler_.emplace(*jobs_, SchedulerOptions{{local_date, instant_of}, targets});
    verifier_.emplace(application, *custody_, verify_every);
    return {};
}

void BackupParts::beat() {
    scheduler_->step();
    verifier_->step();
}

void BackupParts::stop() {
    verifier_.reset();
    if (jobs_)
        jobs_->stop();
}

} // namespace daybook::api
