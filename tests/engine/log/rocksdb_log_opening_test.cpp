#include "engine/log/head_file.h"
#include "tests/engine/log/damage_workshop.h"
#include "tests/support/faulty_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daybook::log {
namespace {

using testing::HasSubstr;
using tests::FaultyFiles;

std::vector<Commit> next_commit(const LogReader& log) {
    return {commit(1, ok(log.head(1)).revision, {"one more"})};
}

// Opens in damaged mode; returns what it says.
std::string damage_of(DamageWorkshop& workshop) {
    const OpenedLog opened = ok(workshop.open());
    if (!opened.damage)
        return "no damage";
    const std::vector<Commit> group = {commit(1, 0, {"on damaged ground"})};
    EXPECT_EQ(kind_of_failure(opened.log->append(group)), ErrorKind::corrupt);
    EXPECT_EQ(kind_of_failure(opened.log->fill(group[0])), ErrorKind::corrupt);
    return *opened.damage;
}

TEST(RocksdbLogOpening, FindsEverythingAgainAndGoesOn) {
    DamageWorkshop workshop;
    workshop.append_groups(3);
    workshop.remember();
    EXPECT_EQ(workshop.try_to_open(), Opening::identical);
    OpenedLog opened = ok(workshop.open());
    EXPECT_EQ(opened.groups, 3u);
    const Uuid realm = opened.realm;
    EXPECT_FALSE(realm.is_nil());
    append(*opened.log, next_commit(*opened.log));
    opened = {};
    opened = ok(workshop.open());
    EXPECT_EQ(opened.groups, 4u);
    EXPECT_EQ(opened.realm, realm);
}

TEST(RocksdbLogOpening, LetsNobodyElseIn) {
    DamageWorkshop workshop;
    const OpenedLog opened = ok(workshop.open());
    const auto second = workshop.open();
    EXPECT_EQ(kind_of_failure(second), ErrorKind::busy);
    EXPECT_THAT(second.error().what, HasSubstr("is in use by another process"));
}

TEST(RocksdbLogOpening, KeepsExactlyOneGroupThatHeadDoesNotKnow) {
    DamageWorkshop workshop;
    workshop.append_groups(3);
    const std::string at_three = read_bytes(workshop.head());
    workshop.append_groups(1);
    workshop.remember();
    write_bytes(workshop.head(), at_three);
    EXPECT_EQ(workshop.try_to_open(), Opening::identical);
    EXPECT_EQ(ok(decode_head(read_bytes(workshop.head()))).group, 4u);

    workshop.append_groups(1);
    write_bytes(workshop.head(), at_three);
    EXPECT_THAT(damage_of(workshop), HasSubstr("the log holds 5 groups, HEAD only knows 3"));
}

TEST(RocksdbLogOpening, NamesTheGroupsThatTheLogHasLost) {
    DamageWorkshop workshop;
    workshop.append_groups(2);
    workshop.remember();
    workshop.append_groups(3);
    const std::string at_five = read_bytes(workshop.head());
    workshop.restore();
    write_bytes(workshop.head(), at_five);
    EXPECT_THAT(damage_of(workshop), HasSubstr("groups 3 to 5 are missing"));
    const OpenedLog opened = ok(workshop.open());
    EXPECT_EQ(ok(read_everything(*opened.log, {person("Ada")})), workshop.content());
    EXPECT_EQ(opened.groups, 2u);
}

TEST(RocksdbLogOpening, IsDamagedWithoutHeadOrWithoutLog) {
    DamageWorkshop workshop;
    workshop.append_groups(2);
    workshop.remember();
    fs::remove(workshop.head());
    EXPECT_THAT(damage_of(workshop), HasSubstr("HEAD is missing beside a log of 2 groups"));
    EXPECT_FALSE(fs::exists(workshop.head()));

    workshop.restore();
    write_bytes(workshop.head(), std::string(8192, '\0'));
    EXPECT_THAT(damage_of(workshop), HasSubstr("neither of its two slots is sound"));

    workshop.restore();
    fs::remove_all(workshop.log());
    EXPECT_THAT(damage_of(workshop), HasSubstr("log/ is missing beside HEAD"));
    EXPECT_FALSE(fs::exists(workshop.log()));
    OpenedLog nothing = ok(workshop.open());
    EXPECT_EQ(kind_of_failure(nothing.log->head(1)), ErrorKind::corrupt);
    EXPECT_EQ(kind_of_failure(nothing.log->lines()), ErrorKind::corrupt);
    nothing = {};

    fs::create_directories(workshop.log());
    EXPECT_THAT(damage_of(workshop), HasSubstr("log/ cannot be read"));
    EXPECT_TRUE(fs::is_empty(workshop.log())) << "looking left something behind";
}

TEST(RocksdbLogOpening, RefusesANewerFormatWithoutTouchingIt) {
    DamageWorkshop workshop;
    workshop.append_groups(1);
    workshop.remember();
    std::string head = read_bytes(workshop.head());
    head[11] = head[4096 + 11] = 9;
    write_bytes(workshop.head(), head);
    const auto refused = workshop.open();
    EXPECT_EQ(kind_of_failure(refused), ErrorKind::unsupported);
    EXPECT_THAT(refused.error().what, HasSubstr("format 9"));
    for (const auto& [path, bytes] : workshop.remembered()) {
        const std::string& expected = path == workshop.head() ? head : bytes;
        EXPECT_EQ(read_bytes(path), expected) << path;
    }
}

TEST(RocksdbLogOpening, SurvivesAFailureAtEveryStepOfTheFirstStart) {
    for (std::uint64_t step = 0;; ++step) {
        const tests::TempDirectory directory;
        PosixFiles real;
        FaultyFiles files(real);
        tests::FixedIds ids;
        files.fail_after(step);
        const auto first = open_rocksdb_log(files, directory / "books", ids);
        if (first.has_value()) {
            EXPECT_GT(step, 4u);
            break;
        }
        EXPECT_EQ(first.error().kind, ErrorKind::io);
        files.heal();
        const OpenedLog second = ok(open_rocksdb_log(files, directory / "books", ids));
        EXPECT_EQ(second.damage, std::nullopt) << step;
        append(*second.log, {commit(1, 0, {"works"})});
    }
}

TEST(RocksdbLogWriting, RefusesEverythingAfterAFailedHeadUntilReopened) {
    for (const std::uint64_t works : {0, 1}) { // The write fails; the sync fails.
        const tests::TempDirectory directory;
        PosixFiles real;
        FaultyFiles files(real);
        tests::FixedIds ids;
        OpenedLog opened = ok(open_rocksdb_log(files, directory.path(), ids));
        append(*opened.log, {commit(1, 0, {"acknowledged"})});
        const std::vector<Commit> doubtful = {commit(1, 1, {"doubtful"})};
        files.fail_after(works);
        const auto failed = opened.log->append(doubtful);
        EXPECT_EQ(kind_of_failure(failed), ErrorKind::io);
        EXPECT_THAT(failed.error().what, HasSubstr("outcome unknown, restart"));
        EXPECT_THAT(failed.error().what, HasSubstr("No space left on device"));
        files.heal();
        EXPECT_EQ(kind_of_failure(opened.log->append(doubtful)), ErrorKind::io);
        EXPECT_EQ(kind_of_failure(opened.log->fill(commit(8, 0, {"x"}))), ErrorKind::io);
        EXPECT_EQ(kind_of_failure(opened.log->show(8, {})), ErrorKind::io);
        EXPECT_EQ(ok(opened.log->head(1)).revision, 1u);

        opened = {};
        opened = ok(open_rocksdb_log(files, directory.path(), ids));
        EXPECT_EQ(opened.damage, std::nullopt);
        EXPECT_EQ(ok(opened.log->head(1)).revision, 2u); // It was whole, so it is kept.
    }
}

} // namespace
} // namespace daybook::log
