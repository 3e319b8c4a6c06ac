#include "api/backups/download_link.h"

#include "tests/support/ok.h"

#include <gtest/gtest.h>

namespace daybook::api {
namespace {

using custody::CustodyBook;
using custody::Link;

Uuid numbered(std::uint8_t number) {
    Uuid id;
    id.bytes[6] = 0x70;
    id.bytes[8] = 0x80;
    id.bytes[15] = number;
    return id;
}

constexpr Timestamp kNow{1'790'000'000'000'000};
constexpr Timestamp kLater{kNow.micros + 3'600'000'000};

class DownloadLinkTest : public ::testing::Test {
  protected:
    DownloadLinkTest() {
        issue(numbered(1), numbered(8));
        issue(numbered(2), numbered(9));
    }

    void issue(const Uuid& link, const Uuid& backup) {
        CustodyNoted noted;
        noted.options = {{std::string(custody::kLink), to_text(link)},
                         {std::string(custody::kExpiresAt), to_text(kLater)}};
        apply(backup, LinkIssued{noted});
    }
    void apply(const Uuid& backup, Event event) {
        RecordedEvent recorded{{}, std::move(event)};
        recorded.envelope.entity = {EntityKind::backup, backup};
        recorded.envelope.recorded_at = kNow;
        book_.apply(recorded);
    }
    std::string token(std::uint8_t link) { return link_token(key_, *book_.link(numbered(link))); }
    auto open(std::string_view token, Timestamp now = kNow) {
        return open_link(book_, key_.public_key(), token, now);
    }

    CustodyBook book_;
    log::SigningKey key_ = log::SigningKey::generate();
};

TEST_F(DownloadLinkTest, OpensItsOwnBackupUntilItExpires) {
    EXPECT_EQ(open(token(1))->backup, numbered(8));
    EXPECT_EQ(open(token(2))->backup, numbered(9));
    EXPECT_TRUE(open(token(1), Timestamp{kLater.micros - 1}));
    EXPECT_EQ(open(token(1), kLater).error(), LinkRefusal::expired);
}

TEST_F(DownloadLinkTest, OpensNothingOnceItIsRevoked) {
    CustodyNoted noted;
    noted.options = {{std::string(custody::kLink), to_text(numbered(1))}};
    apply(numbered(8), LinkRevoked{noted});
    EXPECT_EQ(open(token(1)).error(), LinkRefusal::revoked);
    EXPECT_TRUE(open(token(2)));
}

// Whatever is changed in it, to whatever else it could be.
TEST_F(DownloadLinkTest, CannotBeMadeUp) {
    const std::string sound = token(1);
    constexpr std::string_view kAlphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (std::size_t at = 0; at < sound.size(); ++at) {
        std::string forged = sound;
        forged[at] = kAlphabet[(kAlphabet.find(forged[at]) + 1) % kAlphabet.size()];
        EXPECT_EQ(open(forged).error(), LinkRefusal::unknown) << at;
    }
    for (const std::string& forged :
         {std::string(), sound + "A", sound.substr(1), sound + "=", std::string(107, 'A'),
          token(2).substr(0, 22) + sound.substr(22)}) // One link's id, another's signature.
        EXPECT_EQ(open(forged).error(), LinkRefusal::unknown) << forged;
    EXPECT_EQ(open(link_token(log::SigningKey::generate(), *book_.link(numbered(1)))).error(),
              LinkRefusal::unknown);
    Link longer = *book_.link(numbered(1)); // Signed for another expiry than was noted.
    longer.expires_at = Timestamp{kLater.micros + 1};
    EXPECT_EQ(open(link_token(key_, longer)).error(), LinkRefusal::unknown);
}

} // namespace
} // namespace daybook::api
