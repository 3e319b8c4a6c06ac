// `verify` on real directories: sound books are sound, and whatever is done to them behind the
// log's back is found and named.
#include "engine/audit/verify.h"

#include "engine/adapters/posix_files.h"
#include "engine/command/sequencer.h"
#include "engine/log/checkpoint_book.h"
#include "engine/log/rocksdb_event_log.h"
#include "tests/support/builders.h"
#include "tests/support/fixed_clock.h"
#include "tests/support/fixed_ids.h"
#include "tests/support/ok.h"
#include "tests/support/temp_directory.h"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using log::Family;
using log::RocksdbStore;
using testing::HasSubstr;

constexpr log::LineNumber kLine = 1;

// A directory with a company that invoiced, was paid and went back; closed again.
class Directory final : private command::CommitListener {
  public:
    explicit Directory(std::uint64_t first_id = 1) : ids_(first_id) {
        const auto opened = ok(log::open_rocksdb_log(files_, path(), ids_));
        auto sequencer = ok(command::Sequencer::create(
            {*opened.log, clock_, ids_,
             [](Timestamp, const std::string&) { return std::optional(kToday); }, *this},
            {opened.realm, "daybook test"}));
        const auto ask = [&](domain::Command command) {
            command::Submission submission;
            submission.company = kCompany;
            submission.idempotency_key = "key " + std::to_string(++asked_);
            submission.command = std::move(command);
            sequencer->step({{std::move(submission), [](const command::Outcome& outcome) {
                                  CHECK(std::holds_alternative<command::Committed>(outcome),
                                        "the books of this test are written without a refusal");
                              }}});
        };
        ask(domain::CreateCompany{kCompany, french_company(), kInvoiceSeries, kCreditNoteSeries});
        ask(domain::CreateClient{kClient, business("Dupont SA")});
        for (std::uint32_t n = 1; n <= 12; ++n) {
            ask(draft(n));
            ask(issue(n));
        }
        const Revision before = ok(opened.log->head(kLine)).revision;
        ask(domain::CreateProduct{id<ProductId>(60), {.code = "A", .names = {{"fr", "Vis"}}}});
        ask(domain::RollBack{.to = before, .reason = "a slip", .first_id = uuid(900)});
        log::CheckpointBook book(files_, path());
        head = ok(opened.log->head(kLine));
        log_id = sequencer->directory()->find(kCompany)->log_id;
        checkpoint = ok(log::sign_checkpoint(key_, log::checkpoint_origin(log_id, 1), head));
        ok(book.keep(log_id, 1, checkpoint));
    }

    std::string path() const { return directory_.path(); }
    audit::Report verify(std::vector<std::string> checkpoints = {}) {
        return ok(audit::verify_directory(files_, path(), {std::move(checkpoints), {}}));
    }
    // Behind the log's back.
    void put(Family family, std::string_view key, std::optional<std::string_view> value) {
        auto store = ok(RocksdbStore::open(path() + "/log", RocksdbStore::Mode::writable, {}));
        auto batch = store->new_batch(1024);
        value ? batch.put(family, key, *value) : batch.remove(family, key);
        ok(store->write(batch));
    }
    std::string get(Family family, std::string_view key) {
        auto store = ok(RocksdbStore::open(path() + "/log", RocksdbStore::Mode::read_only, {}));
        return ok(store->get(family, key)).value();
    }
    std::string sign(const log::LineHead& other) {
        return ok(log::sign_checkpoint(key_, log::checkpoint_origin(log_id, 1), other));
    }

    log::LineHead head;
    Uuid log_id;
    std::string checkpoint;

  private:
    void committed(log::LineNumber, std::span<const RecordedEvent>, const log::LineHead&) override {
    }

    TempDirectory directory_;
    PosixFiles files_;
    FixedClock clock_;
    FixedIds ids_;
    int asked_ = 0;
    log::SigningKey key_ = log::SigningKey::generate();
};

std::string told(const audit::Report& report) {
    std::string text;
    for (const audit::Finding& finding : report.findings)
        text += finding.where + ": " + finding.what + "\n";
    return text;
}

TEST(Verify, FindsNothingInSoundBooks) {
    Directory books;
    for (int times = 0; times < 2; ++times) { // Reading changes nothing.
        const audit::Report report = books.verify({books.checkpoint});
        EXPECT_TRUE(report.is_sound()) << told(report);
        EXPECT_EQ(report.lines, 2U);
        EXPECT_GT(report.events, books.head.revision);
        EXPECT_EQ(report.checkpoints, 2U); // One kept, one given.
        EXPECT_GT(report.groups, 20U);
    }
}

TEST(Verify, CannotTellOfADirectoryThatIsNoneOrInUse) {
    PosixFiles files;
    const TempDirectory empty;
    EXPECT_EQ(kind_of_failure(audit::verify_directory(files, empty.path(), {})),
              ErrorKind::invalid);
    Directory books;
    const auto held = ok(files.lock(books.path()));
    EXPECT_EQ(kind_of_failure(audit::verify_directory(files, books.path(), {})), ErrorKind::busy);
}

TEST(Verify, NamesTheEventThatWasAltered) {
    Directory books;
    const auto key = log::record_key(kLine, 9);
    std::string record = books.get(Family::records, key);
    record[record.size() / 2] ^= 1;
    books.put(Family::records, key, record);
    const std::string found = told(books.verify());
    EXPECT_THAT(found, HasSubstr("event 9: "));
    EXPECT_THAT(found, HasSubstr("was signed here over another root"));
}

TEST(Verify, NamesTheEventThatIsMissing) {
    Directory books;
    books.put(Family::records, log::record_key(kLine, 9), std::nullopt);
    EXPECT_THAT(told(books.verify()), HasSubstr("record 9 is missing"));
}

TEST(Verify, FindsAGroupThatIsMissingOrAnother) {
    Directory books;
    std::string group = books.get(Family::groups, log::group_key(5));
    group.back() ^= 1;
    books.put(Family::groups, log::group_key(5), group);
    EXPECT_THAT(told(books.verify()), HasSubstr("group 5: it does not continue the group before"));
    books.put(Family::groups, log::group_key(5), std::nullopt);
    EXPECT_THAT(told(books.verify()), HasSubstr("group 5: it is missing"));
}

TEST(Verify, FindsAHeadThatPromisesAnotherLog) {
    Directory books;
    std::filesystem::rename(books.path() + "/HEAD", books.path() + "/aside");
    EXPECT_THAT(told(books.verify()), HasSubstr("HEAD: it is missing"));
    std::ofstream(books.path() + "/HEAD") << "nonsense";
    EXPECT_THAT(told(books.verify()), HasSubstr("HEAD: "));
    Directory other(1'000'000);
    std::filesystem::copy_file(other.path() + "/HEAD", books.path() + "/HEAD",
                               std::filesystem::copy_options::overwrite_existing);
    EXPECT_THAT(told(books.verify()), HasSubstr("HEAD: it "));
}

TEST(Verify, FindsIndexRowsThatFollowFromNothing) {
    Directory books;
    const auto key = [](log::Index index, std::string_view text) {
        return log::index_key(kLine, index, text);
    };
    books.put(Family::index, key(log::Index::claim, "product code\0zz"), "somebody");
    EXPECT_THAT(told(books.verify()),
                HasSubstr("index of claims: 0 rows are missing, 0 say something else, 1 follow"));
}

TEST(Verify, HoldsTheBooksAgainstEachCheckpoint) {
    Directory books;
    EXPECT_THAT(told(books.verify({books.sign({books.head.revision, Hash{}})})),
                HasSubstr("checkpoint 1 of those given was signed here over another root"));
    EXPECT_THAT(told(books.verify({books.sign({books.head.revision + 3, Hash{}})})),
                HasSubstr("promises " + std::to_string(books.head.revision + 3) + " events"));
    EXPECT_THAT(told(books.verify({"no checkpoint"})), HasSubstr("checkpoint 1 of those given: "));
    const log::SigningKey key = log::SigningKey::generate();
    EXPECT_THAT(told(books.verify({ok(log::sign_checkpoint(key, "daybook/elsewhere/1", {}))})),
                HasSubstr("no book here goes by that name"));
}

// ---- books that are being written --------------------------------------------------------------

// The log of those books, open for writing; what is appended is no event, so that whoever reads it
// finds something.
class Writing {
  public:
    explicit Writing(const Directory& books) : path_(books.path()) {}

    void append_nonsense() {
        const log::Commit commit{.line = kLine,
                                 .expected_head = ok(opened_.log->head(kLine)).revision,
                                 .records = {"nonsense"}};
        ok(opened_.log->append({&commit, 1}));
    }
    Result<audit::Report> verify(const std::function<void()>& meanwhile,
                                 const audit::VerifyOptions& options = {}) {
        return audit::verify_running(
            files_, path_,
            [&] {
                auto frozen = opened_.freeze();
                meanwhile();
                return frozen;
            },
            options);
    }

  private:
    std::string path_;
    PosixFiles files_;
    FixedIds ids_{500'000};
    log::OpenedLog opened_ = ok(log::open_rocksdb_log(files_, path_, ids_));
};

TEST(Verify, OfBooksThatAreBeingWrittenIsOfOneMoment) {
    Directory books;
    Writing writing(books);
    const audit::Report before = ok(writing.verify([&] { writing.append_nonsense(); }));
    EXPECT_TRUE(before.is_sound()) << told(before);
    EXPECT_GT(before.events, books.head.revision);
    EXPECT_EQ(before.checkpoints, 1U);
    const audit::Report after = ok(writing.verify([] {}));
    EXPECT_EQ(after.events, before.events + 1);
    EXPECT_THAT(told(after),
                HasSubstr("event " + std::to_string(books.head.revision + 1) + ": record"));
}

TEST(Verify, OfBooksThatAreBeingWrittenEndsWhenItIsTold) {
    Directory books;
    Writing writing(books);
    audit::VerifyOptions options;
    options.stops = [] { return true; };
    EXPECT_EQ(kind_of_failure(writing.verify([] {}, options)), ErrorKind::busy);
}

} // namespace
} // namespace daybook::tests
