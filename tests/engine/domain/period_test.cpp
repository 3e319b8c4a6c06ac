// Locks (domain.md 1): each a thing of its own, lifted only with a reason.
#include "engine/domain/period.h"

#include "tests/support/given_when_then.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

LockPeriod lock(std::uint32_t n, std::string_view through) {
    return {uuid(900 + n), date(through), "month end"};
}
UnlockPeriod unlock(std::uint32_t n) { return {uuid(900 + n), "a late receipt"}; }

TEST(Lock, IsFollowedOnlyByALaterOne) {
    Story story;
    EXPECT_EQ(only<PeriodLocked>(story.accepts(lock(1, "2026-01-31"))),
              (PeriodLocked{date("2026-01-31"), {}}));
    EXPECT_EQ(only<PeriodLocked>(story.accepts(lock(2, "2026-02-28"))),
              (PeriodLocked{date("2026-02-28"), date("2026-01-31")}));
    const Refusal refusal = story.refuses(lock(3, "2026-02-28"), Code::lock_not_later);
    EXPECT_EQ(fault_at(refusal, "/through"), "lock_not_later");
    story.refuses(lock(3, "2026-02-27"), Code::lock_not_later);
}

TEST(Lock, ReachesToTodayAtMost) {
    Story story;
    story.refuses(lock(1, "2026-04-01"), Code::dated_in_future);
    story.accepts(lock(1, "2026-03-31"));
}

TEST(Lock, IsLiftedOnceAndWithAReason) {
    Story story;
    story.refuses(unlock(1), Code::lock_not_found);
    story.accepts(lock(1, "2026-01-31"));
    story.refuses(UnlockPeriod{uuid(901), ""}, Code::reason_required);
    EXPECT_EQ(only<PeriodUnlocked>(story.accepts(unlock(1))),
              (PeriodUnlocked{{}, date("2026-01-31")}));
    story.refuses(unlock(1), Code::lock_not_found);
    story.accepts(lock(2, "2026-01-15"));
}

TEST(Lock, LeavesTheOthersInForceWhenLifted) {
    Story story;
    story.accepts(lock(1, "2026-01-31"));
    story.accepts(lock(2, "2026-02-28"));
    EXPECT_EQ(only<PeriodUnlocked>(story.accepts(unlock(2))),
              (PeriodUnlocked{date("2026-01-31"), date("2026-02-28")}));
    EXPECT_EQ(locked_through(story.books()), date("2026-01-31"));
    EXPECT_EQ(only<PeriodUnlocked>(story.accepts(unlock(1))),
              (PeriodUnlocked{{}, date("2026-01-31")}));
    EXPECT_EQ(locked_through(story.books()), std::nullopt);
}

TEST(Lock, IncludesItsLastDay) {
    Story story;
    const Circumstances now{kCompany, kToday};
    EXPECT_TRUE(date_is_open(story.books(), date("1999-01-01"), now, "/on"));
    story.accepts(lock(1, "2026-02-28"));
    const Allowed inside = date_is_open(story.books(), date("2026-02-28"), now, "/on");
    ASSERT_FALSE(inside);
    EXPECT_EQ(inside.error().code, Code::period_locked);
    EXPECT_EQ(fault_at(inside.error(), "/on"), "period_locked");
    EXPECT_EQ(inside.error().facts, (std::vector{NamedText{"locked_through", "2026-02-28"}}));
    EXPECT_TRUE(date_is_open(story.books(), date("2026-03-01"), now, "/on"));
    EXPECT_TRUE(date_is_open(story.books(), kToday, now, "/on"));
    const Allowed tomorrow = date_is_open(story.books(), add_days(kToday, 1), now, "/on");
    ASSERT_FALSE(tomorrow);
    EXPECT_EQ(tomorrow.error().code, Code::dated_in_future);
}

} // namespace
} // namespace daybook::tests
