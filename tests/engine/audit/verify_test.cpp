// `verify` on real directories: sound books are sound, and whatever is done to them behind the
// log's back is found and named.
#include "engine/audit/verify.h"

#include "engine/adapters/posix_files.h"
#include "engine/command/sequencer.h"
#include "engine/log/checkpoint_book.h"
#include "engine/log/rocksdb_event_log.h"
#include "engine/log/rocksdb_log_reader.h"
#include "events/codec/codec.h"
#include "tests/support/builders.h"
#include "tests/support/fixed_clock.h"
#include "tests/support/fixed_ids.h"
#include "tests/support/ok.h"
#include "tests/support/temp_directory.h"

#include <algorithm>
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
const std::string kContacts = "0123456789abcdef{\"email\":\"anne@dupont.example\"}";

// A directory with a company that invoiced, was paid and went back; closed again.
class Directory final : private command::CommitListener {
  public:
    explicit Directory(std::uint64_t first_id = 1) : ids_(first_id) {
        const auto opened = ok(log::open_rocksdb_log(files_, path(), ids_));
        auto sequencer = ok(command::Sequencer::create(
            {*opened.log, clock_, ids_,
             [](Timestamp, const std::string&) { return std::optional(kToday); }, *this},
            {opened.realm, "daybook test"}));
        const auto ask = [&](domain::Command command,
                             std::vector<command::NewPerson> persons = {}) {
            command::Submission submission;
            submission.persons = std::move(persons);
            submission.company = kCompany;
            submission.idempotency_key = "key " + std::to_string(++asked_);
            submission.command = std::move(command);
            sequencer->step({{std::move(submission), [](const command::Outcome& outcome) {
                                  CHECK(std::holds_alternative<command::Committed>(outcome),
                                        "the books of this test are written without a refusal");
                              }}});
        };
        ask(domain::CreateCompany{kCompany, french_company(), kInvoiceSeries, kCreditNoteSeries});
        ask(domain::CreateClient{kClient, business("Dupont SA")},
            {{{contacts, kContacts}, "contacts"}});
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

    // Flips a bit in the middle of what was written last.
    void flip_in_wal() {
        for (const auto& entry : std::filesystem::directory_iterator(path() + "/log"))
            if (entry.path().extension() == ".log" && entry.file_size() > 0) {
                std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
                const auto middle = static_cast<std::streamoff>(entry.file_size() / 2);
                file.seekg(middle);
                const int byte = file.get();
                file.seekp(middle);
                file.put(static_cast<char>(byte ^ 0x10));
            }
    }

    const Hash contacts = log::sha256(kContacts);
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

// The log of those books, open for writing; what is appended is no event, so that whoever reads it
// finds something.
class Writing {
  public:
    explicit Writing(const Directory& books) : path_(books.path()) {}

    void append_nonsense() { append("nonsense"); }
    void append(const Event& event) { append(encode_record({}, event)); }
    void close() { opened_ = {}; }
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
    void append(std::string record) {
        const log::Commit commit{.line = kLine,
                                 .expected_head = ok(opened_.log->head(kLine)).revision,
                                 .records = {std::move(record)}};
        ok(opened_.log->append({&commit, 1}));
    }

    std::string path_;
    PosixFiles files_;
    FixedIds ids_{500'000};
    log::OpenedLog opened_ = ok(log::open_rocksdb_log(files_, path_, ids_));
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

TEST(Verify, SaysOfWhichThingAndMomentTheAlteredEventIs) {
    Directory books;
    const auto key = log::record_key(kLine, 9);
    RecordedEvent recorded = ok(decode_record(books.get(Family::records, key)));
    recorded.envelope.reason = "never said";
    books.put(Family::records, key, encode_record(recorded.envelope, recorded.event));
    const audit::Report report = books.verify();
    const audit::Place& place = report.first().place;
    EXPECT_EQ(place.line, kLine);
    EXPECT_EQ(place.revision, 9U);
    EXPECT_EQ(place.thing, recorded.envelope.entity);
    EXPECT_EQ(place.recorded_at, recorded.envelope.recorded_at);
    EXPECT_THAT(to_text(report.first()),
                HasSubstr("recorded at " + to_text(recorded.envelope.recorded_at)));
    // All groups behind it have another root, which is said once.
    EXPECT_THAT(report.findings, testing::SizeIs(2)); // The group and the checkpoint.
}

TEST(Verify, NamesTheFileAndTheFirstEventOfWhatWasLost) {
    Directory books;
    books.flip_in_wal();
    const audit::Report report = books.verify();
    const auto lost = std::ranges::find(report.findings, "HEAD", &audit::Finding::where);
    ASSERT_NE(lost, report.findings.end()) << told(report);
    EXPECT_THAT(lost->what, HasSubstr("what came behind was in log/"));
    EXPECT_THAT(lost->what, HasSubstr("the first event that is lost is line 1 (Atelier"));
    EXPECT_THAT(lost->place.file, testing::EndsWith(".log"));
    EXPECT_EQ(lost->place.line, kLine);
    EXPECT_GT(lost->place.revision, 1U);
    EXPECT_TRUE(lost->place.after.has_value());
    // The kept checkpoint knows it as well.
    EXPECT_THAT(told(report),
                HasSubstr("the line ends at " + std::to_string(lost->place.revision - 1)));
}

// ---- personal data -----------------------------------------------------------------------------

TEST(Verify, FindsPersonalDataThatAreNotWhatWasWritten) {
    Directory books;
    const auto key = log::person_key(kLine, books.contacts);
    std::string other = books.get(Family::persons, key);
    EXPECT_EQ(books.verify().persons, 1U);
    other[20] ^= 1;
    books.put(Family::persons, key, other);
    EXPECT_THAT(told(books.verify()), HasSubstr("that it names are not what was written"));
    books.put(Family::persons, key, std::nullopt);
    const audit::Report missing = books.verify();
    EXPECT_THAT(told(missing), HasSubstr("that it names are missing, and no event says"));
    EXPECT_EQ(missing.first().place.thing, (EntityRef{EntityKind::client, kClient.value}));
    books.put(Family::persons, key, kContacts);
    EXPECT_TRUE(books.verify().is_sound());
    books.put(Family::persons, log::person_key(kLine, log::sha256("Bob")), "Bob");
    EXPECT_THAT(told(books.verify()), HasSubstr("no event names them"));
}

TEST(Verify, MissesNoPersonalDataThatWereErased) {
    Directory books;
    Writing writing(books);
    writing.append(PersonErased{books.contacts, "GDPR, article 17"});
    writing.close();
    books.put(Family::persons, log::person_key(kLine, books.contacts), std::nullopt);
    EXPECT_THAT(told(books.verify()), testing::Not(HasSubstr("personal data")));
}

TEST(Verify, PersonalDataThatWereAlteredAreNotServed) {
    Directory books;
    books.put(Family::persons, log::person_key(kLine, books.contacts), "somebody else");
    const auto store =
        ok(RocksdbStore::open(books.path() + "/log", RocksdbStore::Mode::read_only, {}));
    const auto reader = ok(log::RocksdbLogReader::open(*store));
    EXPECT_EQ(kind_of_failure(reader->find_person(kLine, books.contacts)), ErrorKind::corrupt);
}

// ---- rows of nobody ----------------------------------------------------------------------------

TEST(Verify, FindsRowsThatBelongToNothing) {
    const struct {
        const char* given;
        Family family;
        std::string key;
        const char* found;
    } cases[] = {
        {"a record of a line that no group names", Family::records,
         std::string(std::string_view(log::record_key(7, 1))), "line 7, family records"},
        {"a record before the first", Family::records,
         std::string(std::string_view(log::record_key(kLine, 0))), "line 1, family records"},
        {"a key of no line", Family::records, "x", "family records: there is a row of no line"},
        {"an index that there is not", Family::index,
         log::index_key(kLine, static_cast<log::Index>(9), "x"), "rows of an index 9"},
        {"a row of an index of a foreign line", Family::index,
         log::index_key(8, log::Index::claim, "x"), "line 8, family index"},
        {"a tile that is not full", Family::tiles,
         std::string(std::string_view(log::tile_key(kLine, log::TilePart::leaves, 3))),
         "line 1, family tiles: there are 1 rows of no tile that is full"},
        {"a person of a foreign line", Family::persons,
         std::string(std::string_view(log::person_key(9, log::sha256("Bob")))),
         "line 9, family persons"},
        {"a mark that hides a line", Family::unfinished,
         std::string(std::string_view(log::line_key(kLine))), "no group says so"},
    };
    for (const auto& each : cases) {
        SCOPED_TRACE(each.given);
        Directory books;
        books.put(each.family, each.key, "x");
        EXPECT_THAT(told(books.verify()), HasSubstr(each.found));
    }
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
    EXPECT_THAT(told(books.verify()), HasSubstr("HEAD, slot 0: it is of another"));
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
