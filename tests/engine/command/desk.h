// A sequencer on a log in memory whose disk may be full, with a clock and ids that stand still:
// commands go in together, what became of each comes out.
#pragma once

#include "engine/command/sequencer.h"
#include "engine/log/forwarding_log.h"
#include "engine/log/memory_event_log.h"
#include "events/codec/codec.h"
#include "tests/support/builders.h"
#include "tests/support/fixed_clock.h"
#include "tests/support/fixed_ids.h"
#include "tests/support/ok.h"

#include <memory>
#include <vector>

namespace daybook::tests {

class RefusingLog final : public log::AppendingLog {
  public:
    RefusingLog() : AppendingLog(memory_) {}

    bool refuses = false;
    std::vector<std::size_t> groups; // How many commits each held.

    Result<std::vector<log::LineHead>> append(std::span<const log::Commit> group) override {
        if (refuses)
            return fail(ErrorKind::io, "no space left on device");
        groups.push_back(group.size());
        return memory_.append(group);
    }

  private:
    log::MemoryEventLog memory_;
};

inline command::Submission asking(domain::Command command, std::string key = {}) {
    command::Submission submission;
    submission.company = kCompany;
    submission.command = std::move(command);
    submission.idempotency_key = std::move(key);
    return submission;
}
inline domain::CreateCompany founding(CompanyId company = kCompany) {
    return {company, french_company(), kInvoiceSeries, kCreditNoteSeries};
}

inline command::Committed committed(const command::Outcome& outcome) {
    if (const auto* refusal = std::get_if<domain::Refusal>(&outcome))
        throw std::runtime_error("refused: " + std::string(domain::name_of(refusal->code)) + " "
                                 + refusal->detail);
    if (const auto* error = std::get_if<Error>(&outcome))
        throw std::runtime_error("failed: " + error->what);
    return std::get<command::Committed>(outcome);
}

class Desk final : private command::CommitListener {
  public:
    using Outcomes = std::vector<command::Outcome>;

    explicit Desk(command::SequencerOptions options = {}) : options_(std::move(options)) {
        options_.realm = uuid(77);
        options_.software = "daybook test";
        reopen();
    }

    // What a restart does: everything that was in memory is read from the log again.
    void reopen() {
        sequencer_ = ok(command::Sequencer::create(
            {log, clock, ids_,
             [](Timestamp, const std::string& zone) -> std::optional<Date> {
                 return zone == "Europe/Nowhere" ? std::nullopt : std::optional(kToday);
             },
             *this},
            options_));
    }

    // In one step; an outcome for each, given exactly once.
    Outcomes together(std::vector<command::Submission> submissions) {
        Outcomes outcomes;
        std::vector<command::Queued> queue;
        for (command::Submission& submission : submissions)
            queue.push_back({std::move(submission), [&](command::Outcome outcome) {
                                 outcomes.push_back(std::move(outcome));
                             }});
        sound = sequencer_->step(std::move(queue));
        CHECK(outcomes.size() == submissions.size(), "each command is answered once");
        return outcomes;
    }
    command::Outcome ask(command::Submission submission) {
        return together({std::move(submission)}).front();
    }
    // A company with a client, and n drafts.
    void open_books(std::uint32_t drafts = 0) {
        std::vector<command::Submission> first{
            asking(founding()), asking(domain::CreateClient{kClient, business("Dupont SA")})};
        for (std::uint32_t n = 1; n <= drafts; ++n)
            first.push_back(asking(draft(n)));
        for (const command::Outcome& outcome : together(std::move(first)))
            static_cast<void>(tests::committed(outcome));
    }
    command::CompanyLine line(CompanyId company = kCompany) const {
        const command::CompanyLine* where = sequencer_->directory()->find(company);
        CHECK(where, "a test asks for a company that is there");
        return *where;
    }
    Revision head() const { return ok(log.head(line().line)).revision; }
    RecordedEvent record(Revision revision) const {
        return ok(decode_record(ok(log.read(line().line, revision)).front().bytes));
    }
    const command::Sequencer& sequencer() const { return *sequencer_; }

    RefusingLog log;
    FixedClock clock;
    bool sound = true;                             // What the last step said.
    std::vector<std::vector<RecordedEvent>> shown; // What the views were given.
    std::function<void(log::LineNumber, std::span<const RecordedEvent>, const Hash& root)> views;

  private:
    void committed(log::LineNumber line, std::span<const RecordedEvent> commit,
                   const log::LineHead& head) override {
        shown.emplace_back(commit.begin(), commit.end());
        if (views)
            views(line, commit, head.root);
    }

    command::SequencerOptions options_;
    FixedIds ids_{1'000'000};
    std::unique_ptr<command::Sequencer> sequencer_;
};

// The name of the refusal; "" when there was none.
inline std::string refused(const command::Outcome& outcome) {
    const auto* refusal = std::get_if<domain::Refusal>(&outcome);
    return refusal ? std::string(domain::name_of(refusal->code)) : std::string();
}

} // namespace daybook::tests
