#include "engine/domain/outcome.h"
#include "tests/support/given_when_then.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

const FileId kFile = id<FileId>(90);

AttachFile attach(EntityRef owner = ref(kClient), FileId file = kFile) {
    FileAttached attached;
    attached.owner = owner;
    attached.blob.bytes[0] = 7;
    attached.name = "contrat.pdf";
    attached.media_type = "application/pdf";
    attached.size = 1'000;
    return {file, attached};
}

TEST(File, IsAttachedToAnythingThatIsThere) {
    Story story;
    EXPECT_EQ(only<FileAttached>(story.accepts(attach())), attach().file);
    story.accepts(attach(ref(kCompany), id<FileId>(91)));
    story.refuses(attach({EntityKind::client, id<ClientId>(99).value}, id<FileId>(92)),
                  Code::not_found);
    story.refuses(attach(ref(kFile), id<FileId>(92)), Code::not_found);
}

TEST(File, NeedsANameAndBytes) {
    Story story;
    AttachFile command = attach();
    command.file.name = " ";
    command.file.size = 0;
    const Refusal refusal = story.refuses(command, Code::missing_member);
    EXPECT_EQ(fault_at(refusal, "/name"), "missing_member");
    EXPECT_EQ(fault_at(refusal, ""), "missing_member");
    command = attach();
    command.file.role = std::string(101, 'x');
    story.refuses(command, Code::text_too_long);
}

TEST(File, IsDetachedOnce) {
    Story story;
    story.accepts(attach());
    const auto detached = only<FileDetached>(story.accepts(DetachFile{kFile, "wrong client"}));
    EXPECT_EQ(detached.blob, attach().file.blob);
    EXPECT_EQ(detached.owner, ref(kClient));
    EXPECT_TRUE(story.accepts(DetachFile{kFile, "again"}).empty());
    story.refuses(DetachFile{id<FileId>(99), {}}, Code::not_found);
}

} // namespace
} // namespace daybook::tests
