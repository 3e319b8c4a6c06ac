// The books of a company as they grow in life, for benchmarks to read, extend and rebuild: made by
// commands through the shipped sequencer, on the RocksDB log and the stored views, in a directory
// that goes with the object. The same in every run; the clock is the only thing simulated.
//
// Of twenty invoices, each with two lines, all are drafted and issued, five were changed before,
// fifteen are paid; a client is added for each twenty. Before all of them three drafts were
// written, in 1, 10 and 100 versions.
#pragma once

#include "engine/adapters/posix_files.h"
#include "engine/command/sequencer.h"
#include "engine/log/forwarding_log.h"
#include "engine/log/rocksdb_event_log.h"
#include "projections/views.h"
#include "tests/support/builders.h"
#include "tests/support/fixed_clock.h"
#include "tests/support/fixed_ids.h"
#include "tests/support/temp_directory.h"

#include <map>
#include <memory>
#include <vector>

namespace daybook::bench {

// Counts the keys of each group on its way to the log; of full tiles, two keys for each 256
// records, it knows nothing.
class CountingLog final : public log::AppendingLog {
  public:
    using AppendingLog::AppendingLog;

    std::uint64_t keys_written() const { return keys_; }

    Result<std::vector<log::LineHead>> append(std::span<const log::Commit> group) override;

  private:
    std::uint64_t keys_ = 0;
};

class Book final : private command::CommitListener {
  public:
    Book();
    // Runs commands in large groups until the company's line has that many events.
    void grow_to(Revision events);
    // Closes the views and opens them again, so that all of them lies in files.
    void reopen_views();
    // One command, one group: durable and shown when it returns.
    void run(domain::Command command);

    // Commands about things that the book has; each call is about fresh ones.
    domain::Command create_client();
    domain::Command draft_invoice();
    domain::Command issue_newest_draft() const;
    domain::Command pay_newest_draft(); // Once it is issued.
    domain::Command change(InvoiceId draft) const;

    std::unique_ptr<projections::Snapshot> now() const;
    std::unique_ptr<projections::Snapshot> at(Revision revision) const;
    Revision head() const;
    Date today();
    InvoiceId newest_draft() const { return newest_draft_; }
    InvoiceId with_versions(int versions) const { return drafts_.at(versions); }
    ClientId some_client() const { return clients_.front(); }
    projections::Views& views() { return *views_; }
    CountingLog& log() { return counting_; }
    log::LineNumber line() const;
    const std::string& directory() const { return directory_.path(); }

  private:
    void committed(log::LineNumber line, std::span<const RecordedEvent> commit,
                   const log::LineHead& head) override;
    void run_all(std::vector<domain::Command> commands);
    void add_one_invoice(std::vector<domain::Command>& commands);

    tests::TempDirectory directory_;
    PosixFiles files_;
    tests::FixedClock clock_;
    tests::FixedIds ids_;
    tests::FixedIds things_{1'000'000}; // Rise as the product's own: by the time they were made.
    log::OpenedLog opened_;
    CountingLog counting_;
    std::unique_ptr<projections::Views> views_;
    std::unique_ptr<command::Sequencer> sequencer_;
    std::vector<ClientId> clients_;
    std::map<int, InvoiceId> drafts_; // By number of versions.
    InvoiceId newest_draft_;
    std::uint64_t invoices_ = 0;
};

} // namespace daybook::bench
