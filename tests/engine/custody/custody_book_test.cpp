// What the custody book says of copies: where each target stands, and what of a backup.
#include "engine/custody/custody_book.h"

#include "tests/support/builders.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using custody::Backup;
using custody::CustodyBook;
using custody::TargetBook;

const CompanyId kCompany{uuid(1)};
const Uuid kBackup = uuid(2);
constexpr std::string_view kDisk = "/mnt/disk";

struct Book {
    CustodyBook book;
    std::int64_t hour = 0;

    // An hour after what was noted before.
    void apply(EntityRef thing, Event event) {
        RecordedEvent recorded;
        recorded.envelope.entity = thing;
        recorded.envelope.recorded_at = Timestamp{++hour * 3'600'000'000};
        recorded.event = std::move(event);
        book.apply(recorded);
    }
    void open_with_target(std::string_view target) {
        CompanyOpened opened;
        opened.company_id = kCompany;
        apply({EntityKind::company, kCompany.value}, opened);
        ScheduleSet set;
        set.company_id = kCompany;
        set.target = target;
        apply({EntityKind::schedule, kCompany.value}, set);
    }
    void back_up() {
        BackupMade made;
        made.company_id = kCompany;
        made.target = "backups/1/2.daybook";
        apply({EntityKind::backup, kBackup}, made);
    }
    void copy(const Result<std::string>& copied, std::string_view target = kDisk) {
        const Backup& backup = *book.find(kBackup);
        apply({EntityKind::backup, kBackup},
              BackupVerified{custody::copy_note(backup, std::string(target), copied)});
    }
    const TargetBook& target(std::string_view name = kDisk) {
        return book.company(kCompany)->targets.at(std::string(name));
    }
    const Backup& backup() { return *book.find(kBackup); }
};

Timestamp hours(std::int64_t hour) { return Timestamp{hour * 3'600'000'000}; }

TEST(CustodyBook, KeepsWhyACopyFailedUntilOneSucceeds) {
    Book told;
    told.open_with_target(kDisk);
    told.back_up();
    told.copy(fail(ErrorKind::full, "write /mnt/disk/a: the disk is full"));
    const custody::NotCopied failure{std::string(kDisk), hours(4),
                                     "write /mnt/disk/a: the disk is full"};
    EXPECT_EQ(told.target().failure, failure);
    EXPECT_TRUE(told.target().is_failing());
    EXPECT_FALSE(told.target().copied_at);
    EXPECT_EQ(told.backup().not_copied, failure);
    EXPECT_TRUE(told.backup().copies.empty());
    EXPECT_EQ(told.backup().verified_at, hours(3)); // A copy that fails says nothing of the file.

    told.copy("/mnt/disk/a.daybook");
    EXPECT_FALSE(told.target().is_failing());
    EXPECT_EQ(told.target().copied_at, hours(5));
    EXPECT_EQ(told.target().failure, failure); // It stays known.
    EXPECT_FALSE(told.backup().not_copied);
    EXPECT_EQ(told.backup().copies, std::vector<std::string>{"/mnt/disk/a.daybook"});

    told.copy(fail(ErrorKind::io, "the store answers 503"));
    EXPECT_TRUE(told.target().is_failing());
    EXPECT_EQ(told.target().copied_at, hours(5));
}

TEST(CustodyBook, KeepsTargetsApart) {
    Book told;
    told.open_with_target(kDisk);
    told.back_up();
    told.copy(fail(ErrorKind::io, "gone"), "s3://books/a");
    told.copy("/mnt/disk/a.daybook");
    EXPECT_TRUE(told.target("s3://books/a").is_failing());
    EXPECT_FALSE(told.target().is_failing());
    ASSERT_TRUE(told.backup().not_copied); // There it still is not.
    EXPECT_EQ(told.backup().not_copied->target, "s3://books/a");
}

TEST(CustodyBook, UnderstandsCopiesThatDoNotNameTheirTarget) {
    Book told;
    told.open_with_target(kDisk);
    told.back_up();
    CustodyNoted noted = custody::noted_of(told.backup());
    noted.target = "/mnt/disk/a.daybook";
    noted.result = custody::kVerified;
    told.apply({EntityKind::backup, kBackup}, BackupVerified{noted});
    EXPECT_EQ(told.target().copied_at, hours(4));
}

TEST(CustodyBook, DoesNotTakeAFileThatIsReadAgainForACopy) {
    Book told;
    told.open_with_target(kDisk);
    told.back_up();
    CustodyNoted noted = custody::noted_of(told.backup());
    noted.target = told.backup().path;
    noted.result = custody::kVerified;
    told.apply({EntityKind::backup, kBackup}, BackupVerified{noted});
    EXPECT_TRUE(told.book.company(kCompany)->targets.empty());
    EXPECT_EQ(told.backup().verified_at, hours(4));
}

} // namespace
} // namespace daybook::tests
