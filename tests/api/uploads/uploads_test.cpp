// A piece is taken whole or not at all, also when the disk fails in the middle of it.
#include "api/uploads/uploads.h"

#include "engine/adapters/posix_files.h"
#include "engine/adapters/posix_large_files.h"
#include "engine/log/merkle.h"
#include "tests/support/faulty_files.h"
#include "tests/support/fixed_clock.h"
#include "tests/support/fixed_ids.h"
#include "tests/support/ok.h"
#include "tests/support/temp_directory.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

class Sent : public ::testing::Test {
  protected:
    std::unique_ptr<api::Uploads> open() {
        return ok(api::Uploads::open({files, large_files, clock, ids}, directory.path()));
    }
    std::string content(const api::Uploads& uploads, const Uuid& id) {
        return ok(real.read_all(uploads.file_of(id).value()));
    }

    TempDirectory directory;
    PosixFiles real;
    FaultyFiles files{real};
    PosixLargeFiles large_files;
    FixedClock clock;
    FixedIds ids{1};
};

TEST_F(Sent, ADiskThatFailsInAPieceTakesNothingOfIt) {
    auto uploads = open();
    const Uuid id = uploads->begin("a", 8)->id;
    ASSERT_TRUE(uploads->append(id, {0, "0123", {}}));
    int failed = 0;
    for (std::uint64_t changes = 0;; ++changes) {
        files.fail_after(changes);
        const auto sent = uploads->append(id, {4, "4567", {}});
        files.heal();
        if (sent)
            break;
        ++failed;
        EXPECT_EQ(sent.error().status, 503) << changes;
        EXPECT_EQ(uploads->find(id)->offset, 4U) << changes;
        uploads = open(); // As after a restart.
        EXPECT_EQ(uploads->find(id)->offset, 4U) << changes;
    }
    EXPECT_GE(failed, 3); // Write, sync, and the note.
    EXPECT_EQ(content(*uploads, id), "01234567");
}

TEST_F(Sent, OnlyTheNextPieceIsTakenAndOnlyAsItWasSent) {
    const auto uploads = open();
    const Uuid id = uploads->begin("a", 8)->id;
    const auto code = [&](const api::Piece& piece) {
        const auto sent = uploads->append(id, piece);
        return sent ? std::string() : sent.error().code;
    };
    EXPECT_EQ(code({1, "0", {}}), "upload_offset_mismatch");
    EXPECT_EQ(code({0, "0123", log::sha256("0124")}), "digest_mismatch");
    EXPECT_EQ(code({0, "012345678", {}}), "body_too_large");
    EXPECT_EQ(code({0, "0123", log::sha256("0123")}), "");
    EXPECT_EQ(code({0, "0123", log::sha256("0123")}), "upload_offset_mismatch");
    EXPECT_EQ(uploads->file_of(id).error().code, "upload_incomplete");
}

TEST_F(Sent, WhatNobodyGoesOnWithExpires) {
    const auto uploads = open();
    const Uuid old = uploads->begin("a", 8)->id;
    clock.advance(std::chrono::hours(24 * 6));
    const Uuid young = uploads->begin("b", 8)->id;
    EXPECT_TRUE(uploads->expire().empty());
    clock.advance(std::chrono::hours(24 * 2));
    EXPECT_EQ(uploads->expire(), std::vector<Uuid>{old});
    EXPECT_FALSE(uploads->find(old));
    EXPECT_TRUE(uploads->find(young));
    EXPECT_FALSE(ok(real.exists(uploads->folder_of(old))));
    EXPECT_EQ(open()->all().size(), 1U);
}

} // namespace
} // namespace daybook::tests
