#include "engine/backup/sealed_files.h"

#include "tests/engine/backup/small_book.h"
#include "tests/support/fixed_ids.h"

#include <gtest/gtest.h>

namespace daybook::backup {
namespace {

using namespace tests;

constexpr const char* kPhrase = "correct horse battery staple";
constexpr std::size_t kChunk = 1024 * 1024;
constexpr std::size_t kHead = 96; // README.md draws it.

class SealedFilesTest : public ::testing::Test {
  protected:
    std::string seal(const std::string& plain, const char* phrase = kPhrase) {
        SealedFiles sealed(large_files_, ids_, phrase);
        {
            const auto file = ok(sealed.create(path_, 0600));
            for (std::size_t at = 0; at < plain.size(); at += 300'000)
                ok(file->write_at(at, std::string_view(plain).substr(at, 300'000)));
            ok(file->sync());
        }
        std::string bytes = ok(files_.read_all(path_));
        EXPECT_EQ(sealed.written()->bytes, bytes.size());
        EXPECT_EQ(sealed.written()->sha256, log::sha256(bytes));
        return bytes;
    }

    static Result<std::string> opened(std::string sealed, const char* phrase = kPhrase) {
        const auto file = TRY(unseal(std::make_unique<MemoryFile>(std::move(sealed)), phrase));
        return file->read_at(0, 1 << 30);
    }

    TempDirectory directory_;
    const std::string path_ = directory_ / "a.daybook.sealed";
    PosixFiles files_;
    PosixLargeFiles large_files_;
    FixedIds ids_;
};

std::string text_of(std::size_t bytes) {
    std::string text(bytes, '\0');
    std::uint32_t next = 1;
    for (char& c : text)
        c = static_cast<char>((next = next * 1'664'525 + 1'013'904'223) >> 24);
    return text;
}

TEST_F(SealedFilesTest, WhatWasSealedComesBackWithItsPassPhraseWhateverItsLength) {
    for (const std::size_t bytes : {std::size_t{0}, std::size_t{1}, kChunk - 1, kChunk, kChunk + 1,
                                    2 * kChunk, 3 * kChunk + 5}) {
        const std::string plain = text_of(bytes);
        const std::string sealed = seal(plain);
        const std::size_t chunks = std::max<std::size_t>(1, (bytes + kChunk - 1) / kChunk);
        EXPECT_EQ(sealed.size(), kHead + bytes + 17 * chunks);
        EXPECT_EQ(ok(opened(sealed)), plain) << bytes;
    }
}

TEST_F(SealedFilesTest, AnyPartIsReadAtAnyPlace) {
    const std::string plain = text_of(2 * kChunk + 77);
    const auto file = ok(unseal(std::make_unique<MemoryFile>(seal(plain)), kPhrase));
    EXPECT_EQ(ok(file->size()), plain.size());
    for (const std::size_t from : {kChunk - 3, std::size_t{5}, 2 * kChunk, 2 * kChunk + 70})
        EXPECT_EQ(ok(file->read_at(from, 10)), plain.substr(from, 10)) << from;
    EXPECT_EQ(ok(file->read_at(plain.size() + 1, 10)), "");
}

TEST_F(SealedFilesTest, AnotherPassPhraseIsToldApartFromDamage) {
    const std::string sealed = seal("a book");
    EXPECT_EQ(opened(sealed, "correct horse battery stable").error().kind, ErrorKind::invalid);
    EXPECT_EQ(opened("PK\3\4 something else entirely").error().kind, ErrorKind::invalid);
    std::string newer = sealed;
    newer[kSealedMagic.size() - 1] = '2';
    EXPECT_EQ(opened(newer).error().kind, ErrorKind::unsupported);
}

// The key is derived each time, so not each bit here: each byte behind the head, and each field.
TEST_F(SealedFilesTest, DamageIsFoundWhereverItIsBeforeAnythingIsRead) {
    const std::string sealed = seal("a book of a few words");
    for (std::size_t at = kHead - 24; at < sealed.size(); at += 3) {
        std::string damaged = sealed;
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        EXPECT_EQ(opened(damaged).error().kind, ErrorKind::corrupt) << at;
    }
    for (const std::size_t size : {kHead - 1, kHead, kHead + 1, sealed.size() - 1})
        EXPECT_EQ(opened(sealed.substr(0, size)).error().kind, ErrorKind::corrupt) << size;
    EXPECT_EQ(opened(sealed + "x").error().kind, ErrorKind::corrupt);
}

TEST_F(SealedFilesTest, ChunksLeftOutOrPutElsewhereAreFound) {
    const std::string sealed = seal(text_of(3 * kChunk + 5));
    const auto chunk = [&](std::size_t i) {
        return sealed.substr(kHead + i * (kChunk + 17), kChunk + 17);
    };
    const std::string head = sealed.substr(0, kHead);
    EXPECT_EQ(opened(head + chunk(0) + chunk(1) + chunk(2)).error().kind, ErrorKind::corrupt);
    EXPECT_EQ(opened(head + chunk(0) + chunk(2) + chunk(1) + chunk(3)).error().kind,
              ErrorKind::corrupt);
    EXPECT_EQ(opened(head + chunk(1) + chunk(2) + chunk(3)).error().kind, ErrorKind::corrupt);
    EXPECT_EQ(ok(opened(head + chunk(0) + chunk(1) + chunk(2) + chunk(3))).size(), 3 * kChunk + 5);
}

TEST_F(SealedFilesTest, AFileThatAsksForTooMuchMemoryIsRefusedWithoutAllocatingIt) {
    std::string greedy = seal("a book");
    greedy[kSealedMagic.size() + 7] = '\x7f'; // Memory: 2 TiB.
    EXPECT_EQ(opened(greedy).error().kind, ErrorKind::corrupt);
}

TEST_F(SealedFilesTest, ABackupIsMadeReadBackAndVerifiedBehindAPassPhrase) {
    Desk desk;
    open_small_book(desk);
    SealedFiles sealed(large_files_, ids_, kPhrase);
    const Written written =
        ok(write_backup({files_, sealed, desk.log, test_key(), test_ids()}, path_, subject_of(desk),
                        {}, readable(), nullptr, kShortSchema));
    const std::string bytes = ok(files_.read_all(path_));
    EXPECT_EQ(bytes.find("README"), std::string::npos);
    EXPECT_EQ(bytes.find("Dupont"), std::string::npos);
    const auto backup = ok(BackupFile::open(ok(sealed.open_for_reading(path_))));
    EXPECT_EQ(backup.sha256(), written.sha256);
    EXPECT_EQ(ok(verify(backup)).events, desk.head());
    EXPECT_EQ(BackupFile::open(ok(large_files_.open_for_reading(path_))).error().kind,
              ErrorKind::invalid);
}

} // namespace
} // namespace daybook::backup
