// Random histories on the RocksDB log and on the log in memory: the same answers, to everything.

#include "tests/engine/log/log_under_test.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::log {
namespace {

const std::vector<PersonBlob> kPersons = {person("Ada"), person("Grace"), person("Mary")};

IndexPut random_put() {
    const auto index = static_cast<Index>(*rc::gen::inRange(1, 5));
    const auto key = std::to_string(*rc::gen::inRange(0, 12));
    if (*rc::gen::inRange(0, 3) == 0)
        return {index, key, std::nullopt};
    return {index, key, "value " + std::to_string(*rc::gen::inRange(0, 1000))};
}

// Now and then with a head that is not the line's, which both logs must refuse.
Commit random_commit(const MemoryEventLog& model) {
    const auto line = *rc::gen::inRange<LineNumber>(0, 4);
    Commit made = commit(line, ok(model.head(line)).revision, {});
    if (*rc::gen::inRange(0, 12) == 0)
        made.expected_head += 1;
    const int size = *rc::gen::element(1, 2, 3, 40, 260);
    made.records =
        records(static_cast<std::size_t>(size), std::to_string(*rc::gen::inRange(0, 99)));
    const int puts = *rc::gen::inRange(0, 4);
    for (int i = 0; i < puts; ++i)
        made.index.push_back(random_put());
    if (*rc::gen::inRange(0, 5) == 0)
        made.persons.push_back(*rc::gen::elementOf(kPersons));
    return made;
}

void answer_alike(FillableLog& log, MemoryEventLog& model) {
    RC_ASSERT(ok(read_everything(log, kPersons)) == ok(read_everything(model, kPersons)));
    RC_ASSERT(ok(log.unfinished_lines()) == ok(model.unfinished_lines()));
    const auto lines = ok(model.lines());
    for (const LineNumber line : lines) {
        const auto size = *rc::gen::inRange<Revision>(0, ok(model.head(line)).revision + 1);
        RC_ASSERT(ok(log.root_at(line, size)) == ok(model.root_at(line, size)));
    }
}

template <class T>
void same_outcome(const Result<T>& real, const Result<T>& model) {
    RC_ASSERT(real.has_value() == model.has_value());
    if (!real.has_value())
        RC_ASSERT(real.error().what == model.error().what);
    else if constexpr (!std::is_void_v<T>)
        RC_ASSERT(*real == *model);
}

void step(RocksdbUnderTest& real, MemoryEventLog& model) {
    const int what = *rc::gen::inRange(0, 12);
    const auto line = *rc::gen::inRange<LineNumber>(0, 4);
    if (what == 0)
        return real.reopen();
    if (what == 1)
        return same_outcome(real.log().sweep(line), model.sweep(line));
    if (what == 2)
        return same_outcome(real.log().show(line, {}), model.show(line, {}));
    if (what <= 4) {
        const Commit batch = random_commit(model);
        return same_outcome(real.log().fill(batch), model.fill(batch));
    }
    std::vector<Commit> group;
    const int commits = *rc::gen::inRange(0, 4);
    for (int i = 0; i < commits; ++i)
        group.push_back(random_commit(model));
    same_outcome(real.log().append(group), model.append(group));
}

void answers_as_the_log_in_memory_does() {
    RocksdbUnderTest real;
    MemoryEventLog model;
    const int steps = *rc::gen::inRange(1, 20);
    for (int i = 0; i < steps; ++i)
        step(real, model);
    answer_alike(real.log(), model);
    real.reopen();
    answer_alike(real.log(), model);
}

// Opening a store takes as long as a hundred appends, so a case is long and there are few of them:
// a tenth of what RC_PARAMS asks for.
TEST(RocksdbEventLog, AnswersAsTheLogInMemoryDoes) {
    auto parameters = rc::detail::configuration().testParams;
    parameters.maxSuccess = std::max(1, parameters.maxSuccess / 10);
    const auto result = rc::detail::checkTestable(&answers_as_the_log_in_memory_does,
                                                  rc::detail::TestMetadata(), parameters);
    std::ostringstream message;
    rc::detail::printResultMessage(result, message);
    EXPECT_TRUE(result.is<rc::detail::SuccessResult>())
        << message.str() << "\nseed=" << parameters.seed;
}

} // namespace
} // namespace daybook::log
