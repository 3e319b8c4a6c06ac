// What every log promises (engine/log/event_log.h), held against each of them.

#include "tests/engine/log/log_under_test.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

namespace daybook::log {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using MakeLog = std::unique_ptr<LogUnderTest> (*)();

class EventLogContract : public testing::TestWithParam<MakeLog> {
  protected:
    FillableLog& log() { return under_test_->log(); }
    void reopen() { under_test_->reopen(); }

  private:
    std::unique_ptr<LogUnderTest> under_test_ = GetParam()();
};

Hash root_of(const std::vector<std::string>& records) {
    Frontier tree;
    for (const std::string& record : records)
        tree.add(leaf_hash(record));
    return tree.root();
}

TEST_P(EventLogContract, BeginsEmpty) {
    EXPECT_EQ(ok(log().head(7)), (LineHead{0, empty_root()}));
    EXPECT_EQ(ok(log().root_at(7, 0)), empty_root());
    EXPECT_TRUE(ok(log().read(7, 1)).empty());
    EXPECT_TRUE(ok(log().lines()).empty());
    EXPECT_TRUE(append(log(), {}).empty());
}

TEST_P(EventLogContract, NumbersTheRecordsOfALineFromOneAndKeepsTheirBytes) {
    const std::string binary("\0\xff\n", 3);
    const auto heads = append(log(), {commit(3, 0, {"first", binary}), commit(3, 2, {""})});
    EXPECT_THAT(heads, ElementsAre(LineHead{2, root_of({"first", binary})},
                                   LineHead{3, root_of({"first", binary, ""})}));
    reopen();
    EXPECT_EQ(ok(log().head(3)), heads.back());
    EXPECT_THAT(ok(log().read(3, 1)), ElementsAre(StoredRecord{1, "first"}, StoredRecord{2, binary},
                                                  StoredRecord{3, ""}));
    EXPECT_THAT(ok(log().read(3, 3)), ElementsAre(StoredRecord{3, ""}));
    EXPECT_TRUE(ok(log().read(3, 4)).empty());
}

TEST_P(EventLogContract, EndsAReadAtItsLimitButYieldsOneRecord) {
    append(log(), {commit(1, 0, {"aaaa", "bbbb", "cccc"})});
    EXPECT_EQ(ok(log().read(1, 1, {.records_max = 2})).size(), 2u);
    EXPECT_EQ(ok(log().read(1, 1, {.records_max = 9, .bytes_max = 8})).size(), 2u);
    EXPECT_EQ(ok(log().read(1, 1, {.records_max = 9, .bytes_max = 11})).size(), 2u);
    EXPECT_EQ(ok(log().read(1, 1, {.records_max = 9, .bytes_max = 1})).size(), 1u);
    EXPECT_EQ(ok(log().read(1, 1, {.records_max = 0})).size(), 1u);
}

TEST_P(EventLogContract, KeepsLinesApartAndListsThemRising) {
    append(log(), {commit(0xFFFFFFFF, 0, {"z"}), commit(0, 0, {"a"}), commit(256, 0, {"m"})});
    reopen();
    EXPECT_THAT(ok(log().lines()), ElementsAre(0u, 256u, 0xFFFFFFFFu));
    EXPECT_THAT(ok(log().read(256, 1)), ElementsAre(StoredRecord{1, "m"}));
    EXPECT_EQ(ok(log().head(0xFFFFFFFF)).root, root_of({"z"}));
    EXPECT_EQ(ok(log().head(255)).revision, 0u);
}

TEST_P(EventLogContract, GivesTheRootOfEveryFormerSize) {
    const auto all = records(700);
    append(log(), {commit(2, 0, {all.begin(), all.begin() + 300})});
    append(log(), {commit(2, 300, {all.begin() + 300, all.end()})});
    for (int pass = 0; pass < 2; ++pass) {
        for (const std::size_t size : {0, 1, 255, 256, 257, 300, 511, 512, 513, 699, 700})
            EXPECT_EQ(ok(log().root_at(2, size)),
                      root_of({all.begin(), all.begin() + static_cast<std::ptrdiff_t>(size)}))
                << size;
        reopen();
    }
    EXPECT_EQ(kind_of_failure(log().root_at(2, 701)), ErrorKind::invalid);
}

TEST_P(EventLogContract, GivesTheLeavesOfAnyRange) {
    const auto all = records(600);
    append(log(), {commit(2, 0, all)});
    for (int pass = 0; pass < 2; ++pass) {
        for (const auto& [first, last] : std::vector<std::pair<Revision, Revision>>{
                 {1, 1}, {1, 256}, {256, 257}, {257, 512}, {100, 599}, {513, 600}, {1, 600}}) {
            const auto leaves = ok(log().leaves(2, first, last));
            ASSERT_EQ(leaves.size(), last - first + 1);
            for (Revision revision = first; revision <= last; ++revision)
                EXPECT_EQ(leaves[revision - first], leaf_hash(all[revision - 1])) << revision;
        }
        reopen();
    }
    for (const auto& [height, index] :
         {std::pair{0U, 599U}, {3U, 7U}, {7U, 3U}, {8U, 0U}, {8U, 1U}, {9U, 0U}}) {
        Frontier tree;
        for (std::uint64_t leaf = index << height; leaf < (index + 1ULL) << height; ++leaf)
            tree.add(leaf_hash(all[leaf]));
        EXPECT_EQ(ok(log().subtree(2, height, index)), tree.root()) << height << " " << index;
    }
    for (const auto& [height, index] :
         {std::pair{0U, 600U}, {8U, 2U}, {9U, 1U}, {10U, 0U}, {63U, 0U}, {64U, 0U}})
        EXPECT_EQ(kind_of_failure(log().subtree(2, height, index)), ErrorKind::invalid);
    EXPECT_EQ(kind_of_failure(log().leaves(2, 0, 1)), ErrorKind::invalid);
    EXPECT_EQ(kind_of_failure(log().leaves(2, 5, 4)), ErrorKind::invalid);
    EXPECT_EQ(kind_of_failure(log().leaves(2, 600, 601)), ErrorKind::invalid);
}

TEST_P(EventLogContract, RefusesAWrongHeadAndThenWritesNothingOfTheGroup) {
    append(log(), {commit(1, 0, {"a"})});
    const auto before = ok(read_everything(log()));
    for (const Revision wrong : {0, 2, 99}) {
        const std::vector<Commit> group = {commit(2, 0, {"x"}, {{Index::claim, "k", "v"}}),
                                           commit(1, wrong, {"b"})};
        const auto refused = log().append(group);
        EXPECT_EQ(kind_of_failure(refused), ErrorKind::conflict);
        EXPECT_THAT(refused.error().what, HasSubstr("line 1: its head is 1"));
    }
    EXPECT_EQ(ok(read_everything(log())), before);
    reopen();
    EXPECT_EQ(ok(read_everything(log())), before);
    EXPECT_EQ(ok(log().find_index(2, Index::claim, "k")), std::nullopt);
}

TEST_P(EventLogContract, CountsEarlierCommitsOfTheSameGroup) {
    const std::vector<Commit> twice = {commit(1, 0, {"a"}), commit(1, 0, {"b"})};
    EXPECT_EQ(kind_of_failure(log().append(twice)), ErrorKind::conflict);
    append(log(), {commit(1, 0, {"a"}), commit(2, 0, {"x"}), commit(1, 1, {"b"})});
    EXPECT_EQ(ok(log().head(1)).root, root_of({"a", "b"}));
}

TEST_P(EventLogContract, RefusesWhatNoLogCanHold) {
    const auto refuses = [&](Commit bad, const char* why) {
        const std::vector<Commit> group = {commit(5, 0, {"good"}), std::move(bad)};
        const auto refused = log().append(group);
        EXPECT_EQ(kind_of_failure(refused), ErrorKind::invalid);
        EXPECT_THAT(refused.error().what, HasSubstr(why));
    };
    refuses(commit(1, 0, {}), "line 1: a commit holds at least one record");
    refuses(commit(1, 0, {std::string(4 * 1024 * 1024 + 1, 'x')}), "4194305 bytes");
    refuses(commit(1, 0, {"a"}, {{Index::claim, std::string(4097, 'k'), ""}}), "index key");
    refuses(commit(1, 0, {"a"}, {}, {{sha256("other"), "bytes"}}), "does not hash to its name");
    refuses(commit(1, 0, {"a"}, {}, {person(std::string(65'537, 'p'))}), "65537 bytes");
    EXPECT_TRUE(ok(log().lines()).empty());
    EXPECT_EQ(kind_of_failure(log().read(1, 0)), ErrorKind::invalid);
    append(log(), {commit(1, 0, {std::string(4 * 1024 * 1024, 'x')})});
}

TEST_P(EventLogContract, FindsIndexEntriesByLineAndIndexAndKey) {
    append(log(), {commit(1, 0, {"a"},
                          {{Index::thing, "k", "thing"},
                           {Index::claim, "k", "claim"},
                           {Index::touch, "", ""}}),
                   commit(2, 0, {"a"}, {{Index::thing, "k", "other line"}})});
    reopen();
    EXPECT_EQ(ok(log().find_index(1, Index::thing, "k")), "thing");
    EXPECT_EQ(ok(log().find_index(1, Index::claim, "k")), "claim");
    EXPECT_EQ(ok(log().find_index(1, Index::touch, "")), "");
    EXPECT_EQ(ok(log().find_index(2, Index::thing, "k")), "other line");
    EXPECT_EQ(ok(log().find_index(1, Index::command, "k")), std::nullopt);
    EXPECT_EQ(ok(log().find_index(1, Index::thing, "kk")), std::nullopt);
}

TEST_P(EventLogContract, ReplacesAndRemovesIndexEntriesInTheOrderOfTheCommits) {
    append(log(), {commit(1, 0, {"a"}, {{Index::claim, "x", "1"}, {Index::claim, "y", "1"}})});
    append(log(), {commit(1, 1, {"b"}, {{Index::claim, "x", std::nullopt}}),
                   commit(1, 2, {"c"}, {{Index::claim, "x", "2"}, {Index::claim, "y", {}}})});
    reopen();
    EXPECT_EQ(ok(log().find_index(1, Index::claim, "x")), "2");
    EXPECT_EQ(ok(log().find_index(1, Index::claim, "y")), std::nullopt);
}

TEST_P(EventLogContract, ScansAPrefixInKeyOrderAndNotBeyondItsIndex) {
    const std::string high = "\xff\xff";
    append(log(), {commit(1, 0, {"a"},
                          {{Index::touch, "b", "3"},
                           {Index::touch, "ab", "2"},
                           {Index::touch, "a", "1"},
                           {Index::touch, high + "z", "5"},
                           {Index::touch, high, "4"},
                           {Index::command, "a", "not this"}}),
                   commit(2, 0, {"a"}, {{Index::touch, "a", "nor this"}})});
    EXPECT_THAT(ok(log().scan_index(1, Index::touch, "a")),
                ElementsAre(IndexEntry{"a", "1"}, IndexEntry{"ab", "2"}));
    EXPECT_THAT(ok(log().scan_index(1, Index::touch, high)),
                ElementsAre(IndexEntry{high, "4"}, IndexEntry{high + "z", "5"}));
    EXPECT_EQ(ok(log().scan_index(1, Index::touch, "")).size(), 5u);
    EXPECT_TRUE(ok(log().scan_index(1, Index::touch, "c")).empty());
}

TEST_P(EventLogContract, KeepsPersonalDataByItsHash) {
    append(log(), {commit(1, 0, {"a"}, {}, {person("Ada"), person(std::string(65'536, 'p'))})});
    reopen();
    EXPECT_EQ(ok(log().find_person(1, sha256("Ada"))), "Ada");
    EXPECT_EQ(ok(log().find_person(1, sha256("Bob"))), std::nullopt);
    EXPECT_EQ(ok(log().find_person(2, sha256("Ada"))), std::nullopt);
}

TEST_P(EventLogContract, TellsWatchersEachMovedLineOnceWithWhatCanBeRead) {
    std::vector<std::pair<LineNumber, LineHead>> seen;
    const auto watch = [&] {
        return log().watch([&](LineNumber line, const LineHead& head) {
            EXPECT_EQ(ok(log().head(line)), head);
            seen.emplace_back(line, head);
        });
    };
    const std::uint64_t first = watch();
    const std::uint64_t second = watch();
    EXPECT_NE(first, second);
    append(log(), {commit(9, 0, {"a"}), commit(4, 0, {"b"}), commit(9, 1, {"c"})});
    EXPECT_EQ(seen.size(), 4u);
    log().unwatch(second);
    seen.clear();
    const std::vector<Commit> conflict = {commit(4, 0, {"late"})};
    EXPECT_EQ(kind_of_failure(log().append(conflict)), ErrorKind::conflict);
    append(log(), {commit(4, 1, {"d"})});
    EXPECT_THAT(seen, ElementsAre(std::pair{LineNumber{4}, LineHead{2, root_of({"b", "d"})}}));
    log().unwatch(first);
}

// One look of a reader: the head's root is that of the leaves and records that can be read.
Revision expect_consistent(const LogReader& log, LineNumber line) {
    const LineHead head = ok(log.head(line));
    EXPECT_EQ(ok(log.root_at(line, head.revision)), head.root);
    if (head.revision == 0)
        return 0;
    Frontier tree;
    const auto leaves = ok(log.leaves(line, 1, head.revision));
    for (const Hash& leaf : leaves)
        tree.add(leaf);
    EXPECT_EQ(tree.root(), head.root);
    EXPECT_EQ(ok(log.read(line, head.revision)).at(0).revision, head.revision);
    return head.revision;
}

TEST_P(EventLogContract, ShowsEveryThreadAGrowingLineWhileAnotherAppends) {
    std::jthread reader([&](const std::stop_token& stop) {
        Revision seen = 0;
        while (!stop.stop_requested()) {
            const Revision now = expect_consistent(log(), 1);
            EXPECT_GE(now, seen);
            seen = now;
        }
    });
    for (Revision head = 0; head < 900; head += 45) // Over three tile borders.
        append(log(), {commit(1, head, records(45, std::to_string(head)))});
    reader.request_stop();
    reader.join();
    EXPECT_EQ(expect_consistent(log(), 1), 900u);
}

INSTANTIATE_TEST_SUITE_P(Memory, EventLogContract,
                         testing::Values([]() -> std::unique_ptr<LogUnderTest> {
                             return std::make_unique<MemoryUnderTest>();
                         }));
INSTANTIATE_TEST_SUITE_P(Rocksdb, EventLogContract,
                         testing::Values([]() -> std::unique_ptr<LogUnderTest> {
                             return std::make_unique<RocksdbUnderTest>();
                         }));

} // namespace
} // namespace daybook::log
