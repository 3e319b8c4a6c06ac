// S(e,k): what a thing is at one of its versions, with returns inside returns.
#include "engine/command/fold.h"
#include "tests/engine/command/desk.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::tests {
namespace {

using command::fold;

ClientCreated named(const std::string& name) { return {business(name)}; }

// The history of one client, and what reads it.
struct Versions {
    std::vector<Event> events;
    mutable std::vector<Version> asked;

    Result<RecordedEvent> operator()(Version version) const {
        asked.push_back(version);
        if (version == 0 || version > events.size())
            return fail(ErrorKind::corrupt, "no such version");
        return RecordedEvent{{}, events[version - 1]};
    }
    std::string name_at(Version version) const {
        const domain::State state = ok(fold(version, std::cref(*this)));
        const auto* client = std::get_if<domain::ClientState>(&state);
        return client ? client->profile.party.name : "";
    }
};

ClientChanged renamed(const std::string& name) {
    ClientChanged changed;
    changed.profile = business(name);
    return changed;
}

TEST(Fold, OfNoVersionIsNothing) {
    const Versions versions;
    EXPECT_FALSE(domain::exists(ok(fold(0, std::cref(versions)))));
    EXPECT_TRUE(versions.asked.empty());
}

TEST(Fold, FollowsReturnsInsideReturns) {
    const Versions versions{{named("a"),   // 1
                             renamed("b"), // 2
                             Returned{1},  // 3 = a
                             renamed("c"), // 4
                             Returned{0},  // 5 = not there
                             Returned{4},  // 6 = c: the return is taken back
                             Returned{3},  // 7 = a: a return to a return
                             renamed("d")},
                            {}};
    const char* const expected[] = {"", "a", "b", "a", "c", "", "c", "a", "d"};
    for (Version version = 0; version < std::size(expected); ++version)
        EXPECT_EQ(versions.name_at(version), expected[version]) << version;
}

TEST(Fold, ReadsOnlyThePathThatLeadsToTheVersion) {
    const Versions versions{{named("a"), renamed("b"), renamed("c"), Returned{1}, renamed("d")},
                            {}};
    EXPECT_EQ(versions.name_at(5), "d");
    EXPECT_EQ(versions.asked, (std::vector<Version>{5, 4, 1}));
}

TEST(Fold, RefusesAReturnToTheFuture) {
    for (const Version to : {2u, 3u}) {
        const Versions versions{{named("a"), Returned{to}}, {}};
        EXPECT_EQ(kind_of_failure(fold(2, std::cref(versions))), ErrorKind::corrupt) << to;
    }
}

TEST(Fold, RefusesAnEventThatDoesNotFollow) {
    const Versions versions{{renamed("a")}, {}};
    EXPECT_FALSE(fold(1, std::cref(versions)).has_value());
}

RC_GTEST_PROP(Fold, OfAReturnIsTheVersionReturnedTo, ()) {
    Versions versions{{named("0")}, {}};
    std::vector<std::string> expected{"", "0"};
    const int count = *rc::gen::inRange(1, 40);
    for (int i = 1; i <= count; ++i) {
        const auto to = *rc::gen::inRange<Version>(0, static_cast<Version>(expected.size()));
        if (expected.back().empty() || *rc::gen::arbitrary<bool>()) {
            versions.events.emplace_back(Returned{to});
            expected.push_back(expected[to]);
        } else {
            versions.events.emplace_back(renamed(std::to_string(i)));
            expected.push_back(std::to_string(i));
        }
    }
    for (Version version = 0; version < expected.size(); ++version)
        RC_ASSERT(versions.name_at(version) == expected[version]);
}

TEST(Fold, FindsTheNewestVersionOfAThingInTheLog) {
    Desk desk;
    desk.open_books();
    const EntityRef client{EntityKind::client, kClient.value};
    for (Version version = 1; version <= 9; ++version) {
        EXPECT_EQ(ok(command::newest_version(desk.log, desk.line().line, client)), version);
        committed(desk.ask(
            asking(domain::ChangeClient{kClient, business("Name " + std::to_string(version))})));
    }
    EXPECT_EQ(ok(command::newest_version(desk.log, desk.line().line, {EntityKind::client, {}})),
              0U);
    const auto state = ok(command::fold_thing(desk.log, desk.line().line, client, 4));
    EXPECT_EQ(std::get<domain::ClientState>(state).profile.party.name, "Name 3");
}

} // namespace
} // namespace daybook::tests
