#include "engine/domain/import_books.h"

#include "engine/domain/going_back.h"
#include "engine/domain/settled.h"
#include "events/codec/limits.h"
#include "tests/support/given_when_then.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

External source(std::string id) { return {.system = "retail", .table = "t", .id = std::move(id)}; }

ImportedClient imported_client(std::uint32_t n) {
    return {id<ClientId>(6000 + n), business("Customer " + std::to_string(n)),
            source("client " + std::to_string(n))};
}
ImportedDocument imported_document(std::uint32_t n, std::string_view total,
                                   DocumentKind kind = DocumentKind::invoice) {
    ImportedDocument document;
    document.id = uuid(7000 + n);
    document.external = source("document " + std::to_string(n));
    Frozen& frozen = document.imported.frozen;
    frozen.document = document_of({line("1", total, "0")}, 50'000 + n);
    frozen.document.kind = kind;
    frozen.document.client_id.reset();
    frozen.document.issued_on = date("2010-12-01");
    frozen.number = std::to_string(536'000 + n);
    frozen.totals.total = frozen.totals.payable = amount(total);
    return document;
}
ImportBooks books_of(std::vector<ImportedClient> clients, std::vector<ImportedDocument> documents,
                     std::uint32_t n = 1) {
    ImportBooks command;
    command.record.import_id = id<ImportId>(8000 + n);
    command.record.file.name = "retail.csv";
    command.clients = std::move(clients);
    command.documents = std::move(documents);
    return command;
}
ImportBooks first_import() {
    ImportedDocument document = imported_document(1, "12.50");
    document.imported.frozen.document.client_id = id<ClientId>(6001);
    return books_of({imported_client(1)},
                    {document, imported_document(2, "3.00", DocumentKind::credit_note)});
}

TEST(ImportBooks, WritesClientsThenDocumentsThenTheRecord) {
    Story story;
    const History events = story.accepts(first_import());
    ASSERT_EQ(events.size(), 4U);
    EXPECT_TRUE(std::holds_alternative<ClientCreated>(events[0].event));
    EXPECT_TRUE(std::holds_alternative<InvoiceImported>(events[1].event));
    EXPECT_TRUE(std::holds_alternative<CreditNoteImported>(events[2].event));
    EXPECT_TRUE(std::holds_alternative<ImportRecorded>(events[3].event));
    EXPECT_EQ(events[1].external, source("document 1"));
    EXPECT_EQ(events[1].effective_on, date("2010-12-01"));
    EXPECT_EQ(events[3].thing.kind, EntityKind::import);
    EXPECT_EQ(due_now(story.books(), id<InvoiceId>(7001)), amount("12.50"));
    story.refuses(IssueInvoice{id<InvoiceId>(7001), {}, {}}, Code::invoice_not_draft);
}

// The same rows under other names of ours: another upload of the same file.
ImportBooks again() {
    ImportBooks command = first_import();
    command.record.import_id = id<ImportId>(8002);
    command.clients[0].id = id<ClientId>(6901);
    for (ImportedDocument& document : command.documents) {
        document.id.bytes[0] = 1;
        document.imported.frozen.document.lines[0].id = id<LineItemId>(59'999);
    }
    command.documents[0].imported.frozen.document.client_id = id<ClientId>(6901);
    return command;
}

TEST(ImportBooks, WritesTheSameFileOnce) {
    Story story;
    story.accepts(first_import());
    EXPECT_TRUE(story.accepts(again()).empty());
}

// Undone, brought in once more, and then the undoing undone: each row is here under another id, and
// the first record of the import would tell of nothing.
TEST(ImportBooks, ComesBackWithItsThingsOrNotAtAll) {
    const auto undo = [](Revision commit) { return UndoCommit{.commit = commit, .reason = "no"}; };
    Story story;
    const auto head = [&] { return story.books().timeline().head(); };
    story.accepts(first_import());
    story.accepts(undo(head()));
    const Revision undone = head();
    EXPECT_EQ(only<ImportRecorded>(story.accepts(again())).import_id, id<ImportId>(8002));
    const auto made = plan(story.books(), undo(undone), {kCompany, story.today()});
    ASSERT_TRUE(made.has_value());
    EXPECT_EQ(made->kept.size(), 4U);
    EXPECT_TRUE(story.accepts(undo(undone)).empty());
    // Once the second coming is undone too, the first one may come back, whole.
    story.accepts(undo(head()));
    story.accepts(undo(undone));
    EXPECT_NE(story.books().find({EntityKind::import, uuid(8001)}), nullptr);
    EXPECT_NE(story.books().invoice(id<InvoiceId>(7001)), nullptr);
}

TEST(ImportBooks, WritesOnlyWhatIsNewAndLeansOnTheClientThatIsThere) {
    Story story;
    story.accepts(first_import());
    ImportBooks more = again();
    more.documents.push_back(imported_document(3, "1.00"));
    more.documents[2].imported.frozen.document.client_id = id<ClientId>(6901);
    ClientProfile moved = business("Customer 1, now in Nantes");
    story.happens(happened(EntityKind::client, uuid(6001), ClientChanged{moved, {}}));
    const History events = story.accepts(more);
    ASSERT_EQ(events.size(), 2U);
    const Frozen frozen = only<InvoiceImported>(events).imported.frozen;
    EXPECT_EQ(frozen.document.client_id, id<ClientId>(6001));
    EXPECT_EQ(frozen.buyer, moved.party);
}

TEST(ImportBooks, RefusesOtherContentUnderTheSameName) {
    Story story;
    story.accepts(first_import());
    ImportBooks other = again();
    other.documents[0].imported.frozen.totals.total = amount("12.51");
    other.documents[1].imported.frozen.number = "C1";
    const Refusal refusal = story.refuses(other, Code::import_conflict);
    EXPECT_EQ(fault_at(refusal, "/documents/0"), "import_conflict");
    EXPECT_EQ(fault_at(refusal, "/documents/1"), "import_conflict");
}

TEST(ImportBooks, SaysWhereInTheFileAndWhatDiffers) {
    Story story;
    story.accepts(first_import());
    ImportBooks other = again();
    other.documents[0].imported.frozen.totals.total = amount("12.51");
    other.documents[0].external.row = 7;
    other.record.mapping = {{"Invoice/No", "number"}};
    const Refusal refusal = story.refuses(other, Code::import_conflict);
    ASSERT_EQ(refusal.faults.size(), 1U);
    const Fault& fault = refusal.faults.front();
    EXPECT_EQ(fault.pointer, "/rows/7/Invoice~1No");
    EXPECT_EQ(fault.detail, "line 7, document \"" + other.documents[0].imported.frozen.number
                                + "\": /totals/total is \"12.50\" here, \"12.51\" in the file");
    EXPECT_NE(refusal.detail.find(fault.detail), std::string::npos);
}

TEST(ImportBooks, MeetsTheSameNameTwiceInOneFile) {
    Story story;
    ImportBooks command =
        books_of({}, {imported_document(1, "1.00"), imported_document(1, "1.00")});
    EXPECT_EQ(story.accepts(command).size(), 2U);
    command = books_of({}, {imported_document(2, "1.00"), imported_document(2, "2.00")}, 2);
    EXPECT_EQ(fault_at(story.refuses(command, Code::import_conflict), "/documents/1"),
              "import_conflict");
}

TEST(ImportBooks, ComesBackAfterItWasRolledBack) {
    Story story;
    for (const NewEvent& event : story.accepts(first_import()))
        story.happens({event.thing, Returned{0}, {}, {}});
    EXPECT_EQ(story.accepts(again()).size(), 4U);
}

TEST(ImportBooks, GuardsEachPromise) {
    struct Case {
        const char* pointer;
        const char* code;
        void (*spoil)(ImportedDocument&);
    };
    const Case cases[] = {
        {"/documents/0/client_id", "not_found",
         [](ImportedDocument& d) { d.imported.frozen.document.client_id = id<ClientId>(99); }},
        {"/documents/0/currency", "unknown_currency",
         [](ImportedDocument& d) { d.imported.frozen.document.currency = {"XXX"}; }},
        {"/documents/0/lines", "too_many_lines",
         [](ImportedDocument& d) { d.imported.frozen.document.lines.resize(kLinesMax + 1); }},
        {"/documents/0/lines/0/taxes", "too_many_taxes",
         [](ImportedDocument& d) { d.imported.frozen.document.lines[0].taxes.resize(6); }},
        {"/documents/0/lines/0/taxes", "out_of_range",
         [](ImportedDocument& d) { d.imported.frozen.document.lines[0].taxes = {vat("-1")}; }},
        {"/documents/0", "negative_total",
         [](ImportedDocument& d) { d.imported.frozen.totals.total = amount("-0.01"); }},
        {"/documents/0", "amount_overflow",
         [](ImportedDocument& d) { d.imported.frozen.document.lines[0].net = {kAmountMax + 1}; }},
    };
    for (const Case& one : cases) {
        SCOPED_TRACE(one.code);
        ImportedDocument document = imported_document(1, "1.00");
        one.spoil(document);
        const Decision decision = Story().decide(books_of({}, {document}));
        ASSERT_FALSE(decision.has_value());
        EXPECT_EQ(fault_at(decision.error(), one.pointer), one.code) << describe(decision.error());
    }
    Story story;
    story.refuses(books_of({}, {}), Code::import_empty);
    story.happens(locked_through(date("2010-12-31")));
    EXPECT_EQ(
        fault_at(story.refuses(first_import(), Code::period_locked), "/documents/0/issued_on"),
        "period_locked");
}

TEST(ImportBooks, RefusesMoreThanACommitHolds) {
    ImportBooks command = books_of({}, {});
    for (std::uint32_t n = 0; n < kCommitEventsMax; ++n)
        command.clients.push_back(imported_client(n));
    const Story story;
    const Decision decision = story.decide(command);
    ASSERT_FALSE(decision.has_value());
    EXPECT_EQ(decision.error().code, Code::commit_too_large);
    EXPECT_EQ(decision.error().facts[0], (NamedText{"events", "50001"}));
}

} // namespace
} // namespace daybook::tests
