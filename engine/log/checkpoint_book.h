// The checkpoints that this installation has signed, for ever: one text file a line of the log,
//
//     <data>/checkpoints/<log id>-<epoch>      checkpoints one after another, sizes rising
//
// appended to and synced. A line of which a checkpoint was given out or kept can never be another
// line unnoticed: `verify` holds the log against each of them.
//
// Threads: one at a time.
#pragma once

#include "engine/files.h"
#include "engine/log/checkpoint.h"

#include <map>

namespace daybook::log {

class CheckpointBook {
  public:
    // `directory` is the data directory; nothing is written before the first checkpoint.
    CheckpointBook(Files& files, const std::string& directory);

    // Oldest first; none for a line that has none.
    Result<std::vector<std::string>> read(const Uuid& log_id, Epoch epoch) const;
    // Keeps that text of sign_checkpoint(), unless one of its size or beyond is there. A file that
    // a crash tore is mended by the next one.
    Result<void> keep(const Uuid& log_id, Epoch epoch, std::string_view checkpoint);
    // Size of the newest one kept; 0 when there is none.
    Result<Revision> newest(const Uuid& log_id, Epoch epoch);

  private:
    struct Page {
        std::uint64_t bytes = 0; // Of whole checkpoints.
        Revision newest = 0;
    };
    std::string path_of(const Uuid& log_id, Epoch epoch) const;
    Result<std::string> text_of(const Uuid& log_id, Epoch epoch) const;
    Result<Page*> page_of(const Uuid& log_id, Epoch epoch);

    Files& files_;
    std::string directory_;
    std::map<std::pair<Uuid, Epoch>, Page> pages_;
};

} // namespace daybook::log
