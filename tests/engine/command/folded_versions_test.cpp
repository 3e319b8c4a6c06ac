// S(e,k) for many k at once, and the path that leads to one: what history and blame read.
#include "engine/command/fold.h"

#include "tests/support/builders.h"
#include "tests/support/ok.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::command {
namespace {

using namespace tests;

// The events of one client, version by version.
class Story {
  public:
    Version renamed(const std::string& name) {
        ClientProfile profile = business(name);
        return happened(events_.empty() ? Event(ClientCreated{profile})
                                        : Event(ClientChanged{profile, {}}));
    }
    Version returned(Version to) { return happened(Returned{to}); }
    Version newest() const { return static_cast<Version>(events_.size()); }

    VersionReader reader() const {
        return [this](Version version) -> Result<RecordedEvent> {
            RecordedEvent recorded{{}, events_.at(version - 1)};
            recorded.envelope.entity_version = version;
            return recorded;
        };
    }
    std::string name_at(Version version) const { return name_of(ok(fold(version, reader()))); }
    std::vector<Version> path_at(Version version) const {
        std::vector<Version> versions;
        for (const RecordedEvent& recorded : ok(path_to(version, reader())))
            versions.push_back(recorded.envelope.entity_version);
        return versions;
    }
    static std::string name_of(const domain::State& state) {
        const auto* client = std::get_if<domain::ClientState>(&state);
        return client ? client->profile.party.name : "";
    }

  private:
    Version happened(Event event) {
        events_.push_back(std::move(event));
        return newest();
    }
    std::vector<Event> events_;
};

TEST(FoldedVersions, GoesBackThroughReturnsToAnyDepth) {
    Story story;
    const Version a = story.renamed("a");
    const Version b = story.renamed("b");
    const Version back = story.returned(a);
    const Version c = story.renamed("c");
    const Version undone = story.returned(b);
    const Version redone = story.returned(back);
    const Version gone = story.returned(0);
    EXPECT_EQ(story.name_at(back), "a");
    EXPECT_EQ(story.name_at(c), "c");
    EXPECT_EQ(story.name_at(undone), "b");
    EXPECT_EQ(story.name_at(redone), "a");
    EXPECT_EQ(ok(fold(gone, story.reader())), domain::State());
    using Versions = std::vector<Version>;
    EXPECT_EQ(story.path_at(c), (Versions{a, back, c}));
    EXPECT_EQ(story.path_at(undone), (Versions{a, b, undone}));
    EXPECT_EQ(story.path_at(redone), (Versions{a, back, redone}));
    EXPECT_EQ(story.path_at(gone), (Versions{gone}));
}

TEST(FoldedVersions, RefusesAReturnToTheFuture) {
    Story story;
    story.renamed("a");
    story.returned(2);
    EXPECT_EQ(kind_of_failure(fold(2, story.reader())), ErrorKind::corrupt);
    EXPECT_EQ(kind_of_failure(FoldedVersions(story.reader()).at(2)), ErrorKind::corrupt);
}

RC_GTEST_PROP(FoldedVersions, SayWhatFoldingEachSays, ()) {
    Story story;
    story.renamed("first");
    for (int more = *rc::gen::inRange(0, 30); more > 0; --more)
        if (*rc::gen::arbitrary<bool>())
            story.renamed(std::to_string(more));
        else // To a version at which it is there: what is gone cannot be changed.
            story.returned(*rc::gen::inRange<Version>(1, story.newest() + 1));
    FoldedVersions folded(story.reader());
    for (int asked = 0; asked < 40; ++asked) {
        const Version version = *rc::gen::inRange<Version>(0, story.newest() + 1);
        RC_ASSERT(ok(folded.at(version)) == ok(fold(version, story.reader())));
    }
}

TEST(FoldedVersions, ReadEachRecordOnceOnTheWayDown) {
    Story story;
    for (int i = 0; i < 100; ++i)
        story.renamed(std::to_string(i));
    int reads = 0;
    FoldedVersions folded([&](Version version) {
        ++reads;
        return story.reader()(version);
    });
    for (Version version = 100; version > 0; --version)
        EXPECT_EQ(Story::name_of(ok(folded.at(version))), std::to_string(version - 1));
    EXPECT_EQ(reads, 100);
}

} // namespace
} // namespace daybook::command
