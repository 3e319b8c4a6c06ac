// HEAD held against the chain of the log: no bit of it flips in silence, and what a power cut
// leaves is told from what damage does.
#include "engine/audit/head_audit.h"

#include "engine/log/head_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

log::ChainPosition end_of_group(std::uint64_t group) {
    Uuid realm;
    realm.bytes.fill(0xAB);
    return {realm, group, log::sha256(std::to_string(group)), 100 * group};
}

audit::Ends ends_up_to(std::uint64_t last) {
    audit::Ends ends;
    for (std::uint64_t group = last < 4 ? 0 : last - 3; group <= last; ++group)
        ends[group] = end_of_group(group);
    return ends;
}

std::string slot(std::uint64_t group) { return log::encode_slot(end_of_group(group)); }

// The log ends with group `last`.
audit::Report held(const std::string& file, std::uint64_t last) {
    audit::Report report;
    audit::HeadFound found{{.exists = true, .position = {}, .trouble = {}}, file};
    if (const auto position = log::decode_head(file))
        found.head.position = *position;
    else
        report.find("HEAD", position.error().what); // As the chain's audit does.
    if (found.head.position)
        audit::audit_slots(found, ends_up_to(last), report);
    return report;
}

TEST(HeadAudit, FindsNothingInWhatWasWritten) {
    EXPECT_TRUE(held(slot(0) + slot(0), 0).is_sound()); // As it was made.
    EXPECT_TRUE(held(slot(0) + slot(1), 1).is_sound());
    EXPECT_TRUE(held(slot(42) + slot(41), 42).is_sound());
    EXPECT_TRUE(held(slot(42) + slot(41), 43).is_sound()); // Ended before it was acknowledged.
}

TEST(HeadAudit, FindsEachFlippedBit) {
    const std::string sound = slot(42) + slot(41);
    for (std::size_t bit = 0; bit < sound.size() * 8; ++bit) {
        std::string flipped = sound;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
        const audit::Report report = held(flipped, 42);
        ASSERT_FALSE(report.is_sound()) << "bit " << bit;
        ASSERT_THAT(report.notes, IsEmpty()) << "bit " << bit;
    }
    EXPECT_EQ(held(std::string(1, 'X') + sound.substr(1), 42).findings.front().where,
              "HEAD, slot 0");
}

TEST(HeadAudit, TellsASlotThatACutToreFromOneThatIsDamaged) {
    const std::string empty(log::kSlotBytes, '\0');
    const auto note = HasSubstr("slot 1: it was being written when the machine stopped");
    const std::string torn = slot(43).substr(0, 60) + slot(41).substr(60);
    for (const std::string& written : {empty, torn}) {
        const audit::Report report = held(slot(42) + written, 43);
        EXPECT_TRUE(report.is_sound());
        EXPECT_THAT(report.notes, ElementsAre(note));
        // Where nothing was being written, it is damage.
        EXPECT_FALSE(held(slot(42) + written, 42).is_sound());
    }
    std::string flipped = slot(43);
    flipped[50] ^= 1;
    EXPECT_FALSE(held(slot(42) + flipped, 43).is_sound());
}

TEST(HeadAudit, FindsASlotThatIsOlderThanItCanBe) {
    EXPECT_FALSE(held(slot(42) + slot(39), 42).is_sound());
}

} // namespace
} // namespace daybook::tests
