// Files that the books name travel with them: whole, checked, or left out and told.
#include "engine/backup/attachment_restore.h"
#include "tests/engine/backup/small_book.h"

#include <gmock/gmock.h>

namespace daybook::tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class AttachmentsOfABackup : public ::testing::Test {
  protected:
    AttachmentsOfABackup() {
        open_small_book(desk);
        store = ok(log::BlobStore::open(files, large_files, directory / "blobs"));
    }

    static Hash keep(log::BlobStore& into, std::string_view bytes) {
        const auto incoming = ok(into.receive());
        ok(incoming->take(bytes));
        const Hash name = incoming->name();
        ok(incoming->keep());
        return name;
    }
    void attach(std::string_view bytes, std::uint32_t number) {
        FileAttached file;
        file.owner = {EntityKind::client, kClient.value};
        file.blob = log::sha256(bytes);
        file.name = "file";
        file.size = bytes.size();
        CHECK(std::holds_alternative<command::Committed>(
                  desk.ask(asking(domain::AttachFile{id<FileId>(number), file}))),
              "a file is attached");
    }
    backup::Written write(const std::string& path, bool with_attachments = true) {
        backup::Options options;
        options.attachments = with_attachments;
        return ok(backup::write_backup(
            {files, large_files, desk.log, test_key(), test_ids(), store.get()}, path,
            subject_of(desk), options, readable(), nullptr, kShortSchema));
    }
    std::vector<std::string> attachments_in(const std::string& path) {
        std::vector<std::string> names;
        for (const Piece& piece : pieces_of(ok(files.read_all(path))))
            if (piece.entry.name.starts_with("attachments/"))
                names.push_back(piece.entry.name.substr(12));
        return names;
    }

    const std::string large = std::string(700'000, 'x'); // Several pieces.
    TempDirectory directory;
    PosixFiles files;
    PosixLargeFiles large_files;
    std::unique_ptr<log::BlobStore> store;
    Desk desk;
};

TEST_F(AttachmentsOfABackup, AreInItOnceByTheirContentAsTheyAre) {
    keep(*store, "hello");
    keep(*store, large);
    attach("hello", 90);
    attach("hello", 91);
    attach(large, 92);
    const backup::Written written = write(directory / "a");
    EXPECT_EQ(written.attachments.files, 2u);
    EXPECT_EQ(written.attachments.bytes, 700'005u);
    const std::string bytes = ok(files.read_all(directory / "a"));
    EXPECT_THAT(bytes, HasSubstr("hello"));
    EXPECT_EQ(attachments_in(directory / "a").size(), 2u);
    EXPECT_EQ(ok(verified(bytes)).attachments, 2u);
    EXPECT_EQ(ok(verified(bytes)).attachments_absent, 0u);
}

TEST_F(AttachmentsOfABackup, AreLeftOutWhenNotWantedOrNotWhatTheyWere) {
    keep(*store, "hello");
    const Hash other = keep(*store, "other");
    attach("hello", 90);
    attach("other", 91);
    attach("never came", 92);
    const backup::Written without = write(directory / "without", false);
    EXPECT_EQ(without.attachments.files, 0u);
    EXPECT_THAT(attachments_in(directory / "without"), ElementsAre());
    EXPECT_EQ(ok(verified(ok(files.read_all(directory / "without")))).attachments_absent, 3u);

    ok(files.replace(directory / ("blobs/" + log::blob_path(other)), "rotten", 0600));
    const backup::Written some = write(directory / "some");
    EXPECT_THAT(some.attachments.missing, ElementsAre(log::sha256("never came")));
    EXPECT_THAT(some.attachments.damaged, ElementsAre(other));
    EXPECT_THAT(attachments_in(directory / "some"), ElementsAre(to_hex(log::sha256("hello"))));
}

TEST_F(AttachmentsOfABackup, GoIntoTheStoreThatTheyAreRestoredTo) {
    keep(*store, "hello");
    keep(*store, large);
    attach("hello", 90);
    attach(large, 91);
    write(directory / "a");
    const auto there = ok(log::BlobStore::open(files, large_files, directory / "there"));
    keep(*there, "hello");
    const auto file = ok(backup::BackupFile::open(
        std::make_unique<MemoryFile>(ok(files.read_all(directory / "a")))));
    EXPECT_EQ(ok(backup::restore_attachments(file, *there)).files, 1u);
    EXPECT_EQ(ok(backup::restore_attachments(file, *there)).files, 0u);
    const auto found = ok(there->find(log::sha256(large)));
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(ok(found->read_at(0, large.size() + 1)), large);
}

TEST_F(AttachmentsOfABackup, ThatNoRecordNamesOrThatAreOtherBytesAreRefused) {
    keep(*store, "hello");
    attach("hello", 90);
    write(directory / "a");
    const std::string bytes = ok(files.read_all(directory / "a"));
    const auto forged = [&](const std::string& name, const std::string& content) {
        std::vector<Piece> pieces = pieces_of(bytes);
        backup::Manifest manifest = manifest_of(bytes);
        for (Piece& piece : pieces)
            if (piece.entry.name.starts_with("attachments/"))
                piece = stored("attachments/" + name, content);
        for (backup::EntryDigest& entry : manifest.entries)
            if (entry.name.starts_with("attachments/"))
                entry = {"attachments/" + name, content.size(), log::sha256(content)};
        return verified(with_manifest(pieces, to_text(manifest)));
    };
    EXPECT_TRUE(forged(to_hex(log::sha256("hello")), "hello"));
    const auto unnamed = forged(to_hex(log::sha256("hullo")), "hullo");
    ASSERT_FALSE(unnamed);
    EXPECT_THAT(unnamed.error().what, HasSubstr("no record names this file"));
    const auto other = forged(to_hex(log::sha256("hello")), "hullo");
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().kind, ErrorKind::corrupt);
    EXPECT_THAT(other.error().what, HasSubstr("another SHA-256"));
}

} // namespace
} // namespace daybook::tests
