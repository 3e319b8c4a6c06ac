#include "bench/book.h"

#include "engine/adapters/zones.h"
#include "tests/support/ok.h"

#include <fmt/format.h>

namespace daybook::bench {
namespace {

using tests::ok;

constexpr std::size_t kCommandsAtOnce = 256;
constexpr std::uint64_t kInvoicesForAClient = 20;
constexpr std::chrono::hours kBetweenSteps{7}; // Of about eighty invoices.

// What french_walk() comes to, with tax.
constexpr const char* kTotal = "1252.75";

} // namespace

Result<std::vector<log::LineHead>> CountingLog::append(std::span<const log::Commit> group) {
    ++keys_; // The group's own row.
    for (const log::Commit& commit : group)
        keys_ += commit.records.size() + commit.index.size() + commit.persons.size();
    return to().append(group);
}

Book::Book()
    : opened_(ok(log::open_rocksdb_log(files_, directory_.path(), ids_))), counting_(*opened_.log) {
    reopen_views();
    sequencer_ = ok(command::Sequencer::create(
        {counting_, clock_, ids_,
         [](Timestamp at, const std::string& zone) { return local_date(at, zone); }, *this},
        {opened_.realm, "daybook bench"}));
    run(domain::CreateCompany{tests::kCompany, tests::french_company(), tests::kInvoiceSeries,
                              tests::kCreditNoteSeries});
    run(create_client());
    for (const int versions : {1, 10, 100}) {
        run(draft_invoice());
        drafts_[versions] = newest_draft_;
        for (int version = 2; version <= versions; ++version)
            run(change(newest_draft_));
    }
}

// ---- commands --------------------------------------------------------------------------------

domain::Command Book::create_client() {
    clients_.push_back(ClientId{things_.next_id()});
    return domain::CreateClient{clients_.back(),
                                tests::business(fmt::format("Client {}", clients_.size()))};
}

domain::Command Book::draft_invoice() {
    newest_draft_ = InvoiceId{things_.next_id()};
    Document document = tests::document_of(tests::french_walk());
    document.client_id = clients_[invoices_++ * 7 % clients_.size()];
    return domain::DraftInvoice{newest_draft_, tests::input_of(std::move(document)), {}, {}};
}

domain::Command Book::change(InvoiceId draft) const {
    Document document = tests::document_of(tests::french_walk());
    document.client_id = clients_.front();
    document.notes = fmt::format("As of {}", head());
    return domain::ChangeInvoice{draft, tests::input_of(std::move(document)), {}};
}

domain::Command Book::issue_newest_draft() const {
    return domain::IssueInvoice{newest_draft_, {}, {}};
}

domain::Command Book::pay_newest_draft() {
    const domain::AllocationInput whole{AllocationId{things_.next_id()}, newest_draft_,
                                        tests::decimal(kTotal)};
    return domain::RecordPayment{.id = PaymentId{things_.next_id()},
                                 .amount = tests::decimal(kTotal),
                                 .method = "transfer",
                                 .allocations = {whole},
                                 .third_party = true};
}

// ---- growing ---------------------------------------------------------------------------------

void Book::run(domain::Command command) {
    std::vector<domain::Command> one;
    one.push_back(std::move(command));
    run_all(std::move(one));
}

void Book::run_all(std::vector<domain::Command> commands) {
    std::vector<command::Queued> queue;
    for (domain::Command& command : commands) {
        command::Submission submission;
        submission.company = tests::kCompany;
        submission.command = std::move(command);
        submission.source.channel = "bench";
        queue.push_back({std::move(submission), [](const command::Outcome& outcome) {
                             const auto* refusal = std::get_if<domain::Refusal>(&outcome);
                             CHECK(std::holds_alternative<command::Committed>(outcome),
                                   refusal ? refusal->detail.c_str() : "commands are accepted");
                         }});
    }
    CHECK(sequencer_->step(std::move(queue)), "the log takes writes");
}

void Book::add_one_invoice(std::vector<domain::Command>& commands) {
    if (invoices_ % kInvoicesForAClient == 0)
        commands.push_back(create_client());
    commands.push_back(draft_invoice());
    if (invoices_ % 4 == 0)
        commands.push_back(change(newest_draft_));
    commands.push_back(issue_newest_draft());
    if (invoices_ % 4 != 1)
        commands.push_back(pay_newest_draft());
}

void Book::grow_to(Revision events) {
    while (head() < events) {
        std::vector<domain::Command> commands;
        while (commands.size() < kCommandsAtOnce && head() + commands.size() < events)
            add_one_invoice(commands);
        run_all(std::move(commands));
        clock_.advance(kBetweenSteps);
    }
}

void Book::reopen_views() {
    views_.reset();
    views_ = ok(projections::open_views(files_, directory_.path(), opened_.realm, counting_));
    while (!ok(views_->catch_up_step())) {
    }
}

void Book::committed(log::LineNumber line, std::span<const RecordedEvent> commit,
                     const log::LineHead& head) {
    if (line != log::kInstanceLine)
        views_->apply(line, commit, head.root);
}

// ---- looking ---------------------------------------------------------------------------------

log::LineNumber Book::line() const { return sequencer_->directory()->find(tests::kCompany)->line; }

Revision Book::head() const { return ok(counting_.head(line())).revision; }

std::unique_ptr<projections::Snapshot> Book::now() const { return ok(views_->snapshot(line())); }

std::unique_ptr<projections::Snapshot> Book::at(Revision revision) const {
    return ok(views_->snapshot_at(line(), revision));
}

Date Book::today() { return *local_date(clock_.now(), "Europe/Paris"); }

} // namespace daybook::bench
