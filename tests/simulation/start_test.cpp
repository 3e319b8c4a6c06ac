// A start changes much before it is done: the WAL becomes files, a new MANIFEST takes the place of
// the old one. Chance seldom cuts it at the one operation that matters, so here each has its turn.

#include "engine/log/checkpoint_book.h"
#include "engine/log/rocksdb_event_log.h"
#include "engine/log/signing_key.h"
#include "tests/simulation/ledger.h"
#include "tests/simulation/sim_env.h"
#include "tests/simulation/sim_files.h"
#include "tests/support/builders.h"
#include "tests/support/fixed_ids.h"
#include "tests/support/ok.h"

#include <gtest/gtest.h>

namespace daybook::simulation {
namespace {

using tests::ok;

constexpr log::LineNumber kLine = 1;

// Books on a disk to which anything can be done again and again.
class Books {
  public:
    void work(Revision records) {
        const log::OpenedLog opened = ok(open());
        ASSERT_EQ(opened.damage, std::nullopt);
        for (; records > 0; --records) {
            const Revision head = ok(opened.log->head(kLine)).revision;
            const log::Commit commit{
                .line = kLine, .expected_head = head, .records = {std::to_string(head)}};
            ok(opened.log->append({&commit, 1}));
        }
        written_ = ok(read_lines(*opened.log));
    }
    void expect_to_be_whole() {
        const log::OpenedLog opened = ok(open());
        EXPECT_EQ(opened.damage, std::nullopt);
        EXPECT_EQ(ok(read_lines(*opened.log)), written_);
        env_->run_background_work();
    }

    // False when the start was over before the fault.
    bool start_with(const Faults& faults) {
        disk_.set(faults);
        (void)open();
        env_->run_background_work();
        const bool has_failed = disk_.has_failed();
        disk_.set({});
        return has_failed;
    }
    void lose_power(Chance& chance, Names names) { disk_.lose_power(chance, names); }

    void keep() { kept_ = disk_.snapshot(); }
    void go_back() { disk_.restore(*kept_); }

  private:
    Result<log::OpenedLog> open() {
        return log::open_rocksdb_log(
            files_, "/books", ids_,
            {.env = env_.get(), .write_buffer_bytes = 64 * 1024, .file_opening_threads = 1});
    }

    SimDisk disk_;
    SimFiles files_{disk_};
    std::unique_ptr<SimEnv> env_ = SimEnv::make(disk_, Settings::left_out);
    tests::FixedIds ids_;
    Lines written_;
    std::shared_ptr<const SimDisk::Snapshot> kept_;
};

// Goes through the operations of a start, some throws of the dice each, as long as `fails(n, …)`
// says that there was an n-th to fail; to how many.
template <typename Fails>
std::uint64_t each_operation(std::uint64_t throws, Fails fails) {
    Chance chance(2026); // NOLINT: the same each time.
    for (std::uint64_t at = 1;; ++at)
        for (const Names names : {Names::ordered, Names::adversarial})
            for (std::uint64_t n = 0; n < throws; ++n) {
                SCOPED_TRACE("operation " + std::to_string(at));
                if (!fails(at, names, chance) || testing::Test::HasFailure())
                    return at - 1;
            }
}

TEST(Start, SurvivesAPowerCutAtEachOfItsOperations) {
    Books books;
    books.work(20);
    books.keep();
    const auto cuts = each_operation(8, [&](std::uint64_t at, Names names, Chance& chance) {
        books.go_back();
        const bool was_cut = books.start_with({.power_off_at = at});
        books.lose_power(chance, names);
        books.expect_to_be_whole();
        return was_cut;
    });
    EXPECT_GT(cuts, 20U) << "a start is more than that";
}

// A process that ends leaves names that are seen and are not certain. The next one works on them,
// and then the power goes.
TEST(Start, BuildsOnNothingThatAStoppedOneLeftUncertain) {
    Books books;
    books.keep();
    const auto stops = [&](auto faults_at) {
        return each_operation(2, [&](std::uint64_t at, Names names, Chance& chance) {
            books.go_back();
            const bool was_stopped = books.start_with(faults_at(at));
            books.work(3);
            books.lose_power(chance, names);
            books.expect_to_be_whole();
            return was_stopped;
        });
    };
    const auto killed = [](std::uint64_t at) { return Faults{.power_off_at = at}; };
    const auto failed = [](std::uint64_t at) { return Faults{.io_error_at = at}; };
    EXPECT_GT(stops(killed), 20U);
    EXPECT_GT(stops(failed), 20U);
}

// The same of a file beside the log: made, stopped at each operation, made again, and then the
// power goes.
template <typename Make, typename Read>
std::uint64_t stops_of(Make make, Read read) {
    return each_operation(8, [&](std::uint64_t at, Names names, Chance& chance) {
        SimDisk disk;
        SimFiles files{disk};
        ok(files.make_directory("/books"));
        disk.set({.power_off_at = at});
        (void)make(files);
        const bool was_stopped = disk.has_failed();
        disk.set({});
        ok(make(files));
        const auto made = ok(read(files));
        EXPECT_FALSE(made.empty());
        disk.lose_power(chance, names);
        EXPECT_EQ(ok(read(files)), made);
        return was_stopped;
    });
}

TEST(Start, KeepsTheKeyThatAStoppedOneMade) {
    const auto stops =
        stops_of([](Files& files) { return log::load_or_make_signing_key(files, "/books"); },
                 [](Files& files) -> Result<std::string> {
                     const std::string path = "/books/keys/signing.key";
                     return TRY(files.exists(path)) ? files.read_all(path) : std::string();
                 });
    EXPECT_EQ(stops, 7U) << "a directory, a file, a rename, and what makes each certain";
}

TEST(Start, KeepsTheCheckpointsThatAStoppedOneWrote) {
    const log::SigningKey key = log::SigningKey::generate();
    const Uuid id = tests::uuid(7);
    const auto keep = [&](log::CheckpointBook& book, Revision size) {
        const log::LineHead head{size, log::leaf_hash(std::to_string(size))};
        return book.keep(id, 1, ok(log::sign_checkpoint(key, log::checkpoint_origin(id, 1), head)));
    };
    const auto stops = stops_of(
        [&](Files& files) -> Result<void> {
            log::CheckpointBook book(files, "/books");
            TRY(keep(book, 3));
            return keep(book, 5);
        },
        [&](Files& files) { return log::CheckpointBook(files, "/books").read(id, 1); });
    EXPECT_EQ(stops, 9U) << "the same seven, and the second one with its sync";
}

} // namespace
} // namespace daybook::simulation
