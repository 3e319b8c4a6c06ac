// What the log adds to raw RocksDB: groups appended at the log port, with the index rows that the
// sequencer sends along, beside the same record bytes put into a plain RocksDB, one key a record,
// one synced batch a group; and beside the same with the leaf hash of each record computed.
//
// Ours pays for index row, leaf hash, tree, group row and a second sync: that of the head file.
#include "bench/harness.h"
#include "engine/adapters/posix_files.h"
#include "engine/command/write_index.h"
#include "engine/log/rocksdb_event_log.h"
#include "events/codec/codec.h"
#include "tests/support/builders.h"
#include "tests/support/fixed_ids.h"
#include "tests/support/ok.h"
#include "tests/support/temp_directory.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <rocksdb/db.h>

namespace daybook::bench {
namespace {

using tests::ok;

constexpr log::LineNumber kLine = 1;

// A draft of two lines, as the sequencer records it.
std::string sample_record() {
    Envelope envelope;
    envelope.revision = envelope.commit_first = envelope.commit_last = 1;
    envelope.entity = {EntityKind::invoice, tests::uuid(1)};
    envelope.entity_version = 1;
    envelope.recorded_at = {1'790'000'000'000'000};
    envelope.command_type = "DraftInvoice";
    envelope.software = "daybook 0.1.0";
    return encode_record(envelope,
                         InvoiceDrafted{.document = tests::document_of(tests::french_walk())});
}

class Ours {
  public:
    // A group as the sequencer hands it over; made before the clock runs.
    log::Commit next_commit(const std::string& record, std::size_t records) {
        log::Commit commit{.line = kLine, .expected_head = head_};
        commit.records.assign(records, record);
        for (std::size_t i = 0; i < records; ++i) {
            const EntityRef thing{EntityKind::invoice,
                                  tests::uuid(static_cast<std::uint32_t>(++head_))};
            commit.index.push_back(
                {log::Index::thing, command::thing_key(thing, 1), command::revision_value(head_)});
        }
        return commit;
    }
    void append(const log::Commit& commit) { ok(opened_.log->append({&commit, 1})); }

  private:
    tests::TempDirectory directory_;
    PosixFiles files_;
    tests::FixedIds ids_;
    log::OpenedLog opened_ = ok(log::open_rocksdb_log(files_, directory_.path(), ids_));
    Revision head_ = 0;
};

class Raw {
  public:
    Raw() {
        rocksdb::Options options;
        options.create_if_missing = true;
        rocksdb::DB* database = nullptr;
        CHECK(rocksdb::DB::Open(options, directory_.path(), &database).ok(), "RocksDB opens");
        database_.reset(database);
    }
    void append(const std::string& record, std::size_t records) {
        rocksdb::WriteBatch batch;
        for (std::size_t i = 0; i < records; ++i)
            CHECK(batch.Put(std::string_view(log::record_key(kLine, ++head_)), record).ok(),
                  "a batch takes a record");
        rocksdb::WriteOptions durable;
        durable.sync = true;
        CHECK(database_->Write(durable, &batch).ok(), "RocksDB writes");
    }
    void hash_and_append(const std::string& record, std::size_t records) {
        for (std::size_t i = 0; i < records; ++i)
            hashed_ ^= log::leaf_hash(record).bytes[0];
        append(record, records);
    }
    int hashed() const { return hashed_; }

  private:
    tests::TempDirectory directory_;
    std::unique_ptr<rocksdb::DB> database_;
    Revision head_ = 0;
    int hashed_ = 0;
};

struct Took {
    double wall = 0;
    double processor = 0; // Without the disk, and without the machine's other users.
};

Took time_of(const Work& work) {
    Took took;
    took.wall = seconds_of([&] { took.processor = processor_seconds_of(work); });
    return took;
}

struct Bench {
    std::string record = sample_record();
    Ours ours;
    Raw raw;

    // A round is as many groups by each of the three, in turn; the first warms up.
    void measure(const Table& table, const Options& options, std::size_t records, double budget) {
        const std::uint64_t groups = std::clamp<std::uint64_t>(options.events / records, 2, 100);
        std::vector<double> beside_raw, beside_hashed, processor;
        for (int round = 0; round <= options.repeats; ++round) {
            std::vector<log::Commit> commits;
            for (std::uint64_t i = 0; i < groups; ++i)
                commits.push_back(ours.next_commit(record, records));
            const auto each = [&](auto append) {
                return time_of([&] {
                    for (const log::Commit& commit : commits)
                        append(commit);
                });
            };
            const Took our = each([&](const log::Commit& commit) { ours.append(commit); });
            const Took plain = each([&](const auto&) { raw.append(record, records); });
            const Took hashed = each([&](const auto&) { raw.hash_and_append(record, records); });
            if (round == 0)
                continue;
            beside_raw.push_back(plain.wall / our.wall);
            beside_hashed.push_back(hashed.wall / our.wall);
            processor.push_back(hashed.processor / our.processor);
        }
        table.row(fmt::format("{} a group, raw RocksDB", records), spread_of(beside_raw),
                  at_least(budget));
        table.row(fmt::format("{} a group, raw and leaf hash", records), spread_of(beside_hashed),
                  at_least(0.6));
        table.row(fmt::format("{} a group, the same in processor time", records),
                  spread_of(processor));
    }

    // Half of the commits took no longer than this; the spread is that of the rounds.
    Spread single_commits(const Options& options) {
        std::vector<double> ratios;
        for (int round = 0; round < options.repeats; ++round) {
            std::vector<double> our_seconds, raw_seconds;
            for (std::uint64_t i = 0; i < std::min<std::uint64_t>(options.events, 100); ++i) {
                const log::Commit commit = ours.next_commit(record, 1);
                our_seconds.push_back(seconds_of([&] { ours.append(commit); }));
                raw_seconds.push_back(seconds_of([&] { raw.append(record, 1); }));
            }
            ratios.push_back(spread_of(our_seconds).median / spread_of(raw_seconds).median);
        }
        return spread_of(ratios);
    }
};

int run(const Options& options) {
    Bench bench;
    fmt::print("append: records of {} bytes\n", bench.record.size());
    const Table table("append at the log port", "× as fast as the peer");
    bench.measure(table, options, 1, 0.45);
    bench.measure(table, options, 10, 0.40);
    bench.measure(table, options, 100, 0.30);
    bench.measure(table, options, 1'000, 0.25);
    const Table latency("one event, half of the commits", "× as long as raw RocksDB");
    latency.row("p50 of a single commit", bench.single_commits(options), at_most(2.5));
    // Keeps the hashes from being left out by the compiler.
    return bench.raw.hashed() < 0 ? 1 : 0;
}

} // namespace
} // namespace daybook::bench

int main(int argc, char** argv) {
    using namespace daybook::bench;
    return run(parse_options(argc, argv, "bench_append: the log port beside raw RocksDB",
                             {.events = 2'000, .repeats = 9}));
}
