// Crediting: ceilings per line, tax row and total; the last one takes the rest.
#include "engine/domain/credit.h"

#include "engine/domain/balance.h"
#include "engine/domain/credit_plan.h"
#include "engine/domain/settled.h"
#include "tests/support/given_when_then.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

CreditNoteId note_id(std::uint32_t n) { return id<CreditNoteId>(3000 + n); }

CreditInvoice credit(std::uint32_t n, std::vector<CreditLineInput> lines) {
    return {.invoice_id = invoice_id(),
            .credit_note_id = note_id(n),
            .allocation_id = id<AllocationId>(4000 + n),
            .lines = std::move(lines),
            .kind = CreditKind::return_of_goods,
            .reason = "sent back"};
}
CreditInvoice credit_all(std::uint32_t n = 1) {
    CreditInvoice command = credit(n, {});
    command.all = true;
    return command;
}
CreditLineInput pieces(std::uint32_t line, std::string_view quantity) {
    return {line_id(1, line), decimal(quantity), {}};
}
CreditLineInput net_of(std::uint32_t line, std::string_view net) {
    return {line_id(1, line), {}, decimal(net)};
}
CreditLineInput whole(std::uint32_t line) { return {line_id(1, line), {}, {}}; }

Story issued(DraftInvoice command) {
    Story story;
    story.accepts(std::move(command));
    story.accepts(issue());
    return story;
}
Story issued(std::vector<Line> lines = french_walk()) { return issued(draft(1, std::move(lines))); }

Amount due_of(const Story& story) { return due_now(story.books(), invoice_id()); }
Frozen credited(Story& story, const CreditInvoice& command) {
    return only<CreditNoteIssued>(story.accepts(command)).frozen;
}

TEST(CreditInvoice, MirrorsTheWholeInvoice) {
    Story story = issued();
    const Frozen invoice = story.books().invoice(invoice_id())->content;
    const History events = story.accepts(credit_all());
    const auto issued_note = only<CreditNoteIssued>(events);
    EXPECT_EQ(issued_note.frozen.totals, invoice.totals);
    EXPECT_EQ(issued_note.frozen.taxes, invoice.taxes);
    EXPECT_EQ(issued_note.frozen.number, "AV-2026-000001");
    EXPECT_EQ(issued_note.frozen.document.kind, DocumentKind::credit_note);
    EXPECT_EQ(issued_note.frozen.buyer, invoice.buyer);
    ASSERT_EQ(issued_note.frozen.preceding.size(), 1U);
    EXPECT_EQ(issued_note.frozen.preceding[0].number, "FA-2026-000001");
    ASSERT_EQ(issued_note.credits.size(), 1U);
    EXPECT_EQ(issued_note.credits[0].invoice_id, invoice_id());
    EXPECT_EQ(issued_note.credit_kind, CreditKind::return_of_goods);
    EXPECT_EQ(only<CreditAllocated>(events).allocation.amount, amount("1252.75"));
    EXPECT_EQ(due_of(story), Amount{});
    EXPECT_EQ(status(*story.books().invoice(invoice_id()), settled(story.books(), invoice_id())),
              InvoiceStatus::credited);
    EXPECT_EQ(fault_at(story.refuses(credit_all(2), Code::nothing_to_credit), "/lines"),
              "nothing_to_credit");
}

TEST(CreditInvoice, CarriesItsTaxFromSumToSum) {
    Story story = issued({line("3", "10.03")});
    const char* taxes[] = {"2.01", "2.00", "2.01"};
    for (std::uint32_t n = 0; n < 3; ++n) {
        const Frozen note = credited(story, credit(n + 1, {pieces(0, "1")}));
        EXPECT_EQ(note.totals.net, amount("10.03"));
        EXPECT_EQ(note.totals.tax, amount(taxes[n]));
    }
    EXPECT_EQ(due_of(story), Amount{});
}

TEST(CreditInvoice, CarriesTheSharesOfTheDiscount) {
    DraftInvoice command = draft(1, {line("3", "10"), line("1", "50", "5.5")});
    command.input.discount = DiscountInput{{}, decimal("8.01"), "remise"};
    Story story = issued(std::move(command));
    const Frozen invoice = story.books().invoice(invoice_id())->content;
    Totals sum;
    for (const CreditInvoice& part :
         {credit(1, {pieces(0, "1")}), credit(2, {pieces(0, "1"), net_of(1, "12.34")}),
          credit_all(3)}) {
        const Frozen note = credited(story, part);
        EXPECT_EQ(note.document.discount->amount, note.totals.discount);
        EXPECT_EQ(note.totals.net, note.totals.lines - note.totals.discount);
        sum.lines += note.totals.lines;
        sum.discount += note.totals.discount;
        sum.tax += note.totals.tax;
        sum.total += note.totals.total;
    }
    EXPECT_EQ(sum.lines, invoice.totals.lines);
    EXPECT_EQ(sum.discount, invoice.totals.discount);
    EXPECT_EQ(sum.tax, invoice.totals.tax);
    EXPECT_EQ(sum.total, invoice.totals.total);
}

TEST(CreditInvoice, GivesBackExactlyThePriceThatIncludedTax) {
    DraftInvoice command = draft(1, {line("3", "0.03"), line("1", "12")});
    command.input.document.prices_include_tax = true;
    Story story = issued(std::move(command));
    EXPECT_EQ(credited(story, credit(1, {whole(1)})).totals.total, amount("12.00"));
    EXPECT_EQ(credited(story, credit(2, {pieces(0, "1")})).totals.total, amount("0.03"));
    credited(story, credit_all(3));
    EXPECT_EQ(due_of(story), Amount{});
}

TEST(CreditInvoice, LowersAPriceWithoutTakingGoodsBack) {
    Story story = issued({line("3", "10")});
    const Frozen reduction = credited(story, credit(1, {net_of(0, "5")}));
    EXPECT_EQ(reduction.totals.total, amount("6.00"));
    EXPECT_EQ(reduction.document.lines[0].quantity, decimal("1"));
    EXPECT_EQ(reduction.document.lines[0].unit_price, decimal("5"));
    // All three come back: what was paid for them, not what they once cost.
    const Frozen rest = credited(story, credit(2, {pieces(0, "3")}));
    EXPECT_EQ(rest.totals.net, amount("25.00"));
    EXPECT_EQ(rest.document.lines[0].discount->amount, amount("5.00"));
}

TEST(CreditInvoice, AllocatesNoMoreThanIsDue) {
    Story story = issued();
    story.accepts(WriteOffInvoice{invoice_id(),
                                  id<WriteOffId>(1),
                                  decimal("1252"),
                                  {},
                                  WriteOffCause::bad_debt,
                                  "insolvent"});
    const History events = story.accepts(credit_all());
    EXPECT_EQ(only<CreditAllocated>(events).allocation.amount, amount("0.75"));
    EXPECT_EQ(remaining(*story.books().credit_note(note_id(1))), amount("1252.00"));
}

TEST(CreditInvoice, LeavesItOpenWhereNothingIsDue) {
    Story story = issued();
    story.accepts(WriteOffInvoice{invoice_id(),
                                  id<WriteOffId>(1),
                                  decimal("1252.75"),
                                  {},
                                  WriteOffCause::bad_debt,
                                  "insolvent"});
    EXPECT_EQ(story.accepts(credit_all()).size(), 1U);
    EXPECT_EQ(status(*story.books().credit_note(note_id(1))), CreditNoteStatus::open);
}

TEST(CreditInvoice, TakesDeductionsWithTheRest) {
    Story story = issued({line("1", "100"), line("-1", "50"), line("1", "10", "5.5")});
    story.refuses(credit(1, {whole(0)}), Code::credit_exceeds_invoice); // Its tax row holds 50.
    story.refuses(credit(1, {whole(1)}), Code::credit_exceeds_invoice); // Below zero.
    EXPECT_EQ(credited(story, credit(1, {whole(0), whole(1)})).totals.total, amount("60.00"));
    EXPECT_EQ(credited(story, credit_all(2)).totals.total, amount("10.55"));
}

TEST(CreditInvoice, StaysBelowTheTotalAcrossTaxRows) {
    Story story = issued({line("1", "100", "20"), line("-1", "50", "5.5")});
    story.refuses(credit(1, {whole(0)}), Code::credit_exceeds_invoice);
}

TEST(CreditInvoice, NamesWhatIsWrongWithALine) {
    Story story = issued({line("3", "10"), line("1", "50", "5.5")});
    story.accepts(credit(1, {pieces(0, "2"), whole(1)}));
    struct Case {
        CreditLineInput line;
        const char* pointer;
        const char* code;
    };
    const Case cases[] = {
        {pieces(0, "2"), "/lines/0/quantity", "credit_exceeds_invoice"},
        {pieces(0, "0"), "/lines/0/quantity", "amount_not_positive"},
        {pieces(0, "-1"), "/lines/0/quantity", "credit_exceeds_invoice"},
        {net_of(0, "10.01"), "/lines/0/net", "credit_exceeds_invoice"},
        {net_of(0, "0"), "/lines/0/net", "amount_not_positive"},
        {net_of(0, "0.001"), "/lines/0/net", "too_many_decimals"},
        {whole(1), "/lines/0", "nothing_to_credit"},
        {whole(7), "/lines/0/line_id", "unknown_line"},
        {{line_id(1, 0), decimal("1"), decimal("1")}, "/lines/0", "invalid_input"},
    };
    for (const Case& one : cases) {
        const Decision decision = story.decide(credit(2, {one.line}));
        ASSERT_FALSE(decision.has_value()) << one.code;
        EXPECT_EQ(fault_at(decision.error(), one.pointer), one.code) << describe(decision.error());
    }
    const Decision twice = story.decide(credit(2, {pieces(0, "0.5"), pieces(0, "0.5")}));
    EXPECT_EQ(fault_at(twice.error(), "/lines/1/line_id"), "duplicate_line_id");
}

TEST(CreditInvoice, GuardsEachPromise) {
    struct Case {
        Code code;
        CreditInvoice command;
        void (*spoil)(Story&);
    };
    const auto with = [](auto change) {
        CreditInvoice command = credit_all();
        change(command);
        return command;
    };
    const auto nothing = [](Story&) {};
    const Case cases[] = {
        {Code::not_found, with([](auto& c) { c.invoice_id = invoice_id(9); }), nothing},
        {Code::invoice_is_draft, with([](auto& c) { c.invoice_id = invoice_id(2); }),
         [](Story& s) { s.accepts(draft(2)); }},
        {Code::invoice_not_issued, with([](auto& c) { c.invoice_id = invoice_id(2); }),
         [](Story& s) {
             s.accepts(draft(2));
             s.accepts(VoidInvoice{invoice_id(2), {}});
         }},
        {Code::reason_required, with([](auto& c) { c.reason = " "; }), nothing},
        {Code::invalid_input, with([](auto& c) { c.lines = {whole(0)}; }), nothing},
        {Code::nothing_to_credit, with([](auto& c) { c.all = false; }), nothing},
        {Code::series_not_found, credit_all(),
         [](Story& s) {
             s.happens(happened(EntityKind::series, kCreditNoteSeries.value, SeriesClosed{}));
         }},
        {Code::issued_in_future, with([](auto& c) { c.issued_on = add_days(kToday, 1); }), nothing},
        {Code::dated_before_document, with([](auto& c) { c.issued_on = add_days(kToday, -1); }),
         nothing},
        {Code::issued_before_last, with([](auto& c) { c.issued_on = kToday; }),
         [](Story& s) {
             s.set_today(add_days(kToday, 1));
             s.accepts(credit(9, {net_of(0, "1")}));
         }},
        {Code::period_locked, credit_all(), [](Story& s) { s.happens(locked_through(kToday)); }},
        {Code::missing_legal_data, credit_all(),
         [](Story& s) {
             CompanyProfile company = french_company();
             company.party.siren.clear();
             s.happens(happened(EntityKind::company, kCompany.value, CompanyChanged{company, {}}));
         }},
    };
    for (const Case& one : cases) {
        SCOPED_TRACE(name_of(one.code));
        Story story = issued();
        one.spoil(story);
        story.refuses(one.command, one.code);
    }
}

// A lock does not protect an invoice from being credited: the credit note is dated after it.
TEST(CreditInvoice, AnswersAnInvoiceInALockedPeriod) {
    Story story = issued();
    story.happens(locked_through(kToday));
    story.set_today(add_days(kToday, 1));
    story.accepts(credit_all());
}

// ---- imports: stated amounts that our arithmetic would not have made ---------------------------
Story imported_with_tax(Amount tax, Amount total) {
    Frozen frozen;
    frozen.document = document_of({line("2", "10"), line("1", "5")}, 103'000);
    frozen.document.issued_on = date("2025-12-31");
    frozen.document.lines[0].net = frozen.document.lines[0].taxable = amount("20.00");
    frozen.document.lines[1].net = frozen.document.lines[1].taxable = amount("5.00");
    frozen.taxes = {{vat("20"), amount("25.00"), tax}}; // Ours: 5.00.
    frozen.totals = {.lines = amount("25.00"),
                     .net = amount("25.00"),
                     .tax = tax,
                     .total = total,
                     .payable = total};
    Story story;
    story.happens(
        happened(EntityKind::invoice, invoice_id().value, InvoiceImported{{.frozen = frozen}}));
    return story;
}

TEST(CreditInvoice, TakesTheRestOfWhatAnImportStated) {
    Story story = imported_with_tax(amount("4.99"), amount("30.00")); // Not their sum.
    EXPECT_EQ(credited(story, credit(1, {pieces(0, "2")})).totals.total, amount("24.00"));
    const Frozen rest = credited(story, credit_all(2));
    EXPECT_EQ(rest.totals.tax, amount("0.99"));
    EXPECT_EQ(rest.totals.total, amount("6.00"));
    EXPECT_EQ(due_of(story), Amount{});
}

TEST(CreditInvoice, NeverGivesBackMoreTaxThanAnImportStated) {
    Story story = imported_with_tax(amount("3.00"), amount("28.00"));
    const Frozen first = credited(story, credit(1, {pieces(0, "2")}));
    EXPECT_EQ(first.totals.tax, amount("3.00")); // Ours: 4.00.
    EXPECT_EQ(first.totals.total, amount("23.00"));
    EXPECT_EQ(credited(story, credit_all(2)).totals.total, amount("5.00"));
    EXPECT_EQ(due_of(story), Amount{});
}

} // namespace
} // namespace daybook::tests
