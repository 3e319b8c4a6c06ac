// What the instance's book says of companies' lines, as a repair understands it.
#include "engine/repair/survey.h"

#include "engine/adapters/posix_files.h"
#include "engine/log/rocksdb_event_log.h"
#include "events/codec/codec.h"
#include "tests/support/builders.h"
#include "tests/support/fixed_ids.h"
#include "tests/support/ok.h"
#include "tests/support/temp_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

struct Known {
    log::LineNumber line;
    bool is_current;
    bool operator==(const Known&) const = default;
};
void PrintTo(const Known& known, std::ostream* out) {
    *out << "line " << known.line << (known.is_current ? ", current" : "");
}

Event opened() {
    CompanyOpened event;
    event.company_id = kCompany;
    event.log_id = uuid(500);
    event.epoch = 1;
    event.line = 1;
    return event;
}
// Each line is an epoch of its own, for good.
Event activated(log::LineNumber line) {
    return LineActivated{kCompany, line == 1 ? uuid(500) : uuid(500 + line), line, line};
}

// The companies' lines of a directory whose instance says that.
std::vector<Known> surveyed(const std::vector<Event>& said) {
    const TempDirectory directory;
    PosixFiles files;
    FixedIds ids;
    {
        const auto log = ok(log::open_rocksdb_log(files, directory.path(), ids)).log;
        log::Commit commit{.line = log::kInstanceLine, .expected_head = 0};
        for (const Event& event : said)
            commit.records.push_back(encode_record({}, event));
        ok(log->append({&commit, 1}));
    }
    const auto store = ok(
        log::RocksdbStore::open(directory.path() + "/log", log::RocksdbStore::Mode::read_only, {}));
    const auto head = ok(log::find_head(files, directory.path() + "/HEAD"));
    std::vector<Known> known;
    for (const auto& line : ok(repair::survey(files, directory.path(), *store, head, {})).lines)
        if (line.where.line != log::kInstanceLine)
            known.push_back({line.where.line, line.is_current});
    return known;
}

TEST(Survey, KnowsEachLineOnceAndWhichIsCurrent) {
    using Lines = std::vector<Known>;
    EXPECT_EQ(surveyed({opened()}), (Lines{{1, true}}));
    EXPECT_EQ(surveyed({opened(), activated(2)}), (Lines{{1, false}, {2, true}}));
    // Replaced, and taken back.
    EXPECT_EQ(surveyed({opened(), activated(2), activated(1)}), (Lines{{1, true}, {2, false}}));
    // And again, and to and fro.
    EXPECT_EQ(surveyed({opened(), activated(2), activated(1), activated(3)}),
              (Lines{{1, false}, {2, false}, {3, true}}));
    EXPECT_EQ(surveyed({opened(), activated(2), activated(1), activated(3), activated(1)}),
              (Lines{{1, true}, {2, false}, {3, false}}));
}

TEST(Survey, ForgetsTheLinesOfACompanyThatWasClosed) {
    EXPECT_TRUE(
        surveyed({opened(), activated(2), activated(1), CompanyClosed{kCompany, "over"}}).empty());
}

} // namespace
} // namespace daybook::tests
