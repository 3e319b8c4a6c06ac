#include "tests/engine/import/import_fixture.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <set>

namespace daybook::import {
namespace {

using domain::Code;
using tests::amount;
using tests::date;
using tests::decimal;
using Texts = std::vector<std::string>;

const Frozen& frozen(const Planned& plan, std::size_t index = 0) {
    return plan.value().documents.at(index).imported.frozen;
}

TEST(ImportPlan, FreezesADocumentAsTheFileStatesIt) {
    const auto planned = plan(kHeader + kRow);
    ASSERT_TRUE(planned.has_value());
    const domain::ImportedDocument& document = planned->documents.front();
    const Frozen& invoice = document.imported.frozen;
    EXPECT_EQ(invoice.number, "536365");
    EXPECT_EQ(invoice.document.kind, DocumentKind::invoice);
    EXPECT_EQ(invoice.document.issued_on, date("2010-12-13"));
    EXPECT_EQ(invoice.document.due_on, date("2010-12-13"));
    EXPECT_EQ(invoice.series_id, std::nullopt);
    EXPECT_EQ(invoice.seller.name, "Gifts Ltd");
    EXPECT_EQ(invoice.origin, "csv:online-retail");
    EXPECT_EQ(invoice.totals.total, amount("15.30"));
    EXPECT_EQ(document.imported.computed, invoice.totals);
    EXPECT_TRUE(document.imported.differences.empty());

    const Line& line = invoice.document.lines.front();
    EXPECT_EQ(line.code, "85123A");
    EXPECT_EQ(line.description, "HEART");
    EXPECT_EQ(line.product_id, std::nullopt);
    EXPECT_EQ(line.net, amount("15.30"));

    EXPECT_EQ(document.external.system, "csv:online-retail");
    EXPECT_EQ(document.external.table, "documents");
    EXPECT_EQ(document.external.id, "536365");
    EXPECT_EQ(document.external.row, 2u);
    EXPECT_EQ(to_text(document.external.occurred_at.value()), "2010-12-13T08:26:00.000000Z");
}

TEST(ImportPlan, MakesOneClientForEachIdAndFreezesItAsBuyer) {
    const auto planned = plan(kHeader + kRow + "536366,A,B,1,12/13/10,1,17850,EIRE,\n"
                              + "536367,A,B,1,12/13/10,1,12583,France,\n");
    ASSERT_TRUE(planned.has_value());
    ASSERT_EQ(planned->clients.size(), 2u);
    const domain::ImportedClient& client = planned->clients.front();
    EXPECT_EQ(client.profile.party.name, "Customer 17850");
    EXPECT_EQ(client.profile.party.code, "17850");
    EXPECT_EQ(client.profile.party.address.country, "GB");
    EXPECT_EQ(client.profile.party.address.country_text, "United Kingdom");
    EXPECT_EQ(client.external.table, "clients");
    EXPECT_EQ(client.external.id, "17850");
    EXPECT_EQ(frozen(planned, 0).document.client_id, client.id);
    EXPECT_EQ(frozen(planned, 1).document.client_id, client.id);
    EXPECT_EQ(frozen(planned, 1).buyer->address.country, "IE");
    EXPECT_EQ(find_warning(*planned, "customers_with_several_countries")->examples,
              Texts{"17850: United Kingdom, EIRE; United Kingdom was taken"});
    EXPECT_EQ(count_of(*planned, "customers"), 2u);
}

TEST(ImportPlan, SendsBlankClientsToTheCounterOrLeavesThemOut) {
    const std::string csv = kHeader + "1,A,B,1,12/13/10,1,,EIRE,\n2,A,B,1,12/13/10,1,,France,\n";
    CompanyFacts french = wholesaler();
    french.locale = "fr-FR";
    const auto counter = plan(csv, wholesale_options(), french);
    ASSERT_TRUE(counter.has_value());
    ASSERT_EQ(counter->clients.size(), 1u);
    EXPECT_EQ(counter->clients.front().profile.party.name, "Ventes au comptoir");
    EXPECT_EQ(counter->clients.front().profile.party.address, Address{});
    EXPECT_EQ(counter->clients.front().profile.party.kind, PartyKind::consumer);
    EXPECT_EQ(frozen(counter, 0).buyer->address.country, "IE");
    EXPECT_EQ(frozen(counter, 1).buyer->address.country, "FR");
    EXPECT_EQ(count_of(*counter, "customers"), 0u);
    EXPECT_EQ(plan(csv)->clients.front().profile.party.name, "Counter sales");

    Options options = wholesale_options();
    options.client_for_blank = ClientForBlank::none;
    const auto none = plan(csv, options);
    ASSERT_TRUE(none.has_value());
    EXPECT_TRUE(none->clients.empty());
    EXPECT_EQ(frozen(none).document.client_id, std::nullopt);
    EXPECT_EQ(frozen(none).buyer, std::nullopt);
    EXPECT_EQ(frozen(none).document.custom,
              (std::vector<CustomField>{{"Country", "EIRE"}})); // Not lost.
}

TEST(ImportPlan, TurnsACreditNoteIntoWhatItGivesBack) {
    const auto planned =
        plan(kHeader + "C536379,D,Discount,-1,12/13/10 9:41,27.5,14527,France,-27.5\n"
             + "C536379,E,Other,-2,12/13/10 9:41,3,14527,France,-6.00\n");
    ASSERT_TRUE(planned.has_value());
    const Frozen& note = frozen(planned);
    EXPECT_EQ(note.document.kind, DocumentKind::credit_note);
    EXPECT_EQ(note.document.lines[0].quantity, decimal("1"));
    EXPECT_EQ(note.document.lines[0].unit_price, decimal("27.5"));
    EXPECT_EQ(note.document.lines[1].net, amount("6.00"));
    EXPECT_EQ(note.totals.total, amount("33.50"));
    EXPECT_TRUE(planned->documents.front().imported.differences.empty());
    const ImportSum& sum = planned->record.sums.front();
    EXPECT_EQ(sum.invoices, amount("0.00"));
    EXPECT_EQ(sum.credit_notes, amount("-33.50"));
    EXPECT_EQ(sum.total, amount("-33.50"));
}

TEST(ImportPlan, KeepsEqualRowsZeroPricesAndWriteOffs) {
    const auto planned =
        plan(kHeader + kRow + kRow + "536589,21777,,-10,12/13/10 16:50,0,,EIRE,0\n");
    ASSERT_TRUE(planned.has_value());
    EXPECT_EQ(frozen(planned).document.lines.size(), 2u);
    EXPECT_EQ(frozen(planned).totals.total, amount("30.60"));
    EXPECT_EQ(count_of(*planned, "lines_repeated"), 1u);
    EXPECT_EQ(frozen(planned, 1).document.kind, DocumentKind::invoice);
    EXPECT_EQ(frozen(planned, 1).totals.total, amount("0.00"));
    EXPECT_EQ(frozen(planned, 1).document.lines.front().quantity, decimal("-10"));
    EXPECT_EQ(count_of(*planned, "invoices_with_negative_quantities"), 1u);
    EXPECT_EQ(count_of(*planned, "documents_of_zero_total"), 1u);
}

TEST(ImportPlan, TakesTheEarliestMinuteOfADocument) {
    const auto planned =
        plan(kHeader + "1,A,B,1,12/14/10 0:01,1,7,France,\n"
             + "2,A,B,1,12/13/10,1,7,France,\n1,A,B,1,12/13/10 23:59,1,7,France,\n");
    ASSERT_TRUE(planned.has_value());
    ASSERT_EQ(planned->documents.size(), 2u);
    EXPECT_EQ(frozen(planned).document.issued_on, date("2010-12-13"));
    EXPECT_EQ(frozen(planned).document.lines.size(), 2u);
    EXPECT_EQ(count_of(*planned, "documents_with_several_moments"), 1u);
    EXPECT_EQ(count_of(*planned, "documents_interrupted"), 1u);
}

TEST(ImportPlan, KeepsStatedAmountsAndShowsOursBeside) {
    const auto planned = plan(kHeader + "1,A,B,3,12/13/10,3.33,7,France,10\n"
                              + "1,A,B,1,12/13/10,1,7,France,1.00\n");
    ASSERT_TRUE(planned.has_value());
    const Imported& imported = planned->documents.front().imported;
    EXPECT_EQ(imported.frozen.document.lines[0].net, amount("10.00"));
    EXPECT_EQ(imported.frozen.document.lines[0].quantity, decimal("3"));
    EXPECT_EQ(imported.frozen.totals.total, amount("11.00"));
    EXPECT_EQ(imported.computed.total, amount("10.99"));
    EXPECT_EQ(imported.differences, (std::vector<Difference>{{"lines/0/net", "10.00", "9.99"},
                                                             {"totals/net", "11.00", "10.99"},
                                                             {"totals/total", "11.00", "10.99"}}));
    EXPECT_EQ(planned->record.differences.front().field, "documents/1/lines/0/net");
    EXPECT_EQ(count_of(*planned, "documents_with_differences"), 1u);
}

TEST(ImportPlan, RecordsTaxAsItWasTold) {
    const std::string csv = kHeader + "1,A,B,1,12/13/10,120,7,France,\n";
    const auto none = plan(csv);
    ASSERT_TRUE(none.has_value());
    ASSERT_EQ(frozen(none).taxes.size(), 1u);
    EXPECT_EQ(frozen(none).taxes[0].tax.category, TaxCategory::unspecified);
    EXPECT_EQ(frozen(none).taxes[0].base, amount("120.00"));
    EXPECT_EQ(frozen(none).totals.tax, amount("0.00"));

    Options options = wholesale_options();
    options.tax_rate = decimal("20");
    options.tax_treatment = TaxTreatment::exclusive;
    EXPECT_EQ(frozen(plan(csv, options)).totals.total, amount("144.00"));
    EXPECT_EQ(frozen(plan(csv, options)).taxes[0].tax.category, TaxCategory::S);
    options.tax_treatment = TaxTreatment::inclusive;
    EXPECT_EQ(frozen(plan(csv, options)).totals.total, amount("120.00"));
    EXPECT_EQ(frozen(plan(csv, options)).totals.tax, amount("20.00"));
}

TEST(ImportPlan, KeepsTextAsItStands) {
    const std::string text = "=HYPERLINK(\"\"http://x\"\")<script>alert(1)</script>\n  é ";
    const auto planned = plan(kHeader + "1, a ,\"" + text + "\",1,12/13/10,1,7,France,\n");
    ASSERT_TRUE(planned.has_value());
    EXPECT_EQ(frozen(planned).document.lines[0].code, " a ");
    EXPECT_EQ(frozen(planned).document.lines[0].description,
              "=HYPERLINK(\"http://x\")<script>alert(1)</script>\n  é ");
}

TEST(ImportPlan, NamesEveryFaultByLineAndColumn) {
    const auto planned = plan(kHeader + kRow                             // 2
                              + ",A,B,1,12/13/10,1,7,France,\n"          // 3
                              + "5,A,B,,12/13/10,1,7,France,\n"          // 4
                              + "5,A,B,1,yesterday,1,7,France,\n"        // 5
                              + "5,A,B,x,12/13/10,2..5,7,France,1.234\n" // 6
                              + "5,A,B,1,12/13/10,1,\"7\n8\",France,\n"  // 7
                              + "5,A,B,1,,1,7,France,\n");               // 9
    ASSERT_FALSE(planned.has_value());
    EXPECT_EQ(planned.error().code, Code::import_broken_row);
    std::vector<std::pair<std::string, Code>> found;
    for (const domain::Fault& fault : planned.error().faults)
        found.emplace_back(fault.pointer, fault.code);
    EXPECT_EQ(found, (std::vector<std::pair<std::string, Code>>{
                         {"/rows/3/InvoiceNo", Code::missing_member},
                         {"/rows/4/Quantity", Code::missing_member},
                         {"/rows/5/InvoiceDate", Code::bad_date},
                         {"/rows/6/Quantity", Code::not_a_decimal},
                         {"/rows/6/UnitPrice", Code::not_a_decimal},
                         {"/rows/6/TotalPrice", Code::too_many_decimals},
                         {"/rows/7/CustomerID", Code::invalid_input},
                         {"/rows/9/InvoiceDate", Code::missing_member}}));
    EXPECT_EQ(planned.error().faults[3].detail,
              "line 6, Quantity: \"x\" cannot be read as a number with '.' as decimal: "
              "not_a_decimal");
}

TEST(ImportPlan, RefusesDocumentsThatContradictThemselves) {
    struct Case {
        const char* row;
        const char* pointer;
        Code code;
    };
    for (const auto& [row, pointer, code] :
         {Case{"536365,A,B,1,12/13/10 8:26,1,12583,France,\n", "/rows/3/CustomerID",
               Code::client_mismatch},
          Case{"536365,A,B,1,12/14/10 8:26,1,17850,France,\n", "/rows/3/InvoiceDate",
               Code::bad_date},
          Case{"9,A,B,-1,12/13/10,1,17850,France,-1\n", "/rows/3/InvoiceNo", Code::negative_total},
          Case{"9,A,B,1000000000000,12/13/10,1000,17850,France,\n", "/rows/3/InvoiceNo",
               Code::amount_overflow}}) {
        const auto planned = plan(kHeader + kRow + row);
        ASSERT_FALSE(planned.has_value()) << row;
        EXPECT_EQ(planned.error().faults.front().pointer, pointer) << row;
        EXPECT_EQ(planned.error().faults.front().code, code) << row;
    }
}

TEST(ImportPlan, TakesTwoThousandLinesAndNamesTheDocumentThatHasMore) {
    const std::string row = "7,A,B,1,12/13/10,1,7,France,1\n";
    std::string csv = kHeader;
    for (int i = 0; i < 2000; ++i)
        csv += row;
    ASSERT_TRUE(plan(csv).has_value());
    const auto refused = plan(csv + row);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().faults.front().pointer, "/rows/2002/InvoiceNo");
    EXPECT_EQ(refused.error().faults.front().code, Code::too_many_lines);
    EXPECT_EQ(refused.error().faults.front().detail,
              "line 2002, document \"7\": 2001 lines; 2000 are the limit");
}

TEST(ImportPlan, RefusesSumsThatNoBooksCanHold) {
    std::string csv = kHeader;
    for (int i = 0; i < 20; ++i)
        csv += fmt::format("{},A,B,1,12/13/10,1000000000000,7,France,\n", i);
    const auto refused = plan(csv);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, Code::amount_overflow);
    // A sign is found even where a sum of products would leave 128 bits.
    std::string extreme = kHeader;
    for (int i = 0; i < 300; ++i)
        extreme += "C1,A,B,1000000000000,12/13/10,1000000000000,7,France,\n";
    EXPECT_EQ(plan(extreme).error().code, Code::import_broken_row);
}

TEST(ImportPlan, RefusesAHeaderAloneAndAZoneThatDoesNotExist) {
    EXPECT_EQ(plan(kHeader).error().code, Code::import_empty);
    EXPECT_EQ(plan("a,b\n").error().code, Code::unknown_format);
    Options options = wholesale_options();
    options.time_zone = "Mars/Olympus";
    const auto refused = plan(kHeader + kRow, options);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, Code::unknown_time_zone);
    EXPECT_EQ(refused.error().faults.front().pointer, "/time_zone");
}

TEST(ImportPlan, PutsTheMomentInTheZoneThatWasSaid) {
    Options options = wholesale_options();
    options.time_zone = "Europe/Paris";
    const auto planned = plan(kHeader + kRow, options);
    ASSERT_TRUE(planned.has_value());
    EXPECT_EQ(to_text(planned->documents[0].external.occurred_at.value()),
              "2010-12-13T07:26:00.000000Z");
    EXPECT_EQ(frozen(planned).document.issued_on, date("2010-12-13")); // As the file has it.
    const auto dated = plan(kHeader + "1,A,B,1,12/13/10,1,7,France,\n");
    EXPECT_EQ(dated->documents[0].external.occurred_at, std::nullopt);
}

TEST(ImportPlan, ReportsWhatStayedOutsideAndWhatIsUnusual) {
    CompanyFacts company = wholesaler();
    company.today = date("2010-12-12");
    company.base_currency = {"EUR"};
    const auto planned = plan("InvoiceNo,Quantity,InvoiceDate,UnitPrice,Country,Colour\n"
                              "A 1,1,12/13/10,-1,Atlantis,red\nC2,1,12/13/10,1,,blue\n,,,,,\n"
                              "A 1,0,12/13/10,1,France,red\nA 1,2,12/13/10,1,Atlantis,red\n",
                              wholesale_options(), company);
    ASSERT_TRUE(planned.has_value());
    for (const auto& [name, count] : {std::pair{"columns_not_imported", 1u},
                                      {"rows_blank", 1u},
                                      {"documents_interrupted", 1u},
                                      {"documents_dated_in_future", 2u},
                                      {"documents_in_other_currency", 2u},
                                      {"documents_of_unknown_country", 1u},
                                      {"invoices_with_credit_number", 1u},
                                      {"numbers_of_unusual_form", 1u},
                                      {"documents_with_several_countries", 1u},
                                      {"lines_of_negative_price", 1u},
                                      {"lines_of_zero_quantity", 1u},
                                      {"lines_without_code", 4u}}) {
        EXPECT_EQ(count_of(*planned, name), count) << name;
        ASSERT_NE(find_warning(*planned, name), nullptr) << name;
        EXPECT_EQ(find_warning(*planned, name)->count, count) << name;
    }
    EXPECT_EQ(find_warning(*planned, "columns_not_imported")->examples, Texts{"Colour"});
    EXPECT_EQ(find_warning(*planned, "rows_blank")->examples, Texts{"line 4"});
    EXPECT_EQ(planned->clients.front().profile.currency.code, "GBP");
}

// ---- a plan adds up to what a naive reader would have added up
// -----------------------------------

struct NaiveLine {
    std::int64_t quantity;
    std::int64_t pence;
    int document;
};

RC_GTEST_PROP(ImportPlan, AddsUpToTheNaiveSum, ()) {
    const auto lines = *rc::gen::nonEmpty(rc::gen::container<std::vector<NaiveLine>>(rc::gen::apply(
        [](std::int64_t quantity, std::int64_t pence, int document) {
            return NaiveLine{quantity, pence, document};
        },
        rc::gen::inRange<std::int64_t>(1, 1000), rc::gen::inRange<std::int64_t>(0, 100'000),
        rc::gen::inRange(-3, 4))));
    std::string csv = kHeader;
    std::int64_t invoices = 0;
    std::int64_t credits = 0;
    std::set<int> documents;
    for (const auto& [quantity, pence, document] : lines) {
        const bool credit = document < 0;
        const std::int64_t signed_quantity = credit ? -quantity : quantity;
        (credit ? credits : invoices) += signed_quantity * pence;
        documents.insert(document);
        csv += fmt::format("{}{},A,\"a,\"\"b\"\"\nc\",{},12/13/10,{}.{:02},7,France,\n",
                           credit ? "C" : "", std::abs(document), signed_quantity, pence / 100,
                           pence % 100);
    }
    const auto planned = plan(csv);
    RC_ASSERT(planned.has_value());
    const ImportSum& sum = planned->record.sums.front();
    RC_ASSERT(sum.invoices.minor == invoices);
    RC_ASSERT(sum.credit_notes.minor == credits);
    RC_ASSERT(sum.total.minor == invoices + credits);
    RC_ASSERT(planned->documents.size() == documents.size());
    RC_ASSERT(count_of(*planned, "lines") == lines.size());
}

} // namespace
} // namespace daybook::import
