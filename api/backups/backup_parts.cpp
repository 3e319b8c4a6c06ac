#include "api/backups/backup_parts.h"

#include "engine/adapters/thread_executor.h"
#include "engine/adapters/zones.h"

#include <cstdlib>

namespace daybook::api {
namespace {

Result<std::vector<S3Store>> stores_of(const std::vector<std::string>& targets) {
    const auto environment = [](const char* name) {
        const char* value = std::getenv(name);
        return std::string(value ? value : "");
    };
    std::vector<S3Store> stores;
    for (const std::string& target : targets)
        if (is_s3(target))
            stores.emplace_back(TRY(s3_options(target, environment)));
    return stores;
}

} // namespace

Result<std::unique_ptr<BackupParts>> BackupParts::open(Application& application,
                                                       Operations& operations,
                                                       const std::vector<std::string>& targets) {
    std::unique_ptr<BackupParts> parts(new BackupParts);
    parts->custody_ = TRY(Custody::open(application));
    std::vector<S3Store> stores = TRY(stores_of(targets));
    parts->jobs_.emplace(BackupPorts{application, operations, *parts->custody_,
                                     application.signing_key(), parts->files_, parts->large_files_,
                                     std::move(stores)},
                         std::make_unique<ThreadExecutor>());
    parts->scheduler_.emplace(*parts->jobs_, SchedulerOptions{{local_date, instant_of}, targets});
    return parts;
}

} // namespace daybook::api
