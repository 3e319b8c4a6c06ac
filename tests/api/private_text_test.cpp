#include "api/private_text.h"

#include "engine/log/memory_event_log.h"
#include "engine/log/merkle.h"
#include "tests/support/fixed_ids.h"
#include "tests/support/ok.h"

#include <gtest/gtest.h>

namespace daybook::api {
namespace {

TEST(PrivateText, HasAnotherNameEachTimeItIsSealed) {
    tests::FixedIds ids;
    const auto first = seal(ids, Json("call first"), "private_notes");
    const auto second = seal(ids, Json("call first"), "private_notes");
    EXPECT_NE(first.blob.name, second.blob.name);
    EXPECT_EQ(first.blob.name, log::sha256(first.blob.bytes));
    EXPECT_EQ(first.blob.bytes.substr(16), R"("call first")");
    EXPECT_EQ(first.role, "private_notes");
}

TEST(PrivateText, IsReadBackUntilItIsErased) {
    tests::FixedIds ids;
    log::MemoryEventLog log;
    Json contacts;
    contacts.set("phone", "1");
    contacts.set("email", "a@b.c");
    const auto sealed = seal(ids, contacts, "contacts");
    EXPECT_FALSE(tests::ok(unseal(log, 1, sealed.blob.name)));
    const log::Commit commit{1, 0, {"record"}, {}, {sealed.blob}};
    tests::ok(log.append(std::span(&commit, 1)));
    const auto read = tests::ok(unseal(log, 1, sealed.blob.name));
    ASSERT_TRUE(read);
    EXPECT_EQ(to_canonical_json(*read), to_canonical_json(contacts));
}

TEST(PrivateText, IsCalledDamagedWhenItIsNoneOfOurs) {
    log::MemoryEventLog log;
    const std::string bytes = "sixteen bytes ..{";
    const Hash name = log::sha256(bytes);
    const log::Commit commit{1, 0, {"record"}, {}, {{name, bytes}}};
    tests::ok(log.append(std::span(&commit, 1)));
    EXPECT_EQ(tests::kind_of_failure(unseal(log, 1, name)), ErrorKind::corrupt);
}

TEST(PrivateText, KeepsItsNameAsLongAsItSaysTheSame) {
    tests::FixedIds ids;
    log::MemoryEventLog log;
    const auto sealed = seal(ids, Json("old"), "private_notes");
    const log::Commit commit{1, 0, {"record"}, {}, {sealed.blob}};
    tests::ok(log.append(std::span(&commit, 1)));
    std::vector<command::NewPerson> persons;
    const Sealing sealing{ids, log, 1, persons};
    const std::optional<Hash> before = sealed.blob.name;
    const auto keep_or_seal = [&](const Json& content) {
        return tests::ok(sealing.keep_or_seal(before, content, "private_notes"));
    };
    EXPECT_EQ(keep_or_seal("old"), before);
    EXPECT_EQ(keep_or_seal(nullptr), std::nullopt);
    EXPECT_TRUE(persons.empty());
    EXPECT_NE(keep_or_seal("new"), before);
    EXPECT_EQ(persons.size(), 1u);
}

} // namespace
} // namespace daybook::api
