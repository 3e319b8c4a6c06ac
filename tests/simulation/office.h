// People at work in three companies, at random from the seed: companies founded, clients made and
// renamed, invoices drafted and issued, one to three commands under one sync. The sequencer is the
// shipped one; who asks is not.
#pragma once

#include "engine/command/sequencer.h"
#include "tests/simulation/sim_disk.h"
#include "tests/support/fixed_clock.h"
#include "tests/support/fixed_ids.h"

#include <set>

namespace daybook::simulation {

class Office final : private command::CommitListener {
  public:
    // What goes on through restarts.
    struct World {
        tests::FixedClock clock;
        tests::FixedIds ids{1'000'000};
        std::uint32_t serial = 0; // Of things made or tried.
    };
    // The log is of one life.
    Office(log::FillableLog& log, World& world, Chance& chance);

    // What became of reading the log at the start.
    const Result<void>& opened() const { return opened_; }
    // One group. False when the log failed: the process must end.
    bool work();
    std::uint64_t committed_commands() const { return committed_; }

  private:
    command::Submission next();
    void committed(log::LineNumber, std::span<const RecordedEvent>, const log::LineHead&) override {
    }

    log::FillableLog& log_;
    World& world_;
    Chance& chance_;
    std::set<CompanyId> asked_for_client_; // In this group.
    std::unique_ptr<command::Sequencer> sequencer_;
    Result<void> opened_;
    std::uint64_t committed_ = 0;
};

} // namespace daybook::simulation
