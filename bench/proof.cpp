// What a proof costs in a long line: made from the log, and checked by whoever holds it, beside the
// plain read of a record from the same log; and beside hashing the whole tree for it, which is what
// the definition says. The budget of the issue is a time: a millisecond each.
#include "engine/log/proof.h"
#include "bench/harness.h"
#include "engine/adapters/posix_files.h"
#include "engine/log/rocksdb_event_log.h"
#include "tests/support/fixed_ids.h"
#include "tests/support/ok.h"
#include "tests/support/rfc9162.h"
#include "tests/support/temp_directory.h"

#include <algorithm>
#include <fmt/format.h>
#include <random>

namespace daybook::bench {
namespace {

using tests::ok;

constexpr log::LineNumber kLine = 1;
constexpr std::size_t kRecordBytes = 300;
constexpr std::size_t kAsked = 2'000;
constexpr double kMillisecondsMax = 1;

// A log of one line, opened again, so that it lies in files as an old one does.
class LongLine {
  public:
    explicit LongLine(Revision records) {
        while (head_ < records) {
            log::Commit commit{.line = kLine, .expected_head = head_};
            for (; head_ < records && commit.records.size() < 10'000; ++head_)
                commit.records.push_back(fmt::format("{:{}}", head_, kRecordBytes));
            ok(opened_.log->append({&commit, 1}));
        }
        opened_.log.reset();
        opened_ = ok(log::open_rocksdb_log(files_, directory_.path(), ids_));
    }
    const log::LogReader& log() const { return *opened_.log; }
    Revision head() const { return head_; }

  private:
    tests::TempDirectory directory_;
    PosixFiles files_;
    tests::FixedIds ids_;
    log::OpenedLog opened_ = ok(log::open_rocksdb_log(files_, directory_.path(), ids_));
    Revision head_ = 0;
};

// Places all over the line, the same in every run, each asked for in turn.
class Places {
  public:
    explicit Places(Revision head) {
        std::mt19937_64 random(9162); // NOLINT: a fixed seed is the point.
        for (std::size_t i = 0; i < kAsked; ++i) {
            const auto [low, high] = std::minmax({random() % head + 1, random() % head + 1});
            places_.emplace_back(low, high);
        }
    }
    std::pair<Revision, Revision> next() { return places_[at_++ % places_.size()]; }

  private:
    std::vector<std::pair<Revision, Revision>> places_;
    std::size_t at_ = 0;
};

// So many milliseconds of the processor took the slowest in a hundred; by the wall it would be the
// neighbours' load that is measured.
double slow_milliseconds(const Work& work) {
    std::vector<double> seconds;
    for (std::size_t i = 0; i < kAsked; ++i)
        seconds.push_back(processor_seconds_of(work));
    const auto slow = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() * 99 / 100);
    std::ranges::nth_element(seconds, slow);
    return *slow * 1'000;
}

int run(const Options& options) {
    const LongLine line(options.events);
    Places places(line.head());
    const log::InclusionProof inclusion =
        ok(prove_inclusion(line.log(), kLine, line.head() / 3 + 1, line.head()));
    const log::ConsistencyProof consistency =
        ok(prove_consistency(line.log(), kLine, line.head() / 3 + 1, line.head()));
    const std::vector<Hash> leaves = ok(line.log().leaves(kLine, 1, line.head()));
    const std::vector<std::pair<const char*, Work>> proofs = {
        {"a record is in the line: made",
         [&] {
             const auto [revision, size] = places.next();
             ok(prove_inclusion(line.log(), kLine, revision, size));
         }},
        {"a record is in the line: checked",
         [&] { CHECK(is_sound(inclusion), "a proof is sound"); }},
        {"the line only grew: made",
         [&] {
             const auto [from, to] = places.next();
             ok(prove_consistency(line.log(), kLine, from, to));
         }},
        {"the line only grew: checked", [&] { CHECK(is_sound(consistency), "a proof is sound"); }},
    };
    fmt::print("proofs: a line of {} records, paths of {} and {} hashes\n", line.head(),
               inclusion.path.size(), consistency.path.size());
    {
        const Table table("the slowest in a hundred", "milliseconds of the processor");
        for (const auto& [name, work] : proofs)
            table.row(name, slow_milliseconds(work), at_most(kMillisecondsMax));
    }
    const Table table("a proof", "× as long as the read of a record");
    const auto read = [&] { ok(line.log().read(kLine, places.next().first, {.records_max = 1})); };
    for (const auto& [name, work] : proofs)
        table.row(name, times_as_long(options.repeats, work, read, processor_seconds_of));
    const Table naive("a proof made", "× as fast as by the definition, all leaves at hand");
    naive.row("a record is in the line",
              times_as_fast(
                  options.repeats, proofs[0].second,
                  [&] {
                      const auto whole = tests::rfc9162::path(inclusion.index, leaves);
                      CHECK(whole == inclusion.path, "both make the same proof");
                  },
                  processor_seconds_of));
    return 0;
}

} // namespace
} // namespace daybook::bench

int main(int argc, char** argv) {
    using namespace daybook::bench;
    return run(parse_options(argc, argv, "bench_proof: proofs beside a read and the definition",
                             {.events = 1'000'000, .repeats = 9}));
}
