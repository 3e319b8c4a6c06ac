// RocksDB's world on a simulated disk: its file system, and its background work as a queue that is
// run where the test stands, between two calls, never inside one.
#pragma once

#include "tests/simulation/sim_disk.h"

#include <deque>
#include <rocksdb/env.h>

namespace daybook::simulation {

// RocksDB writes its settings to a file at each start and whenever a family is made, reads the file
// back and compares, which takes it longer than all the rest of a start. Daybook never reads that
// file. Left out, more of the faults hit what the books are made of.
enum class Settings { written, left_out };

class SimEnv final : public rocksdb::EnvWrapper {
  public:
    // The disk outlives the environment.
    static std::unique_ptr<SimEnv> make(SimDisk& disk, Settings settings);

    const char* Name() const override { return "daybook::simulation::SimEnv"; }
    void Schedule(void (*run)(void*), void* argument, Priority, void* tag,
                  void (*drop)(void*)) override;
    int UnSchedule(void* tag, Priority) override;

    // Runs what waits, and what that schedules. Jobs of a closed store are gone with it.
    void run_background_work();

  private:
    SimEnv(std::unique_ptr<rocksdb::Env> files, rocksdb::Env* base)
        : EnvWrapper(base), files_(std::move(files)) {}

    struct Job {
        void (*run)(void*);
        void* argument;
        void* tag;
        void (*drop)(void*);
    };
    std::unique_ptr<rocksdb::Env> files_;
    std::mutex mutex_;
    std::deque<Job> jobs_;
};

} // namespace daybook::simulation
