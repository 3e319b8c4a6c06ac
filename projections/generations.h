// Where the views lie on disk, and how one store takes the place of another.
//
//     <data directory>/views/current    number of the generation in use, as text
//     <data directory>/views/<number>/  a store; others than the current one are leftovers
//
// RocksDB writes by path, so a store in use is never renamed or replaced: a rebuild fills the next
// generation, then `current` is replaced in one step. The old store goes with its last reader.
#pragma once

#include "engine/files.h"
#include "projections/rocksdb_row_store.h"

#include <memory>
#include <optional>
#include <string>

namespace daybook::projections {

// Raised whenever rows would come out differently: views of another version are built again.
inline constexpr std::uint32_t kViewsVersion = 3;

class Generations {
  public:
    Generations(Files& files, std::string data_directory, const Uuid& realm,
                const RowStoreOptions& options);

    // The store in use; nothing when there is none, or when it is not ours to use: damaged, of
    // another realm, of another version of this code. Leftovers are removed.
    Result<std::shared_ptr<RowStore>> open_current();
    // An empty store that nobody sees yet.
    Result<std::shared_ptr<RowStore>> begin_next();
    // Makes the store begun last durable, and the one in use from now on. The directory of
    // `replaced`, which may be null, is removed when it is closed.
    Result<void> adopt_next(RowStore& next, RowStore* replaced);

  private:
    std::string path_of(std::uint64_t generation) const;
    std::string meta() const;
    Result<std::optional<std::uint64_t>> read_current();
    Result<void> remove_leftovers();

    Files& files_;
    std::string directory_;
    Uuid realm_;
    RowStoreOptions options_;
    std::uint64_t current_ = 0; // 0 = none.
    std::uint64_t next_ = 0;
};

} // namespace daybook::projections
