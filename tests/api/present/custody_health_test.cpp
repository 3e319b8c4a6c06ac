// What health says of backups and of their copies.
#include "api/present/custody_health.h"

#include "tests/support/builders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daybook::api {
namespace {

using custody::CustodyBook;
using testing::HasSubstr;
using testing::Not;
using tests::uuid;

const CompanyId kCompany{uuid(1)};
const Uuid kBackup = uuid(2);

Timestamp day(std::int64_t n) { return Timestamp{n * 86'400'000'000}; }

struct Book {
    CustodyBook book;

    void apply(Timestamp at, EntityRef thing, Event event) {
        RecordedEvent recorded;
        recorded.envelope.entity = thing;
        recorded.envelope.recorded_at = at;
        recorded.event = std::move(event);
        book.apply(recorded);
    }
    // Opened with a target on day 0.
    Book() {
        CompanyOpened opened;
        opened.company_id = kCompany;
        apply(day(0), {EntityKind::company, kCompany.value}, opened);
        ScheduleSet set;
        set.company_id = kCompany;
        set.target = "/mnt/disk";
        apply(day(0), {EntityKind::schedule, kCompany.value}, set);
    }
    void back_up(Timestamp at, const Result<std::string>& copied) {
        BackupMade made;
        made.company_id = kCompany;
        made.target = "backups/1/2.daybook";
        apply(at, {EntityKind::backup, kBackup}, made);
        apply(at, {EntityKind::backup, kBackup},
              BackupVerified{custody::copy_note(*book.find(kBackup), "/mnt/disk", copied)});
    }
    Json shown(Timestamp now, Language language = Language::english) const {
        return show_last_backup(book, now, language);
    }
    std::string sentence(Timestamp now) const { return *shown(now).find("sentence")->if_string(); }
    std::size_t overdue(Timestamp now) const {
        return shown(now).find("overdue")->if_array()->size();
    }
};

const auto kFull = fail(ErrorKind::full, "write /mnt/disk/a: the disk is full");

TEST(CustodyHealth, TellsOfACopyThatFailedAndWarnsAfterEightDays) {
    Book told;
    for (int n = 1; n <= 9; ++n)
        told.back_up(day(n), kFull);
    EXPECT_FALSE(is_backup_overdue(told.book, day(8)));
    EXPECT_THAT(told.sentence(day(8)), HasSubstr("The last copy of the backups of 1 of 1"));
    EXPECT_EQ(told.overdue(day(8)), 0u);

    EXPECT_TRUE(is_backup_overdue(told.book, day(9))); // The backups themselves are there.
    EXPECT_THAT(told.sentence(day(9)), HasSubstr("Every company has a verified backup"));
    EXPECT_THAT(told.sentence(day(9)),
                HasSubstr("No copy of the backups of 1 of 1 companies reached its target in the "
                          "last 8 days."));
    EXPECT_EQ(told.overdue(day(9)), 1u);
}

TEST(CustodyHealth, SaysPerTargetWhenACopyLastSucceededAndWhatFailed) {
    Book told;
    told.back_up(day(1), "/mnt/disk/a.daybook");
    told.back_up(day(2), kFull);
    const Json shown = told.shown(day(2));
    const Json& copy = shown.find("copies")->if_array()->front();
    EXPECT_EQ(*copy.find("target")->if_string(), "/mnt/disk");
    EXPECT_EQ(*copy.find("copied_at")->if_string(), to_text(day(1)));
    EXPECT_EQ(*copy.find("last_failure")->find("why")->if_string(),
              "write /mnt/disk/a: the disk is full");
    EXPECT_THAT(*copy.find("sentence")->if_string(),
                HasSubstr("The last copy to /mnt/disk failed"));
    const Json french = told.shown(day(2), Language::french);
    EXPECT_THAT(*french.find("sentence")->if_string(), HasSubstr("la dernière copie"));
}

TEST(CustodyHealth, IsContentOnceACopySucceedsAndWithTargetsThatNobodyAsksForAnyMore) {
    Book told;
    told.back_up(day(1), kFull);
    told.back_up(day(12), "/mnt/disk/a.daybook");
    EXPECT_FALSE(is_backup_overdue(told.book, day(13)));
    EXPECT_THAT(told.sentence(day(13)), Not(HasSubstr("cop")));

    told.back_up(day(14), kFull);
    ScheduleSet without;
    without.company_id = kCompany;
    without.options = custody::to_options({});
    told.apply(day(15), {EntityKind::schedule, kCompany.value}, without);
    told.back_up(day(30), "/elsewhere/a.daybook");
    EXPECT_FALSE(is_backup_overdue(told.book, day(30)));
}

} // namespace
} // namespace daybook::api
