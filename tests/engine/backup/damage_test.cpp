// Every bit of a small backup flipped, every truncation: refused, and located.
#include "tests/engine/backup/small_book.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

class DamagedBackup : public ::testing::Test {
  protected:
    DamagedBackup() { open_small_book(desk); }
    Desk desk;
};

TEST_F(DamagedBackup, IsSoundBefore) {
    const auto found = ok(verified(backup_bytes(desk)));
    EXPECT_EQ(found.events, desk.head());
    EXPECT_EQ(found.persons, 1u);
    EXPECT_EQ(found.persons_absent, 0u);
}

// The part of the archive that a byte belongs to, as a reader would name it.
std::string part_at(const std::vector<Piece>& pieces, std::size_t at) {
    for (const Piece& piece : pieces)
        if (at < piece.entry.at + backup::extent_of(piece.entry))
            return piece.entry.name;
    return "";
}

TEST_F(DamagedBackup, IsRefusedAndLocatedWhicheverBitIsFlipped) {
    std::string bytes = backup_bytes(desk);
    const std::vector<Piece> pieces = pieces_of(bytes);
    std::size_t refused = 0, located = 0, without_consequence = 0;
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
        const auto found = verified(bytes);
        bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
        refused += found.has_value() ? 0 : 1;
        const std::string part = part_at(pieces, bit / 8);
        const std::string said = found.has_value() ? "" : found.error().what;
        const bool in_the_end =
            part.empty()
            && (said.find("directory") != said.npos || said.find("end of the file") != said.npos
                || said.find("entr") != said.npos || said.find("seal") != said.npos);
        // Now and then what is deflated differs and unfolds to the same.
        const std::string folder = part.substr(0, part.find('/') + 1);
        const bool same_content = said.find("of every entry is whole") != said.npos
                                  && (folder == "schema/" || folder == "readable/");
        const bool right =
            in_the_end || same_content || (!part.empty() && said.find(part) != said.npos);
        located += right ? 1 : 0;
        without_consequence += same_content ? 1 : 0;
        ASSERT_TRUE(right) << "bit " << bit << " of " << part << ": " << said;
    }
    EXPECT_LT(without_consequence, bytes.size() * 8 / 1'000);
    EXPECT_EQ(refused, bytes.size() * 8);
    EXPECT_EQ(located, refused);
}

TEST_F(DamagedBackup, IsRefusedAtWhateverByteItWasCut) {
    const std::string bytes = backup_bytes(desk);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(verified(bytes.substr(0, size)).has_value()) << size;
}

TEST_F(DamagedBackup, IsRefusedWithAnythingInFrontOrBehind) {
    const std::string bytes = backup_bytes(desk);
    EXPECT_FALSE(verified(bytes + "x").has_value());
    EXPECT_FALSE(verified("x" + bytes).has_value());
    EXPECT_FALSE(verified(bytes + bytes).has_value());
}

TEST_F(DamagedBackup, IsNotOverwrittenByAnother) {
    const TempDirectory directory;
    PosixFiles real;
    PosixLargeFiles large;
    const std::string path = directory / "a.daybook";
    ok(backup::write_backup({real, large, desk.log, test_key(), test_ids()}, path, subject_of(desk),
                            {}, readable(), nullptr, kShortSchema));
    // What is there is not overwritten, and stays.
    const std::string before = ok(real.read_all(path));
    const auto again =
        backup::write_backup({real, large, desk.log, test_key(), test_ids()}, path,
                             subject_of(desk), {}, readable(), nullptr, kShortSchema);
    EXPECT_EQ(kind_of_failure(again), ErrorKind::conflict);
    EXPECT_EQ(ok(real.read_all(path)), before);
    EXPECT_EQ(ok(real.list(directory.path())).size(), 1u);
}

} // namespace
} // namespace daybook::tests
