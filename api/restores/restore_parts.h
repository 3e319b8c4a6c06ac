// What long work and restores are made of, put together for a server and for the command line.
#pragma once

#include "api/restores/restore_job.h"
#include "engine/adapters/posix_files.h"
#include "engine/adapters/posix_large_files.h"

#include <memory>
#include <optional>

namespace daybook::api {

class RestoreParts {
  public:
    // The service's jobs may use these until it is gone: it ends first.
    Result<void> open(Service& service);
    Operations& operations() { return *operations_; }
    RestoreDesk& desk() { return *desk_; }
    // Once a second: answers that are owed, uploads whose time has come.
    void beat();

  private:
    PosixFiles files_;
    PosixLargeFiles large_files_;
    std::unique_ptr<Operations> operations_;
    std::unique_ptr<Uploads> uploads_;
    std::optional<Inspections> inspections_;
    std::optional<RestoreDesk> desk_;
};

} // namespace daybook::api
