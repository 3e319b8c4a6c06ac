// A disk that takes no more: views lag and say why, the process goes on, and once it does again
// they catch up by themselves.
#include "tests/projections/random_history.h"
#include "tests/projections/views_fixture.h"

#include <atomic>
#include <gtest/gtest.h>
#include <random>
#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

namespace daybook::tests {
namespace {

using rocksdb::FileOptions;
using rocksdb::FSWritableFile;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

struct Disk {
    std::atomic<bool> refuses = false;
};

class FillableFile final : public rocksdb::FSWritableFileOwnerWrapper {
  public:
    FillableFile(std::unique_ptr<FSWritableFile> file, Disk& disk)
        : FSWritableFileOwnerWrapper(std::move(file)), disk_(disk) {}
    using FSWritableFileOwnerWrapper::Append;
    IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
        if (disk_.refuses)
            return IOStatus::IOError("the disk takes no more");
        return FSWritableFileOwnerWrapper::Append(data, options, debug);
    }
    IOStatus Append(const Slice& data, const IOOptions& options,
                    const rocksdb::DataVerificationInfo& info, IODebugContext* debug) override {
        if (disk_.refuses)
            return IOStatus::IOError("the disk takes no more");
        return FSWritableFileOwnerWrapper::Append(data, options, info, debug);
    }

  private:
    Disk& disk_;
};

class FillableFileSystem final : public rocksdb::FileSystemWrapper {
  public:
    explicit FillableFileSystem(Disk& disk)
        : FileSystemWrapper(rocksdb::FileSystem::Default()), disk_(disk) {}
    const char* Name() const override { return "FillableFileSystem"; }
    IOStatus NewWritableFile(const std::string& name, const FileOptions& options,
                             std::unique_ptr<FSWritableFile>* result,
                             IODebugContext* debug) override {
        std::unique_ptr<FSWritableFile> file;
        const IOStatus status = FileSystemWrapper::NewWritableFile(name, options, &file, debug);
        if (status.ok() && name.ends_with(".sst"))
            *result = std::make_unique<FillableFile>(std::move(file), disk_);
        else
            *result = std::move(file);
        return status;
    }

  private:
    Disk& disk_;
};

TEST(Views, LagWhileTheDiskRefusesWritesAndThenCatchUp) {
    Disk disk;
    const auto env = rocksdb::NewCompositeEnv(std::make_shared<FillableFileSystem>(disk));
    Books books;
    RandomHistory random(books.ledger, [generator = std::mt19937(1)](std::uint32_t bound) mutable {
        return static_cast<std::uint32_t>(generator() % bound);
    });
    books.commit(random.next_commit());
    books.open(kRealm, {.env = env.get(), .write_buffer_bytes = 64 * 1024});
    const auto commit_until = [&](int commits_max, const auto& done) {
        for (int commits = 0; commits < commits_max && !done(); ++commits)
            books.commit(random.next_commit());
        return done();
    };

    disk.refuses = true;
    ASSERT_TRUE(commit_until(20'000, [&] { return !books.views->lag().trouble.empty(); }));
    EXPECT_NE(books.views->lag().trouble.find("takes no more"), std::string::npos)
        << books.views->lag().trouble;
    books.commit(random.next_commit());
    EXPECT_GT(books.views->lag().behind, 0U);
    EXPECT_LT(books.now()->revision(), books.ledger.now().revision); // What was shown is.
    for (int steps = 0; steps < 5; ++steps) // Another store is begun; that disk refuses it, too.
        EXPECT_FALSE(books.views->catch_up_step().value_or(false));
    EXPECT_NE(books.views->lag().trouble, "");

    disk.refuses = false;
    books.commit(random.next_commit());
    books.catch_up();
    EXPECT_EQ(books.views->lag().behind, 0U);
    EXPECT_EQ(books.views->lag().trouble, "");
    const Hash hash = ok(books.now()->state_hash());
    ok(books.views->rebuild([](const projections::Progress&) {}));
    EXPECT_EQ(ok(books.now()->state_hash()), hash);
    books.close(); // Before the disk it writes to.
}

} // namespace
} // namespace daybook::tests
