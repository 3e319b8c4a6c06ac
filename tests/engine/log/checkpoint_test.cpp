#include "engine/log/checkpoint.h"

#include "engine/adapters/posix_files.h"
#include "engine/log/base64.h"
#include "tests/support/ok.h"
#include "tests/support/temp_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/stat.h>

namespace daybook::log {
namespace {

using testing::HasSubstr;
using tests::kind_of_failure;
using tests::ok;

// The key of RFC 8032 7.1, test 1.
constexpr const char* kPem = "-----BEGIN PRIVATE KEY-----\n"
                             "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
                             "-----END PRIVATE KEY-----\n";

// Made with another implementation (Python's cryptography) from that key, the origin and the root
// of the eight leaves of RFC 6962's tests.
const std::string kOrigin = "example.org/books/1";
const std::string kGolden =
    "example.org/books/1\n"
    "8\n"
    "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n"
    "\n"
    "— example.org/books/1 q+5Gfq+3MW6ijovkMJ7Umf+/is31z6co2loYGxNStQswJsPAECVFyPdI6pT5UulfG0Py"
    "ZXZfHvYEsnmJOD9AzgeFFgw=\n";

LineHead golden_head() {
    return {8, ok(parse_hash("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"))};
}

SigningKey golden_key() { return ok(SigningKey::from_pem(kPem)); }

TEST(Checkpoint, IsTheTextThatOtherImplementationsMake) {
    EXPECT_EQ(ok(sign_checkpoint(golden_key(), kOrigin, golden_head())), kGolden);
    EXPECT_EQ(ok(verify_checkpoint(kGolden, golden_key().public_key())),
              (Checkpoint{kOrigin, golden_head()}));
}

TEST(Checkpoint, IsRefusedWhicheverOfItsBitsFlips) {
    const PublicKey key = golden_key().public_key();
    for (std::size_t bit = 0; bit < kGolden.size() * 8; ++bit) {
        std::string flipped = kGolden;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
        EXPECT_FALSE(verify_checkpoint(flipped, key).has_value()) << "bit " << bit;
    }
}

TEST(Checkpoint, IsRefusedWhenItEndsEarlyOrAnotherKeySignedIt) {
    const PublicKey key = golden_key().public_key();
    for (std::size_t size = 0; size < kGolden.size(); ++size)
        EXPECT_FALSE(verify_checkpoint(kGolden.substr(0, size), key).has_value()) << size;
    const auto refused = verify_checkpoint(kGolden, SigningKey::generate().public_key());
    EXPECT_EQ(kind_of_failure(refused), ErrorKind::corrupt);
    EXPECT_THAT(refused.error().what, HasSubstr("not signed by this key"));
}

TEST(Checkpoint, MayCarrySignaturesOfWitnesses) {
    const std::size_t signatures = kGolden.find("— ");
    const std::string witness = "— witness.example AAAAAAAA\n";
    std::string before = kGolden;
    before.insert(signatures, witness);
    for (const std::string& text : {before, kGolden + witness})
        EXPECT_EQ(ok(verify_checkpoint(text, golden_key().public_key())).head, golden_head());
}

TEST(Checkpoint, NeedsAnOriginThatIsAKeyName) {
    for (const std::string bad : {"", "two words", "a+b", "line\nend", "tab\t"})
        EXPECT_EQ(kind_of_failure(sign_checkpoint(golden_key(), bad, golden_head())),
                  ErrorKind::invalid)
            << bad;
}

RC_GTEST_PROP(Checkpoint, ComesBackFromItsText, (std::uint64_t size, const std::string& content)) {
    const SigningKey key = SigningKey::generate();
    const LineHead head{size, sha256(content)};
    const std::string text = ok(sign_checkpoint(key, kOrigin, head));
    RC_ASSERT(ok(verify_checkpoint(text, key.public_key())).head == head);
}

TEST(SigningKey, SignsAsRfc8032Says) {
    const SigningKey key = golden_key();
    const Signature signature = key.sign("");
    const auto hex = [](auto bytes) {
        Hash hash;
        std::copy_n(bytes.begin(), 32, hash.bytes.begin());
        return to_hex(hash);
    };
    EXPECT_EQ(hex(key.public_key()),
              "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    EXPECT_EQ(hex(signature), "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155");
    EXPECT_TRUE(is_signature(signature, "", key.public_key()));
    EXPECT_FALSE(is_signature(signature, "x", key.public_key()));
}

TEST(SigningKey, IsMadeOnceForItsOwnerAloneAndThenKept) {
    const tests::TempDirectory directory;
    PosixFiles files;
    const PublicKey made = ok(load_or_make_signing_key(files, directory.path())).public_key();
    EXPECT_EQ(ok(load_or_make_signing_key(files, directory.path())).public_key(), made);
    struct stat status {};
    ASSERT_EQ(::stat((directory / "keys/signing.key").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST(SigningKey, IsNeverReplacedWhenItCannotBeRead) {
    const tests::TempDirectory directory;
    PosixFiles files;
    ok(files.make_directory(directory / "keys"));
    ok(files.replace(directory / "keys/signing.key", "not a key", 0600));
    const auto refused = load_or_make_signing_key(files, directory.path());
    EXPECT_EQ(kind_of_failure(refused), ErrorKind::invalid);
    EXPECT_THAT(refused.error().what, HasSubstr("keys/signing.key: not a private key"));
    EXPECT_EQ(ok(files.read_all(directory / "keys/signing.key")), "not a key");
}

TEST(Base64, FollowsTheVectorsOfRfc4648) {
    const std::pair<const char*, const char*> cases[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : cases) {
        EXPECT_EQ(to_base64(bytes), text);
        EXPECT_EQ(from_base64(text), bytes);
    }
}

TEST(Base64, ForgivesNothing) {
    for (const char* bad :
         {"Zg", "Zg=", "Zh==", "Zm9v\n", " Zm9", "Zg==Zg==", "====", "Z===", "Zm9*"})
        EXPECT_EQ(from_base64(bad), std::nullopt) << bad;
}

} // namespace
} // namespace daybook::log
