// The invoice of domain.md 3, guard by guard: each refusal is named at least once.
#include "engine/domain/invoice.h"

#include "engine/domain/balance.h"
#include "engine/domain/documents.h"
#include "engine/domain/settled.h"
#include "tests/support/given_when_then.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

DraftInvoice draft_with(auto spoil) {
    DraftInvoice command = draft();
    spoil(command.input);
    return command;
}
Document& document_in(DocumentInput& input) { return input.document; }
const InvoiceState& invoice_in(const Story& story, std::uint32_t n = 1) {
    return *story.books().invoice(invoice_id(n));
}

// ---- drafts ------------------------------------------------------------------------------------
TEST(InvoiceDraft, ShowsWhatItWouldComeTo) {
    Story story;
    story.accepts(draft());
    const InvoiceState& invoice = invoice_in(story);
    EXPECT_EQ(invoice.stage, InvoiceStage::draft);
    EXPECT_EQ(invoice.content.totals.total, amount("1252.75"));
    EXPECT_EQ(invoice.content.taxes.size(), 2U);
    EXPECT_EQ(invoice.content.document.lines[0].net, amount("1000.00"));
    EXPECT_EQ(invoice.content.number, "");
    EXPECT_EQ(status(invoice, {}), InvoiceStatus::draft);
    EXPECT_EQ(due(invoice, {}), Amount{});
}

TEST(InvoiceDraft, TakesWhatIsNotSaidFromClientAndCompany) {
    ClientProfile profile = business("Dupont SA");
    profile.currency = {"CHF"};
    profile.language = "de-CH";
    profile.terms.days = 10;
    profile.has_terms = true;
    Story story;
    story.happens(happened(EntityKind::client, kClient.value, ClientChanged{profile, {}}));
    story.accepts(draft_with([](DocumentInput& input) {
        document_in(input).currency = {};
        document_in(input).language = {};
    }));
    EXPECT_EQ(invoice_in(story).content.document.currency.code, "CHF");
    EXPECT_EQ(invoice_in(story).content.document.language, "de-CH");
    EXPECT_EQ(invoice_in(story).content.document.terms.days, 10U);

    DraftInvoice second = draft(2);
    second.input.document.client_id = kOtherClient;
    second.input.document.currency = {};
    second.input.document.language = {};
    story.accepts(second);
    EXPECT_EQ(invoice_in(story, 2).content.document.currency.code, "EUR");
    EXPECT_EQ(invoice_in(story, 2).content.document.language, "fr-FR");
    EXPECT_EQ(invoice_in(story, 2).content.document.terms.days, 30U);
}

TEST(InvoiceDraft, MayBeEmpty) {
    Story story;
    story.accepts(draft(1, {}));
    EXPECT_EQ(invoice_in(story).content.totals.total, Amount{});
    DraftInvoice nobody = draft(2);
    nobody.input.document.client_id.reset();
    story.accepts(nobody);
}

TEST(InvoiceDraft, TurnsDiscountsIntoMoneyOfItsCurrency) {
    Story story;
    story.accepts(draft_with([](DocumentInput& input) {
        input.discount = DiscountInput{{}, decimal("10"), "Fidélité"};
        input.line_discounts[0] = DiscountInput{decimal("5"), {}, {}};
    }));
    const Document& document = invoice_in(story).content.document;
    EXPECT_EQ(document.discount->amount, amount("10.00"));
    EXPECT_EQ(document.discount->reason, "Fidélité");
    EXPECT_EQ(document.lines[0].net, amount("950.00"));
    EXPECT_EQ(invoice_in(story).content.totals.discount, amount("10.00"));
}

TEST(InvoiceDraft, NamesEachFaultyField) {
    struct Case {
        const char* pointer;
        const char* code;
        void (*spoil)(DocumentInput&);
    };
    const Case cases[] = {
        {"/client_id", "not_found",
         [](DocumentInput& i) { i.document.client_id = id<ClientId>(99); }},
        {"/currency", "unknown_currency", [](DocumentInput& i) { i.document.currency = {"EURO"}; }},
        {"/language", "unknown_value", [](DocumentInput& i) { i.document.language = "français"; }},
        {"/kind", "not_supported_yet",
         [](DocumentInput& i) { i.document.kind = DocumentKind::deposit; }},
        {"/register_id", "not_supported_yet",
         [](DocumentInput& i) { i.document.register_id = "1"; }},
        {"/charges", "not_supported_yet", [](DocumentInput& i) { i.document.charges.resize(1); }},
        {"/notes", "text_too_long",
         [](DocumentInput& i) { i.document.notes = std::string(kTextLengthMax + 1, 'x'); }},
        {"/reference", "text_too_long",
         [](DocumentInput& i) {
             i.document.buyer_reference = std::string(kNameLengthMax + 1, 'x');
         }},
        {"/period", "invalid_input",
         [](DocumentInput& i) {
             i.document.period = DateRange{kToday, add_days(kToday, -1)};
         }},
        {"/due_on", "due_before_issue",
         [](DocumentInput& i) {
             i.document.issued_on = kToday;
             i.document.due_on = add_days(kToday, -1);
         }},
        {"/discount/amount", "too_many_decimals",
         [](DocumentInput& i) {
             i.discount = DiscountInput{{}, decimal("0.001"), {}};
         }},
        {"/discount/amount", "amount_overflow",
         [](DocumentInput& i) {
             i.discount = DiscountInput{{}, decimal("999999999999"), {}};
             i.document.currency = {"CLF"};
         }},
        {"/discount", "discount_too_large",
         [](DocumentInput& i) {
             i.discount = DiscountInput{{}, decimal("1050.01"), {}};
         }},
        {"/discount", "invalid_input", [](DocumentInput& i) { i.discount = DiscountInput{}; }},
        {"/lines/1/id", "duplicate_line_id",
         [](DocumentInput& i) { i.document.lines[1].id = i.document.lines[0].id; }},
        {"/lines/1/description", "text_too_long",
         [](DocumentInput& i) {
             i.document.lines[1].description = std::string(kTextLengthMax + 1, 'x');
         }},
        {"/lines/0/product_id", "not_found",
         [](DocumentInput& i) { i.document.lines[0].product_id = id<ProductId>(99); }},
        {"/lines/0/taxes/0/category", "missing_member",
         [](DocumentInput& i) {
             i.document.lines[0].taxes[0].category = TaxCategory::unspecified;
         }},
        {"/lines/0/discount/percent", "discount_too_large",
         [](DocumentInput& i) {
             i.line_discounts[0] = DiscountInput{decimal("101"), {}, {}};
         }},
    };
    const Story story;
    for (const Case& one : cases) {
        SCOPED_TRACE(std::string(one.pointer) + " " + one.code);
        const Decision decision = story.decide(draft_with(one.spoil));
        ASSERT_FALSE(decision.has_value());
        EXPECT_EQ(fault_at(decision.error(), one.pointer), one.code) << describe(decision.error());
    }
}

TEST(InvoiceDraft, NamesAllFaultsAtOnce) {
    const Story story;
    const Decision decision = story.decide(draft_with([](DocumentInput& input) {
        input.document.client_id = id<ClientId>(99);
        input.document.lines[1].taxes[0].rate = decimal("101");
    }));
    ASSERT_FALSE(decision.has_value());
    EXPECT_EQ(decision.error().code, Code::invalid_input);
    EXPECT_EQ(fault_at(decision.error(), "/client_id"), "not_found");
    EXPECT_EQ(fault_at(decision.error(), "/lines/1/taxes/0/rate"), "out_of_range");
}

TEST(InvoiceDraft, CountsCharactersAndNotBytes) {
    EXPECT_EQ(text_length("é€😀x"), 4U);
    Story story;
    story.accepts(draft_with([](DocumentInput& input) {
        std::string text;
        for (std::size_t i = 0; i < kTextLengthMax; ++i)
            text += "é";
        document_in(input).notes = text;
    }));
}

TEST(InvoiceDraft, RefusesArchivedClientsAndProducts) {
    Story story;
    ProductProfile product;
    product.code = "A-1";
    story.happens(happened(EntityKind::product, uuid(50), ProductCreated{product}));
    story.happens(happened(EntityKind::product, uuid(50), ProductArchived{}));
    const DraftInvoice with_product = draft_with(
        [](DocumentInput& input) { input.document.lines[0].product_id = id<ProductId>(50); });
    story.refuses(with_product, Code::product_archived);
    story.happens(happened(EntityKind::client, kClient.value, ClientArchived{}));
    story.refuses(draft(), Code::client_archived);
}

TEST(InvoiceDraft, IsChangedWholeAndOnlyWhereSomethingChanges) {
    Story story;
    story.accepts(draft());
    const ChangeInvoice same{invoice_id(), draft().input, {}};
    EXPECT_TRUE(story.accepts(same).empty());
    ChangeInvoice other = same;
    other.input.document.lines.pop_back();
    other.input.line_discounts.pop_back();
    EXPECT_EQ(story.accepts(other).size(), 1U);
    EXPECT_EQ(invoice_in(story).content.totals.total, amount("1200.00"));
}

TEST(InvoiceDraft, IsVoidedForGood) {
    Story story;
    story.accepts(draft());
    story.accepts(VoidInvoice{invoice_id(), {}});
    EXPECT_EQ(status(invoice_in(story), {}), InvoiceStatus::voided);
    story.refuses(VoidInvoice{invoice_id(), {}}, Code::invoice_not_draft);
    story.refuses(ChangeInvoice{invoice_id(), draft().input, {}}, Code::invoice_not_draft);
    story.refuses(issue(), Code::invoice_not_draft);
}

// ---- issuing -----------------------------------------------------------------------------------
TEST(IssueInvoice, FreezesTheWholeDocument) {
    Story story;
    story.accepts(draft());
    const History events = story.accepts(issue());
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].effective_on, kToday);
    const Frozen frozen = only<InvoiceIssued>(events).frozen;
    EXPECT_EQ(frozen.number, "FA-2026-000001");
    EXPECT_EQ(frozen.series_id, kInvoiceSeries);
    EXPECT_EQ(frozen.series_period, "2026");
    EXPECT_EQ(frozen.sequence, 1U);
    EXPECT_EQ(frozen.document.issued_on, kToday);
    EXPECT_EQ(frozen.document.due_on, date("2026-04-30"));
    EXPECT_EQ(frozen.seller, french_company().party);
    EXPECT_EQ(frozen.buyer, business("Dupont SA").party);
    EXPECT_EQ(frozen.totals.total, amount("1252.75"));
    EXPECT_EQ(frozen.calculation, Calculation{});
    ASSERT_EQ(frozen.legal_texts.size(), 3U);
    EXPECT_EQ(frozen.legal_texts[0].code, "PMT");
    EXPECT_EQ(invoice_in(story).content, frozen);
    EXPECT_EQ(status(invoice_in(story), {}), InvoiceStatus::issued);
}

TEST(IssueInvoice, StaysAsItWasWhateverBecomesOfItsParties) {
    Story story;
    story.accepts(draft());
    story.accepts(issue());
    story.happens(
        happened(EntityKind::client, kClient.value, ClientChanged{business("Durand SA"), {}}));
    EXPECT_EQ(invoice_in(story).content.buyer->name, "Dupont SA");
}

TEST(IssueInvoice, IsDueByItsTerms) {
    PaymentTerms terms{.days = 45, .end_of_month = true};
    EXPECT_EQ(due_by_terms(terms, date("2026-01-10")), date("2026-02-28"));
    terms = {.days = 0};
    EXPECT_EQ(due_by_terms(terms, date("2026-01-10")), date("2026-01-10"));
}

TEST(IssueInvoice, GuardsEachPromise) {
    struct Case {
        Code code;
        void (*spoil)(Story&);
    };
    const Case cases[] = {
        {Code::not_found, [](Story&) {}},
        {Code::nothing_to_issue,
         [](Story& s) {
             DraftInvoice text = draft();
             for (Line& line : text.input.document.lines)
                 line.kind = LineKind::text;
             s.accepts(text);
         }},
        {Code::negative_total, [](Story& s) { s.accepts(draft(1, {line("-1", "1")})); }},
        {Code::client_required,
         [](Story& s) {
             DraftInvoice nobody = draft();
             nobody.input.document.client_id.reset();
             s.accepts(nobody);
         }},
        {Code::client_archived,
         [](Story& s) {
             s.accepts(draft());
             s.happens(happened(EntityKind::client, kClient.value, ClientArchived{}));
         }},
        {Code::series_not_found,
         [](Story& s) {
             s.accepts(draft());
             s.happens(happened(EntityKind::series, kInvoiceSeries.value, SeriesClosed{}));
         }},
        {Code::issued_before_last,
         [](Story& s) {
             s.accepts(draft(2));
             s.accepts(issue(2));
             s.set_today(add_days(kToday, -1));
             s.accepts(draft());
         }},
        {Code::issued_in_future,
         [](Story& s) {
             DraftInvoice tomorrow = draft();
             tomorrow.input.document.issued_on = add_days(kToday, 1);
             s.accepts(tomorrow);
         }},
        {Code::period_locked,
         [](Story& s) {
             s.accepts(draft());
             s.happens(locked_through(kToday));
         }},
        {Code::due_before_issue,
         [](Story& s) {
             DraftInvoice late = draft();
             late.input.document.due_on = add_days(kToday, -1);
             s.accepts(late);
         }},
        {Code::missing_legal_data,
         [](Story& s) {
             DraftInvoice nameless = draft();
             nameless.input.document.lines[0].description = " ";
             s.accepts(nameless);
         }},
        {Code::not_supported_yet,
         [](Story& s) {
             DraftInvoice foreign = draft();
             foreign.input.document.currency = {"USD"};
             s.accepts(foreign);
         }},
    };
    for (const Case& one : cases) {
        SCOPED_TRACE(name_of(one.code));
        Story story;
        one.spoil(story);
        story.refuses(issue(), one.code);
    }
}

TEST(IssueInvoice, NamesAllThatTheLawMissesAtOnce) {
    CompanyProfile company = french_company();
    company.party.siren = "404833049";
    company.party.vat_number = "";
    company.party.address.city = "";
    Story story(open_books(company));
    ClientProfile client = business("Dupont SA");
    client.party.address = {};
    story.happens(happened(EntityKind::client, kClient.value, ClientChanged{client, {}}));
    DraftInvoice bare = draft();
    bare.input.document.lines[1].description = "";
    story.accepts(bare);
    const Refusal refusal = story.refuses(issue(), Code::missing_legal_data);
    EXPECT_EQ(fault_at(refusal, "/seller/siren"), "siren_checksum");
    EXPECT_EQ(fault_at(refusal, "/seller/vat_number"), "missing_legal_data");
    EXPECT_EQ(fault_at(refusal, "/seller/address/city"), "missing_legal_data");
    EXPECT_EQ(fault_at(refusal, "/client/address/line1"), "missing_legal_data");
    EXPECT_EQ(fault_at(refusal, "/client/address/city"), "missing_legal_data");
    EXPECT_EQ(fault_at(refusal, "/lines/1/description"), "missing_legal_data");
    EXPECT_EQ(refusal.faults.size(), 6U);
}

TEST(IssueInvoice, MayComeToNothing) {
    Story story;
    story.accepts(draft(1, {line("3", "0")}));
    story.accepts(issue());
    EXPECT_EQ(status(invoice_in(story), {}), InvoiceStatus::paid);
}

TEST(IssueInvoice, NumbersWithoutGapsWhateverIsRefusedBetween) {
    Story story;
    for (std::uint32_t n = 1; n <= 3; ++n) {
        story.accepts(draft(n));
        story.refuses(issue(n, add_days(kToday, 1)), Code::issued_in_future);
        const History events = story.accepts(issue(n));
        EXPECT_EQ(only<InvoiceIssued>(events).frozen.sequence, n);
    }
}

// ---- notes -------------------------------------------------------------------------------------
TEST(AnnotateInvoice, IsAllowedAtAnyTime) {
    Story story;
    story.accepts(draft());
    story.accepts(issue());
    story.accepts(AnnotateInvoice{invoice_id(), {}, {"urgent"}});
    EXPECT_EQ(invoice_in(story).tags, std::vector<std::string>{"urgent"});
    EXPECT_TRUE(story.accepts(AnnotateInvoice{invoice_id(), {}, {"urgent"}}).empty());
    story.refuses(AnnotateInvoice{invoice_id(), {}, {std::string(kNameLengthMax + 1, 'x')}},
                  Code::text_too_long);
    story.refuses(AnnotateInvoice{invoice_id(9), {}, {}}, Code::not_found);
}

} // namespace
} // namespace daybook::tests
