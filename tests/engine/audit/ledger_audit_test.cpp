// The second ledger: it agrees with every history that deciders made, and with none of those in
// which somebody changed a number, a figure or an order.
#include "engine/audit/ledger_audit.h"

#include "tests/support/given_when_then.h"
#include "tests/support/keeper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::tests {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// Each event a commit of its own.
std::string audited(const History& history) {
    audit::Report report;
    audit::LedgerAudit ledger(report);
    Revision revision = 0;
    for (const domain::NewEvent& happened : history) {
        RecordedEvent recorded{{}, happened.event};
        recorded.envelope.entity = happened.thing;
        recorded.envelope.revision = recorded.envelope.commit_last = ++revision;
        ledger.see("event " + std::to_string(revision), recorded);
    }
    std::string found;
    for (const audit::Finding& finding : report.findings)
        found += finding.where + ": " + finding.what + "\n";
    return found;
}

// Two invoices, one of them paid.
History sound_history() {
    History history = open_books();
    Story story(history);
    const auto happens = [&](const domain::Command& command) {
        for (domain::NewEvent& event : story.accepts(command))
            history.push_back(std::move(event));
    };
    happens(draft(1));
    happens(draft(2));
    happens(issue(1));
    happens(issue(2));
    happens(domain::RecordPayment{
        .id = id<PaymentId>(40),
        .client_id = kClient,
        .amount = decimal("10.00"),
        .received_on = kToday,
        .method = "transfer",
        .allocations = {{id<AllocationId>(41), invoice_id(1), decimal("10.00")}}});
    return history;
}

template <class E>
E& nth(History& history, int n = 1) {
    for (domain::NewEvent& happened : history)
        if (E* event = std::get_if<E>(&happened.event); event && --n == 0)
            return *event;
    throw std::runtime_error("the history has no such event");
}

TEST(LedgerAudit, FindsNothingInASoundHistory) { EXPECT_THAT(audited(sound_history()), IsEmpty()); }

TEST(LedgerAudit, FindsWhateverDoesNotAddUp) {
    const std::pair<std::function<void(History&)>, const char*> cases[] = {
        {[](History& h) { nth<InvoiceIssued>(h).frozen.totals.total.minor += 1; }, "its total is"},
        {[](History& h) { nth<InvoiceIssued>(h).frozen.totals.tax.minor += 1; },
         "its sum of taxes is"},
        {[](History& h) { nth<InvoiceIssued>(h).frozen.taxes.at(0).amount.minor += 1; },
         "its tax is"},
        {[](History& h) { nth<InvoiceIssued>(h).frozen.document.lines.at(0).net.minor += 1; },
         "its sum of lines is"},
        {[](History& h) { nth<InvoiceIssued>(h).frozen.totals.payable.minor += 1; },
         "its payable is"},
        {[](History& h) { nth<InvoiceIssued>(h).frozen.totals.net.minor += 1; }, "its net is"},
        {[](History& h) { nth<InvoiceIssued>(h, 2).frozen.sequence += 1; }, "2 was next"},
        {[](History& h) {
             nth<InvoiceIssued>(h, 2).frozen.number = nth<InvoiceIssued>(h).frozen.number;
         },
         "was given before"},
        {[](History& h) {
             nth<InvoiceIssued>(h, 2).frozen.document.issued_on = date("2020-01-01");
         },
         "is dated before the number before it"},
        {[](History& h) {
             h.push_back(*std::ranges::find_if(
                 h, [](const auto& e) { return std::holds_alternative<InvoiceIssued>(e.event); }));
         },
         "a document was issued twice"},
        {[](History& h) {
             nth<PaymentRecorded>(h).receipt.allocations.at(0).amount.minor = 999'999'999;
         },
         "is used"},
        {[](History& h) { nth<PaymentRecorded>(h).receipt.amount.minor = 1; }, "is used"},
        {[](History& h) {
             nth<PaymentRecorded>(h).receipt.allocations.at(0).invoice_id = invoice_id(99);
         },
         "is settled and is not there"},
        {[](History& h) {
             h.push_back({{EntityKind::invoice, invoice_id(1).value}, Returned{9}, {}, {}});
         },
         "a version that never was"},
        {[](History& h) {
             h.push_back({{EntityKind::invoice, invoice_id(1).value}, InvoiceVoided{"x"}, {}, {}});
         },
         "an issued invoice was voided"},
        {[](History& h) {
             h.push_back({{EntityKind::invoice, invoice_id(1).value}, Returned{1}, {}, {}});
         },
         "is settled and was never issued"},
        {[](History& h) {
             h.push_back({{EntityKind::invoice, invoice_id(2).value}, Returned{1}, {}, {}});
         },
         "was taken back by a rollback"},
        {[](History& h) {
             h.push_back({{EntityKind::payment, uuid(40)}, Returned{0}, {}, {}});
         },
         "was taken back by a rollback"},
        {[](History& h) { nth<InvoiceIssued>(h).frozen.taxes.at(0).base.minor += 100; },
         "its tax base is"},
        {[](History& h) { nth<InvoiceIssued>(h).frozen.document.lines.at(0).quantity.micro *= 2; },
         "its line 1 is"},
        {[](History& h) {
             nth<InvoiceIssued>(h).frozen.document.lines.at(0).discount_share.minor += 1;
         },
         "its base of line 1 is"},
        {[](History& h) {
             nth<InvoiceIssued>(h).frozen.calculation.tax_rounding = TaxRounding::per_line;
             nth<InvoiceIssued>(h).frozen.taxes.at(0).amount.minor += 5;
         },
         "its tax is"},
        {[](History& h) { nth<InvoiceIssued>(h).frozen.document.prices_include_tax = true; },
         "its base within prices is"},
    };
    int number = 0;
    for (const auto& [alter, what] : cases) {
        History history = sound_history();
        alter(history);
        EXPECT_THAT(audited(history), HasSubstr(what)) << "case " << number;
        ++number;
    }
}

// 3 × 10.03 at 20 %, one piece at a time: 2.01, 2.00 and 2.01 of tax, which is what was invoiced.
History credited_in_parts(int parts) {
    History history = open_books();
    Story story(history);
    const auto happens = [&](const domain::Command& command) {
        for (domain::NewEvent& event : story.accepts(command))
            history.push_back(std::move(event));
    };
    happens(draft(1, {line("3", "10.03")}));
    happens(issue(1));
    for (int part = 1; part <= parts; ++part)
        happens(domain::CreditInvoice{.invoice_id = invoice_id(1),
                                      .credit_note_id = id<CreditNoteId>(60 + part),
                                      .allocation_id = id<AllocationId>(70 + part),
                                      .lines = {{line_id(1, 0), decimal("1"), {}}},
                                      .reason = "sent back"});
    return history;
}

TEST(LedgerAudit, RoundsWhatIsCreditedInPartsTogether) {
    History history = credited_in_parts(3);
    EXPECT_EQ(nth<CreditNoteIssued>(history, 2).frozen.totals.tax, amount("2.00"));
    EXPECT_THAT(audited(history), IsEmpty());
}

TEST(LedgerAudit, FindsACreditThatIsNotItsPart) {
    const std::pair<std::function<void(CreditNoteIssued&)>, const char*> cases[] = {
        {[](CreditNoteIssued& e) {
             e.frozen.taxes.at(0).amount.minor += 1;
             e.frozen.totals.tax.minor += 1;
             e.frozen.totals.total.minor += 1;
             e.frozen.totals.payable.minor += 1;
         },
         "not those of the lines"},
        {[](CreditNoteIssued& e) {
             e.frozen.taxes.at(0).amount.minor -= 1;
             e.credits.at(0).lines.at(0).taxes.at(0).amount.minor -= 1;
         },
         "the tax credited is"},
        {[](CreditNoteIssued& e) {
             e.frozen.taxes.at(0).base.minor += 3'000;
             e.credits.at(0).lines.at(0).taxes.at(0).base.minor += 3'000;
         },
         "more is credited"},
    };
    for (const auto& [alter, what] : cases) {
        History history = credited_in_parts(2);
        alter(nth<CreditNoteIssued>(history, 2));
        EXPECT_THAT(audited(history), HasSubstr(what));
    }
    // The same once more, under a number of its own: more than there was.
    History history = credited_in_parts(3);
    history.push_back(history.at(history.size() - 2));
    EXPECT_THAT(audited(history), HasSubstr("more is credited"));
}

TEST(LedgerAudit, FindsWhatIsBookedOnALockedDay) {
    History history = open_books();
    history.push_back({{EntityKind::period, uuid(90)}, PeriodLocked{kToday, {}}, {}, {}});
    const History paid = sound_history();
    history.insert(history.end(), paid.begin() + static_cast<std::ptrdiff_t>(open_books().size()),
                   paid.end());
    EXPECT_THAT(audited(history), HasSubstr("the books were locked through"));
    history.insert(history.begin() + static_cast<std::ptrdiff_t>(open_books().size()) + 1,
                   {{EntityKind::period, uuid(90)}, PeriodUnlocked{{}, kToday}, {}, {}});
    EXPECT_THAT(audited(history), IsEmpty());
}

TEST(LedgerAudit, KnowsTheNumbersThatAForkSaysAreGone) {
    History history = open_books();
    Story story(history);
    for (domain::NewEvent& event : story.accepts(draft(1)))
        history.push_back(std::move(event));
    const std::size_t fork_at = history.size();
    Fork fork;
    fork.mode = BookMode::live; // So that it may issue.
    fork.series_floors = {{kInvoiceSeries, "2026", 4}};
    history.push_back({{EntityKind::company, kCompany.value}, CompanyRestored{fork}, {}, {}});
    Story restored(history);
    for (domain::NewEvent& event : restored.accepts(issue(1)))
        history.push_back(std::move(event));
    EXPECT_EQ(nth<InvoiceIssued>(history).frozen.sequence, 5U);
    EXPECT_THAT(audited(history), IsEmpty());
    history.erase(history.begin() + static_cast<std::ptrdiff_t>(fork_at));
    EXPECT_THAT(audited(history), HasSubstr("1 was next"));
}

// Whatever a person does, rollbacks and imports among it.
RC_GTEST_PROP(LedgerAudit, AgreesWithEveryHistoryThatWasDecided, ()) {
    audit::Report report;
    audit::LedgerAudit ledger(report);
    Revision revision = 0;
    const auto see = [&](const History& commit) {
        const Revision last = revision + commit.size();
        for (const domain::NewEvent& event : commit) {
            RecordedEvent recorded{{}, event.event};
            recorded.envelope.entity = event.thing;
            recorded.envelope.revision = ++revision;
            recorded.envelope.commit_last = last;
            ledger.see("event " + std::to_string(revision), recorded);
        }
    };
    see(open_books());
    Story story;
    Keeper keeper;
    for (std::uint32_t commands = roll(100); commands > 0; --commands) {
        const domain::Decision decision = story.decide(keeper.next(story.books().timeline()));
        if (!decision)
            continue;
        story.books().apply(*decision);
        see(*decision);
        for (const domain::NewEvent& event : *decision)
            keeper.note(event.thing);
    }
    if (!report.is_sound())
        RC_FAIL(report.findings.front().where + ": " + report.findings.front().what);
}

} // namespace
} // namespace daybook::tests
