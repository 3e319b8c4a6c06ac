#include "engine/log/line_writer.h"

#include "tests/engine/log/log_under_test.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daybook::log {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

template <class Log>
class LineWriterOn : public testing::Test {
  protected:
    FillableLog& log() { return under_test_.log(); }
    void reopen() { under_test_.reopen(); }
    void sees_nothing(LineNumber line) {
        EXPECT_EQ(ok(log().head(line)).revision, 0u);
        EXPECT_THAT(ok(log().read(line, 1)), IsEmpty());
        EXPECT_EQ(ok(log().find_index(line, Index::thing, "k")), std::nullopt);
        EXPECT_THAT(ok(log().scan_index(line, Index::thing, "")), IsEmpty());
        EXPECT_EQ(ok(log().find_person(line, sha256("Ada"))), std::nullopt);
        EXPECT_EQ(kind_of_failure(log().leaves(line, 1, 1)), ErrorKind::invalid);
        EXPECT_EQ(kind_of_failure(log().root_at(line, 1)), ErrorKind::invalid);
    }

  private:
    Log under_test_;
};
using Logs = testing::Types<MemoryUnderTest, RocksdbUnderTest>;
TYPED_TEST_SUITE(LineWriterOn, Logs);

TYPED_TEST(LineWriterOn, ShowsAFilledLineAtOnceAndTogetherWithTheCommitsThatAdoptIt) {
    append(this->log(), {commit(0, 0, {"opened"})});
    const auto all = records(600);
    LineWriter writer = ok(LineWriter::open(this->log(), 5));
    ok(writer.add(all[0], {{Index::thing, "k", "v"}}, {person("Ada")}));
    for (std::size_t i = 1; i < all.size(); ++i) {
        ok(writer.add(all[i]));
        if (i % 250 == 0)
            ok(writer.flush());
    }
    this->sees_nothing(5);
    EXPECT_THAT(ok(this->log().lines()), ElementsAre(0u));

    MemoryEventLog same;
    append(same, {commit(5, 0, all)});
    EXPECT_EQ(ok(writer.flush()), ok(same.head(5)));
    append(same, {commit(5, 600, {"fork"})});
    const auto heads = ok(
        writer.finish(std::vector<Commit>{commit(5, 600, {"fork"}), commit(0, 1, {"activated"})}));
    EXPECT_EQ(heads.at(0), ok(same.head(5)));
    EXPECT_EQ(heads.at(1).revision, 2u);
    for (int pass = 0; pass < 2; ++pass) {
        EXPECT_THAT(ok(this->log().lines()), ElementsAre(0u, 5u));
        EXPECT_EQ(ok(this->log().head(5)), ok(same.head(5)));
        EXPECT_EQ(ok(this->log().read(5, 1)), ok(same.read(5, 1)));
        EXPECT_EQ(ok(this->log().find_index(5, Index::thing, "k")), "v");
        EXPECT_EQ(ok(this->log().find_person(5, sha256("Ada"))), "Ada");
        this->reopen();
    }
    append(this->log(), {commit(5, 601, {"and on"})});
}

TYPED_TEST(LineWriterOn, LeavesTheLineOutOfSightWhenTheAdoptingCommitsConflict) {
    LineWriter writer = ok(LineWriter::open(this->log(), 5));
    ok(writer.add("a"));
    EXPECT_EQ(kind_of_failure(writer.finish(std::vector<Commit>{commit(0, 7, {"late"})})),
              ErrorKind::conflict);
    this->sees_nothing(5);
    EXPECT_EQ(ok(this->log().unfinished_lines()).size(), 1u);
    ok(writer.finish());
    EXPECT_EQ(ok(this->log().head(5)).revision, 1u);
}

TYPED_TEST(LineWriterOn, GoesOnWithAnUnfinishedLine) {
    {
        LineWriter writer = ok(LineWriter::open(this->log(), 5));
        for (const std::string& record : records(300))
            ok(writer.add(record));
        ok(writer.flush());
    }
    this->reopen();
    this->sees_nothing(5);
    LineWriter writer = ok(LineWriter::open(this->log(), 5));
    EXPECT_EQ(writer.size(), 300u);
    ok(writer.add("the last one"));
    ok(writer.finish());
    EXPECT_EQ(ok(this->log().head(5)).revision, 301u);
}

TYPED_TEST(LineWriterOn, SweepsWhatWasLeftUnfinishedSoThatTheNumberIsFreeAgain) {
    LineWriter writer = ok(LineWriter::open(this->log(), 5));
    for (const std::string& record : records(600))
        ok(writer.add(record, {{Index::thing, "k" + record, "v"}}, {person("Ada")}));
    ok(writer.flush());
    append(this->log(), {commit(4, 0, {"before"}), commit(6, 0, {"after"})});
    this->reopen();
    EXPECT_THAT(ok(sweep_unfinished_lines(this->log())), ElementsAre(5u));
    EXPECT_THAT(ok(sweep_unfinished_lines(this->log())), IsEmpty());
    for (int pass = 0; pass < 2; ++pass) {
        this->sees_nothing(5);
        EXPECT_THAT(ok(this->log().lines()), ElementsAre(4u, 6u));
        this->reopen();
    }
    append(this->log(), {commit(5, 0, {"new"})});
    EXPECT_EQ(ok(this->log().head(5)), (LineHead{1, leaf_hash("new")}));
    EXPECT_EQ(ok(this->log().read(4, 1)).size(), 1u);
    EXPECT_THAT(ok(this->log().scan_index(5, Index::thing, "")), IsEmpty());
}

TYPED_TEST(LineWriterOn, AbandonsWhatItFilled) {
    LineWriter writer = ok(LineWriter::open(this->log(), 5));
    ok(writer.add("a"));
    ok(writer.flush());
    ok(writer.add("b"));
    ok(writer.abandon());
    EXPECT_THAT(ok(this->log().unfinished_lines()), IsEmpty());
    this->sees_nothing(5);
}

TYPED_TEST(LineWriterOn, KeepsFillingAndAppendingApart) {
    append(this->log(), {commit(4, 0, {"in use"})});
    EXPECT_EQ(kind_of_failure(LineWriter::open(this->log(), 4)), ErrorKind::conflict);
    EXPECT_EQ(kind_of_failure(this->log().fill(commit(4, 1, {"x"}))), ErrorKind::conflict);
    ok(this->log().fill(commit(5, 0, {"a"})));
    EXPECT_EQ(kind_of_failure(this->log().append(std::vector<Commit>{commit(5, 1, {"b"})})),
              ErrorKind::conflict);
    EXPECT_EQ(kind_of_failure(this->log().fill(commit(5, 0, {"a"}))), ErrorKind::conflict);
    EXPECT_EQ(kind_of_failure(this->log().show(4, {})), ErrorKind::conflict);
    EXPECT_EQ(kind_of_failure(this->log().sweep(4)), ErrorKind::conflict);
}

} // namespace
} // namespace daybook::log
