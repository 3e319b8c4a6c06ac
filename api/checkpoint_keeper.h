// Signs the heads of lines, and keeps what was signed: of each line that moved one a second, and
// all when the server stops. Whoever asks gets the head, now or of an earlier moment, signed for
// him.
//
// Threads: any. Signing takes some ten microseconds, keeping a sync of a small file.
#pragma once

#include "engine/adapters/guarded.h"
#include "engine/command/directory.h"
#include "engine/log/checkpoint_book.h"

#include <functional>
#include <set>

namespace daybook::api {

class CheckpointKeeper {
  public:
    using DirectoryNow = std::function<std::shared_ptr<const command::Directory>()>;

    // All of them outlive the keeper. The instance's own book goes by `realm`.
    CheckpointKeeper(log::EventLog& log, Files& files, const std::string& data_directory,
                     const log::SigningKey& key, const Uuid& realm, DirectoryNow directory);
    ~CheckpointKeeper();
    CheckpointKeeper(const CheckpointKeeper&) = delete;
    CheckpointKeeper& operator=(const CheckpointKeeper&) = delete;

    // The head of the line when it had that many records, which ended a commit.
    Result<std::string> sign(const command::CompanyLine& where, Revision size) const;
    // Of each line that moved since the last call. What cannot be kept now is tried again.
    Result<void> keep_moved();
    // Oldest first.
    Result<std::vector<std::string>> kept(const command::CompanyLine& where);

  private:
    Result<void> keep(const command::CompanyLine& where);

    log::EventLog& log_;
    const log::SigningKey& key_;
    command::CompanyLine instance_;
    DirectoryNow directory_;
    Guarded<log::CheckpointBook> book_;
    std::shared_ptr<Guarded<std::set<log::LineNumber>>> moved_; // Outlives us in the watcher.
    std::uint64_t watch_;
};

} // namespace daybook::api
