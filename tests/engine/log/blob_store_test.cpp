#include "engine/log/blob_store.h"

#include "engine/adapters/posix_files.h"
#include "engine/adapters/posix_large_files.h"
#include "engine/log/merkle.h"
#include "tests/support/faulty_files.h"
#include "tests/support/ok.h"
#include "tests/support/temp_directory.h"

#include <gtest/gtest.h>

namespace daybook::log {
namespace {

using tests::FaultyFiles;
using tests::ok;
using tests::TempDirectory;

class BlobStoreTest : public ::testing::Test {
  protected:
    std::unique_ptr<BlobStore> open() {
        return ok(BlobStore::open(files_, large_files_, directory_ / "blobs"));
    }
    // Sub-directories and what lies in them, one a line.
    std::string listing() {
        std::string text;
        for (const std::string& name : ok(files_.list(directory_ / "blobs"))) {
            text += name + "\n";
            if (name.size() == 2)
                for (const std::string& blob : ok(files_.list(directory_ / "blobs/" + name)))
                    text += name + "/" + blob + "\n";
        }
        return text;
    }
    static std::string read(const ReadableFile& file) {
        return ok(file.read_at(0, static_cast<std::size_t>(ok(file.size()))));
    }
    static Hash keep(BlobStore& store, std::string_view bytes) {
        const auto incoming = ok(store.receive());
        ok(incoming->take(bytes));
        const Hash name = incoming->name();
        ok(incoming->keep());
        return name;
    }

    TempDirectory directory_;
    PosixFiles real_files_;
    FaultyFiles files_{real_files_};
    PosixLargeFiles large_files_;
};

// SHA-256 of "hello".
const std::string kHello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

TEST_F(BlobStoreTest, NamesAFileByItsContentAndKeepsItOnce) {
    const auto store = open();
    const auto incoming = ok(store->receive());
    ok(incoming->take("hel"));
    ok(incoming->take("lo"));
    EXPECT_EQ(incoming->size(), 5u);
    EXPECT_EQ(incoming->beginning(), "hello");
    EXPECT_EQ(to_hex(incoming->name()), kHello);
    ok(incoming->keep());
    EXPECT_EQ(listing(), "2c\n2c/" + kHello + "\n");
    EXPECT_EQ(to_hex(keep(*store, "hello")), kHello);
    EXPECT_EQ(listing(), "2c\n2c/" + kHello + "\n");
    EXPECT_EQ(read(*ok(store->find(sha256("hello")))), "hello");
    EXPECT_TRUE(ok(store->holds(sha256("hello"))));
}

TEST_F(BlobStoreTest, SaysWhatIsNotThere) {
    const auto store = open();
    EXPECT_FALSE(ok(store->holds(sha256("hello"))));
    EXPECT_EQ(ok(store->find(sha256("hello"))), nullptr);
}

TEST_F(BlobStoreTest, LeavesNothingOfWhatWasNotKept) {
    const auto store = open();
    ok(ok(store->receive())->take("half of a fi"));
    EXPECT_EQ(listing(), "");
}

TEST_F(BlobStoreTest, SweepsAtTheStartWhatACrashLeft) {
    const auto before = open();
    ok(files_.replace(directory_ / "blobs/17.partial", "half of a fi", 0600));
    keep(*before, "hello");
    const auto store = open();
    EXPECT_EQ(listing(), "2c\n2c/" + kHello + "\n");
}

TEST_F(BlobStoreTest, HealsADamagedFileThatComesAgain) {
    const auto store = open();
    keep(*store, "hello");
    ok(files_.replace(directory_ / "blobs/2c/" + kHello, "hallo", 0600));
    keep(*store, "hello");
    EXPECT_EQ(read(*ok(store->find(sha256("hello")))), "hello");
}

TEST_F(BlobStoreTest, TakesTheSameBytesFromTwoAtOnce) {
    const auto store = open();
    const auto one = ok(store->receive());
    const auto other = ok(store->receive());
    ok(one->take("hel"));
    ok(other->take("hello"));
    ok(one->take("lo"));
    ok(other->keep());
    ok(one->keep());
    EXPECT_EQ(listing(), "2c\n2c/" + kHello + "\n");
    EXPECT_EQ(read(*ok(store->find(sha256("hello")))), "hello");
}

TEST_F(BlobStoreTest, HasTheWholeFileOrNoneWhereverTheDiskFails) {
    for (std::uint64_t changes = 0;; ++changes) {
        const TempDirectory directory;
        const auto store = ok(BlobStore::open(files_, large_files_, directory / "blobs"));
        Result<void> kept;
        {
            const auto incoming = ok(store->receive());
            ok(incoming->take("hello"));
            files_.fail_after(changes);
            kept = incoming->keep();
            files_.heal();
        }
        if (const auto found = ok(store->find(sha256("hello")))) {
            EXPECT_EQ(read(*found), "hello");
        }
        if (kept) {
            EXPECT_TRUE(ok(store->holds(sha256("hello"))));
            EXPECT_GE(changes, 2u) << "several steps could fail";
            break;
        }
        EXPECT_EQ(kept.error().kind, ErrorKind::io);
    }
}

} // namespace
} // namespace daybook::log
