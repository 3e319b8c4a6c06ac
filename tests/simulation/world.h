// One seed's world: a disk, the shipped log, head file and sequencer on it, people at work, a
// ledger that remembers, and faults. After each fault the books are opened again and held against
// the ledger; what is wrong is trouble(), in words.
#pragma once

#include "engine/log/rocksdb_event_log.h"
#include "tests/simulation/ledger.h"
#include "tests/simulation/office.h"
#include "tests/simulation/sim_env.h"
#include "tests/simulation/sim_files.h"

namespace daybook::simulation {

struct Tally {
    std::uint64_t cuts = 0, errors = 0, full = 0;
    std::uint64_t groups = 0, commands = 0;
    std::uint64_t kept = 0, dropped = 0; // Groups whose outcome nobody was told.
    std::uint64_t begun_anew = 0;        // Nothing had been acknowledged yet.
    std::uint64_t flips = 0, harmless = 0, noticed = 0;

    Tally& operator+=(const Tally& more);
};
std::string to_text(const Tally& tally);

class World {
  public:
    // `lies`: the disk says that it has synced and has not. Then trouble is what is wanted.
    explicit World(std::uint64_t seed, bool lies = false);

    // One life with a fault in it, and what is there after; sometimes then a flipped bit.
    void live_and_look();
    // Without faults all goes well.
    void live_in_peace();

    // The first promise that was broken; empty while all is well.
    const std::string& trouble() const { return trouble_; }
    Tally tally() const;
    std::uint64_t trace() const { return disk_.trace(); }

  private:
    void live();
    void work(log::FillableLog& log);
    void look();
    void compare(const Lines& lines);
    void audit(const log::LogReader& log);
    void flip();
    void blame(const std::string& what);
    Result<log::OpenedLog> open();

    Chance chance_;
    SimDisk disk_;
    SimFiles files_{disk_};
    std::unique_ptr<SimEnv> env_;
    Names names_;
    log::RocksdbLogOptions options_;
    Office::World going_on_;
    Ledger ledger_;
    Tally tally_;
    std::string trouble_;
};

} // namespace daybook::simulation
