// Somebody who owns the machine rewrites one event, makes every hash, index and signature anew with
// the real key, and destroys what was kept. The books are then sound in themselves; but any one
// checkpoint that left the machine after that event, and was signed before, gives him away.
#include "engine/audit/line_audit.h"
#include "engine/command/index_replay.h"
#include "engine/log/checkpoint.h"
#include "tests/engine/command/desk.h"
#include "tests/support/count.h"

#include <gtest/gtest.h>
#include <random>

namespace daybook::tests {
namespace {

constexpr log::LineNumber kLine = 1;

struct Checkpointed {
    Revision size;
    std::string text;
};

class RealBooks {
  public:
    RealBooks() {
        desk_.open_books(20);
        for (std::uint32_t n = 1; n <= 20; ++n) {
            committed(desk_.ask(asking(issue(n))));
            const log::LineHead head = ok(desk_.log.head(kLine));
            checkpoints.push_back({head.revision, sign(head)});
        }
    }
    std::vector<std::string> records() const {
        std::vector<std::string> bytes;
        for (Revision next = 1; next <= desk_.head(); ++next)
            bytes.push_back(ok(desk_.log.read(kLine, next, {.records_max = 1})).front().bytes);
        return bytes;
    }
    std::string sign(const log::LineHead& head) const {
        return ok(log::sign_checkpoint(key_, "daybook/books/1", head));
    }
    log::LineHead head_in(const std::string& checkpoint) const {
        return ok(log::verify_checkpoint(checkpoint, key_.public_key())).head;
    }

    std::vector<Checkpointed> checkpoints;

  private:
    Desk desk_;
    log::SigningKey key_ = log::SigningKey::generate();
};

// A log of those records whose indexes are what follows from them.
void write(log::MemoryEventLog& log, const std::vector<std::string>& records) {
    command::IndexReplay replay([&](EntityRef thing, Version version) {
        return command::read_version(log, kLine, thing, version);
    });
    for (Revision revision = 1; revision <= records.size(); ++revision) {
        log::Commit commit{.line = kLine, .expected_head = revision - 1};
        commit.records = {records[revision - 1]};
        commit.index = ok(replay.rows_of(ok(decode_record(records[revision - 1]))));
        ok(log.append({&commit, 1}));
    }
}

TEST(EvilAdministrator, IsGivenAwayByAnyOneOlderCheckpoint) {
    const RealBooks books;
    const std::vector<std::string> honest = books.records();
    const std::uint64_t seed = number_in("DAYBOOK_SEED", std::random_device{}());
    const std::uint64_t times = number_in("DAYBOOK_LIES", 40);
    std::printf("DAYBOOK_SEED=%llu DAYBOOK_LIES=%llu\n", static_cast<unsigned long long>(seed),
                static_cast<unsigned long long>(times));
    std::mt19937_64 random(seed);
    for (std::uint64_t lie = 0; lie < times; ++lie) {
        const Revision altered = 1 + random() % honest.size();
        std::vector<std::string> records = honest;
        RecordedEvent recorded = ok(decode_record(records[altered - 1]));
        recorded.envelope.reason = "never mind " + std::to_string(lie);
        records[altered - 1] = encode_record(recorded.envelope, recorded.event);
        log::MemoryEventLog log;
        write(log, records);

        const auto findings = [&](const std::string& checkpoint) {
            audit::Report report;
            audit::audit_line(
                log, {kLine, "the book", {}, {{"a checkpoint", books.head_in(checkpoint)}}},
                [](const std::string&, const RecordedEvent&) { return true; }, report);
            return report.found;
        };
        ASSERT_EQ(findings(books.sign(ok(log.head(kLine)))), 0U) << "his own signature fits";
        for (const Checkpointed& older : books.checkpoints)
            ASSERT_EQ(findings(older.text), older.size >= altered ? 1U : 0U)
                << "event " << altered << ", checkpoint of " << older.size;
    }
}

} // namespace
} // namespace daybook::tests
