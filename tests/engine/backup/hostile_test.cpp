// Files that were made to do harm, or by somebody else: refused with the reason, before they cost
// anything.
#include "engine/backup/zstd_frame.h"
#include "tests/engine/backup/small_book.h"

#include <gmock/gmock.h>

namespace daybook::tests {
namespace {

using testing::HasSubstr;

class HostileBackup : public ::testing::Test {
  protected:
    HostileBackup() {
        open_small_book(desk);
        bytes = backup_bytes(desk);
        pieces = pieces_of(bytes);
    }

    static void expect_refused(std::string file, ErrorKind kind, const std::string& why) {
        const auto found = verified(std::move(file));
        ASSERT_FALSE(found.has_value());
        EXPECT_EQ(found.error().kind, kind) << found.error().what;
        EXPECT_THAT(found.error().what, HasSubstr(why));
    }
    // The manifest's text with one part of it replaced, and signed again.
    std::string with_manifest_saying(const std::string& instead, const std::string& of) {
        std::string text = piece_named(pieces, "manifest.json").bytes;
        const std::size_t at = text.find(of);
        CHECK(at != text.npos, "the manifest says so");
        return with_manifest(pieces, text.replace(at, of.size(), instead));
    }

    Desk desk;
    std::string bytes;
    std::vector<Piece> pieces;
};

TEST_F(HostileBackup, PutTogetherAnewWithoutChangeIsTheSameFile) { EXPECT_EQ(pack(pieces), bytes); }

TEST_F(HostileBackup, OfAnotherKindIsNoBackup) {
    expect_refused("", ErrorKind::invalid, "not a backup");
    expect_refused("name,total\r\n", ErrorKind::invalid, "not a backup");
    expect_refused("PK\x05\x06" + std::string(18, '\0'), ErrorKind::invalid, "not a backup");
    expect_refused(pack({stored("schema/a.fbs", "x")}), ErrorKind::invalid, "no manifest");
}

TEST_F(HostileBackup, OfAnotherProductOrANewerReleaseSaysSo) {
    expect_refused(with_manifest_saying("\"product\":\"Ledgerly\"", "\"product\":\"Daybook\""),
                   ErrorKind::invalid, "another product");
    expect_refused(with_manifest_saying("\"format\":2,\"more\":1", "\"format\":1"),
                   ErrorKind::unsupported, "newer release");
}

TEST_F(HostileBackup, HasNoNameThatLeadsElsewhere) {
    for (const char* name : {"../evil", "/etc/passwd", "schema/../../evil", "schema/.hidden",
                             "schema\\evil", "C:evil", "schema/", "", "other/file", "schema/a/b",
                             "SCHEMA/a.fbs", "manifest.json ", "schema/n\xc3\xa9"}) {
        auto changed = pieces;
        changed[1].entry.name = name;
        expect_refused(pack(changed), ErrorKind::corrupt, "a name that no backup has");
    }
}

TEST_F(HostileBackup, HasEachEntryOnce) {
    auto twice = pieces;
    twice.insert(twice.begin() + 2, twice[1]);
    expect_refused(pack(twice), ErrorKind::corrupt, "a second entry of that name");
    auto manifests = pieces;
    manifests.push_back(piece_named(pieces, "manifest.json"));
    expect_refused(pack(manifests), ErrorKind::corrupt, "a second entry of that name");
}

TEST_F(HostileBackup, HasNoEntryThatTheManifestDoesNotList) {
    auto more = pieces;
    more.insert(more.begin() + 1, stored("attachments/x", "hidden"));
    expect_refused(pack(more), ErrorKind::corrupt, "manifest.json");
    auto fewer = pieces;
    fewer.erase(fewer.begin() + 1);
    expect_refused(pack(fewer), ErrorKind::corrupt, "manifest.json");
    auto other = pieces;
    other[1] = stored(other[1].entry.name, std::string(other[1].entry.size, 'x'));
    expect_refused(pack(other), ErrorKind::corrupt, "schema/short.fbs");
}

TEST_F(HostileBackup, HasNoLinkAndNothingElseThatOursHaveNot) {
    // A symbolic link is a mode in the directory.
    const std::string plain = backup::central_header(pieces[1].entry);
    for (std::size_t byte = 0; byte < 46; ++byte) {
        std::string changed = bytes;
        const std::size_t at = changed.rfind(plain);
        changed[at + byte] = static_cast<char>(changed[at + byte] ^ 0x20);
        changed.resize(changed.size() - backup::kSealBytes);
        EXPECT_FALSE(verified(changed + to_hex(log::sha256(changed))).has_value()) << byte;
    }
}

TEST_F(HostileBackup, HasNoSizesThatDisagree) {
    auto larger = pieces;
    piece_named(larger, "README").entry.size += 1;
    expect_refused(pack(larger), ErrorKind::corrupt, "sizes disagree");
    auto unfolding = pieces;
    piece_named(unfolding, "readable/").entry.size += 1;
    EXPECT_FALSE(verified(pack(unfolding)).has_value());
    auto beyond = pieces;
    piece_named(beyond, "README").entry.stored = piece_named(beyond, "README").entry.size =
        0xffff'ff00;
    EXPECT_FALSE(verified(pack(beyond)).has_value());
}

TEST_F(HostileBackup, DoesNotUnfoldToThousandsOfTimesItsSize) {
    auto bomb = pieces;
    piece_named(bomb, "readable/").entry.size = std::uint64_t{1} << 50;
    expect_refused(pack(bomb), ErrorKind::corrupt, "a thousand times");
    auto many = pieces;
    piece_named(many, "readable/").entry.size = 40 << 20;
    piece_named(many, "schema/").entry.size = 40 << 20;
    expect_refused(pack(many), ErrorKind::corrupt, "a thousand times");
    // A frame that unfolds to a gigabyte, listed and signed as it should be.
    const std::string frame = backup::to_zstd(std::string(64 << 20, '\0'));
    auto block = pieces;
    Piece& events = piece_named(block, "events/");
    const std::string name = events.entry.name;
    const std::string old = to_hex(log::sha256(events.bytes));
    const std::size_t old_size = events.bytes.size();
    events = stored(name, frame);
    std::string manifest = piece_named(block, "manifest.json").bytes;
    manifest.replace(manifest.find(old), old.size(), to_hex(log::sha256(frame)));
    const std::string size_text = name + "\",\"size\":" + std::to_string(old_size);
    manifest.replace(manifest.find(size_text), size_text.size(),
                     name + "\",\"size\":" + std::to_string(frame.size()));
    expect_refused(with_manifest(block, manifest), ErrorKind::corrupt, "are the limit");
}

// ---- records ---------------------------------------------------------------------------------

TEST_F(HostileBackup, OfRecordsAsTheyAreIsSound) {
    EXPECT_TRUE(verified(backup_of_records(desk, records_of(desk))).has_value());
}

TEST_F(HostileBackup, HasItsEventsInOrderWithoutGapOrAddition) {
    const std::vector<std::string> sound = records_of(desk);
    auto swapped = sound;
    std::swap(swapped[1], swapped[2]);
    expect_refused(backup_of_records(desk, swapped), ErrorKind::corrupt, "event 2");
    auto dropped = sound;
    dropped.erase(dropped.begin() + 2);
    expect_refused(backup_of_records(desk, dropped), ErrorKind::corrupt, "event 3");
    auto inserted = sound;
    inserted.insert(inserted.begin() + 2, inserted[1]);
    expect_refused(backup_of_records(desk, inserted), ErrorKind::corrupt, "event 3");
    auto cut = sound;
    cut.pop_back();
    EXPECT_FALSE(verified(backup_of_records(desk, cut)).has_value());
    auto nonsense = sound;
    nonsense[1] = "nonsense";
    expect_refused(backup_of_records(desk, nonsense), ErrorKind::corrupt, "event 2");
}

TEST_F(HostileBackup, HasNoEventOfAnotherCompany) {
    auto foreign = records_of(desk);
    RecordedEvent other = ok(decode_record(foreign.back()));
    other.envelope.log_id = uuid(4711);
    foreign.back() = encode_record(other.envelope, other.event);
    expect_refused(backup_of_records(desk, foreign), ErrorKind::corrupt, "another book");
}

TEST_F(HostileBackup, LacksNoPersonalDataUnlessARecordSaysThatTheyWereErased) {
    auto records = records_of(desk);
    expect_refused(backup_of_records(desk, records, false), ErrorKind::corrupt,
                   "no record says that they were erased");
    RecordedEvent last = ok(decode_record(records.back()));
    const Hash name = last.envelope.blobs.at(0).sha256;
    last.envelope.blobs.clear();
    last.envelope.revision = last.envelope.commit_first = last.envelope.commit_last =
        records.size() + 1;
    records.push_back(encode_record(last.envelope, PersonErased{name, "GDPR, article 17"}));
    const auto found = verified(backup_of_records(desk, records, false));
    ASSERT_TRUE(found.has_value()) << found.error().what;
    EXPECT_EQ(found->persons_absent, 1U);
}

TEST_F(HostileBackup, HashedAnewWithoutTheKeyIsNotSigned) {
    auto records = records_of(desk);
    RecordedEvent changed = ok(decode_record(records.back()));
    changed.envelope.reason = "nothing happened";
    records.back() = encode_record(changed.envelope, changed.event);
    auto forged = pieces_of(backup_of_records(desk, records));
    piece_named(forged, "manifest.sig") = piece_named(pieces, "manifest.sig");
    expect_refused(pack(forged), ErrorKind::corrupt, "signature does not fit");
    // With the manifest's root, but the old checkpoint.
    auto manifest = manifest_of(pack(forged));
    manifest.checkpoint = manifest_of(bytes).checkpoint;
    expect_refused(with_manifest(forged, to_text(manifest)), ErrorKind::corrupt, "checkpoint");
}

TEST_F(HostileBackup, WithAnotherRootThanItsRecordsIsRefused) {
    auto manifest = manifest_of(bytes);
    manifest.root = log::sha256("another");
    manifest.checkpoint =
        ok(log::sign_checkpoint(test_key(), log::checkpoint_origin(manifest.log_id, manifest.epoch),
                                {manifest.revisions, manifest.root}));
    expect_refused(with_manifest(pieces, to_text(manifest)), ErrorKind::corrupt, "another root");
}

} // namespace
} // namespace daybook::tests
