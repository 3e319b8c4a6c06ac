// The chain of signing keys: who followed whom, by whose word, and who signed what.
#include "engine/custody/key_chain.h"

#include "engine/log/checkpoint.h"
#include "tests/support/builders.h"
#include "tests/support/ok.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using custody::KeyChain;
using log::SigningKey;

const Uuid kRealm = uuid(7);

struct Keys {
    KeyChain chain;

    void apply(std::uint32_t thing, Event event) {
        RecordedEvent recorded;
        recorded.envelope.actor.realm = kRealm;
        recorded.envelope.entity = {EntityKind::signing_key, uuid(thing)};
        recorded.event = std::move(event);
        chain.apply(recorded);
    }
    void begin(const SigningKey& first) {
        apply(1, SigningKeyIntroduced{custody::as_hash(first.public_key()), {}, {}});
    }
};

std::string signed_by(const SigningKey& key) {
    return ok(log::sign_checkpoint(key, "daybook/test/1", {3, Hash{}}));
}

TEST(KeyChain, FollowsKeysThatTheOneBeforeSigned) {
    const SigningKey first = SigningKey::generate(), second = SigningKey::generate();
    Keys keys;
    keys.begin(first);
    EXPECT_TRUE(keys.chain.is_newest(first.public_key()));
    for (Event& event : custody::succession(first, second.public_key(), kRealm, "a year is over"))
        keys.apply(2, std::move(event));
    ASSERT_EQ(keys.chain.links().size(), 2U);
    EXPECT_TRUE(keys.chain.links()[0].is_vouched);
    EXPECT_TRUE(keys.chain.links()[1].is_vouched);
    EXPECT_EQ(keys.chain.links()[1].id, uuid(2));
    EXPECT_TRUE(keys.chain.is_newest(second.public_key()));
    EXPECT_FALSE(keys.chain.is_newest(first.public_key()));
}

TEST(KeyChain, SaysWhichKeyCameWithoutTheWordOfTheOneBefore) {
    const SigningKey first = SigningKey::generate(), thief = SigningKey::generate();
    const auto introduce = [&](const SigningKey& by, const Uuid& realm) {
        Keys keys;
        keys.begin(first);
        for (Event& event : custody::succession(by, thief.public_key(), realm, "why not"))
            keys.apply(2, std::move(event));
        return keys.chain.links()[1].is_vouched;
    };
    EXPECT_TRUE(introduce(first, kRealm));
    EXPECT_FALSE(introduce(thief, kRealm)) << "signed by itself";
    EXPECT_FALSE(introduce(first, uuid(8))) << "signed for another installation";
    Keys keys;
    keys.begin(first);
    keys.apply(2, SigningKeyIntroduced{custody::as_hash(thief.public_key()),
                                       custody::as_hash(first.public_key()), "c2lnbmVk"});
    EXPECT_FALSE(keys.chain.links()[1].is_vouched) << "no signature at all";
}

TEST(KeyChain, KnowsWhatAFormerKeySigned) {
    const SigningKey first = SigningKey::generate(), second = SigningKey::generate();
    Keys keys;
    keys.begin(first);
    const auto signer = [&](const std::string& checkpoint) {
        return custody::find_signer(keys.chain, second.public_key(), checkpoint);
    };
    EXPECT_EQ(ok(signer(signed_by(second))).key, second.public_key());
    EXPECT_EQ(ok(signer(signed_by(first))).key, first.public_key());
    EXPECT_EQ(kind_of_failure(signer(signed_by(SigningKey::generate()))), ErrorKind::corrupt);
    std::string altered = signed_by(first);
    altered[altered.find("\n3\n") + 1] = '4';
    EXPECT_EQ(kind_of_failure(signer(altered)), ErrorKind::corrupt);
}

} // namespace
} // namespace daybook::tests
