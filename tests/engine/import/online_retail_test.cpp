// The proof on real input: every number that is known about the file comes out, and the same
// invoices written another way are the same plan.
#include "engine/import/columns.h"
#include "tests/engine/import/import_fixture.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>

namespace daybook::import {
namespace {

using domain::Code;
using tests::amount;

const std::string& real_file() {
    static const std::string bytes = read_test_data("online-retail-december-2010.csv");
    return bytes;
}

TEST(OnlineRetail, ComesOutToTheLastPenny) {
    const auto planned = plan(real_file());
    ASSERT_TRUE(planned.has_value());
    const std::map<std::string, std::uint64_t> expected = {
        {"lines", 28'492},
        {"documents", 1'275},
        {"invoices", 1'119},
        {"credit_notes", 156},
        {"customers", 713},
        {"lines_in_longest_document", 675},
        {"lines_without_client", 10'003},
        {"lines_of_zero_price", 185},
        {"lines_without_description", 113},
        {"invoices_with_negative_quantities", 67},
        {"documents_with_several_moments", 1},
        {"lines_repeated", 412},
        {"documents_without_client", 204},
        {"documents_of_zero_total", 125},
        {"documents_of_unknown_country", 1}, // The Channel Islands.
        {"lines_without_code", 0},
        {"lines_of_zero_quantity", 0},
        {"lines_of_negative_price", 0},
        {"documents_with_several_countries", 0},
        {"documents_with_client_on_some_lines", 0},
        {"documents_interrupted", 0},
        {"documents_with_differences", 0},
        {"documents_dated_in_future", 0},
        {"documents_in_other_currency", 0},
        {"invoices_with_credit_number", 0},
        {"numbers_of_unusual_form", 0},
        {"customers_with_several_countries", 0},
        {"columns_not_imported", 0},
        {"rows_blank", 0},
    };
    std::map<std::string, std::uint64_t> found;
    for (const NamedCount& counted : planned->record.counts)
        found[counted.name] = counted.count;
    EXPECT_EQ(found, expected);
    EXPECT_EQ(planned->record.sums,
              (std::vector<ImportSum>{{Currency{"GBP"}, amount("540361.13"), amount("-63376.56"),
                                       amount("476984.57")}}));
}

TEST(OnlineRetail, IsPlannedWholeWithoutADifference) {
    const auto planned = plan(real_file());
    ASSERT_TRUE(planned.has_value());
    EXPECT_EQ(planned->clients.size(), 714u); // And the counter.
    EXPECT_EQ(planned->documents.size(), 1'275u);
    EXPECT_TRUE(planned->record.differences.empty());
    std::size_t lines = 0;
    for (const domain::ImportedDocument& document : planned->documents) {
        const Frozen& frozen = document.imported.frozen;
        lines += frozen.document.lines.size();
        EXPECT_EQ(document.imported.computed, frozen.totals) << frozen.number;
        EXPECT_GE(frozen.totals.total, Amount{}) << frozen.number;
        EXPECT_TRUE(frozen.document.client_id.has_value()) << frozen.number;
        EXPECT_TRUE(document.external.occurred_at.has_value()) << frozen.number;
        EXPECT_EQ(frozen.document.kind == DocumentKind::credit_note, frozen.number[0] == 'C');
    }
    EXPECT_EQ(lines, 28'492u);
    const auto two_minutes = std::ranges::find(
        planned->documents, "536591", [](const auto& each) { return each.imported.frozen.number; });
    ASSERT_NE(two_minutes, planned->documents.end());
    EXPECT_EQ(to_text(two_minutes->external.occurred_at.value()), "2010-12-01T16:57:00.000000Z");
}

TEST(OnlineRetail, NeedsThreeAnswersAndProvesTheRest) {
    const auto asked = plan(real_file(), Options{});
    ASSERT_FALSE(asked.has_value());
    EXPECT_EQ(asked.error().code, Code::needs_choice);
    std::vector<std::string> pointers;
    for (const domain::Fault& fault : asked.error().faults)
        pointers.push_back(fault.pointer);
    EXPECT_EQ(pointers,
              (std::vector<std::string>{"/currency", "/tax_treatment", "/client_for_blank"}));
    const auto planned = plan(real_file());
    ASSERT_TRUE(planned.has_value());
    const ImportWarning* order = find_warning(*planned, "date_order_inferred");
    ASSERT_NE(order, nullptr);
    EXPECT_TRUE(order->detail.starts_with("date_order=mdy:")) << order->detail;
    EXPECT_NE(order->examples.front().find("12/13/10"), std::string::npos);
}

// A spreadsheet on the continent writes the same table so.
std::string continental(const Table& table, const Columns& columns) {
    std::string text = "\xEF\xBB\xBF";
    const auto add = [&](const Row& row, bool header) {
        for (std::size_t i = 0; i < row.fields.size(); ++i) {
            std::string field = row.fields[i];
            if (!header
                && (columns.place(Role::unit_price) == i || columns.place(Role::total) == i))
                std::ranges::replace(field, '.', ',');
            text += i ? ";\"" : "\"";
            for (const char c : field)
                text += c == '"' ? std::string("\"\"") : std::string(1, c);
            text += "\"";
        }
        text += "\r\n";
    };
    add(table.header, true);
    for (const Row& row : table.rows)
        add(row, false);
    return text;
}

TEST(OnlineRetail, IsTheSamePlanWrittenTheContinentalWay) {
    const auto table = read_csv(real_file());
    ASSERT_TRUE(table.has_value());
    const auto columns = recognise(table->header, {});
    ASSERT_TRUE(columns.has_value());
    const auto original = plan(real_file());
    const auto other = plan(continental(*table, *columns));
    ASSERT_TRUE(original.has_value());
    ASSERT_TRUE(other.has_value());
    EXPECT_EQ(other->record.counts, original->record.counts);
    EXPECT_EQ(other->record.sums, original->record.sums);
    ASSERT_EQ(other->clients.size(), original->clients.size());
    for (std::size_t i = 0; i < other->clients.size(); ++i) {
        EXPECT_EQ(other->clients[i].profile, original->clients[i].profile);
        EXPECT_EQ(other->clients[i].external, original->clients[i].external);
    }
    ASSERT_EQ(other->documents.size(), original->documents.size());
    for (std::size_t i = 0; i < other->documents.size(); ++i) {
        EXPECT_EQ(other->documents[i].imported, original->documents[i].imported);
        EXPECT_EQ(other->documents[i].external, original->documents[i].external);
    }
}

TEST(OnlineRetail, IsRefusedWholeForOneBrokenRowNamedByItsLine) {
    std::string spoiled = real_file();
    const std::size_t at = spoiled.find("12/7/10");
    ASSERT_NE(at, std::string::npos);
    const auto line = 1 + std::ranges::count(spoiled.substr(0, at), '\n');
    spoiled[at] = 'x';
    const auto refused = plan(spoiled);
    ASSERT_FALSE(refused.has_value());
    ASSERT_EQ(refused.error().faults.size(), 1u);
    EXPECT_EQ(refused.error().faults.front().pointer,
              "/rows/" + std::to_string(line) + "/InvoiceDate");
}

} // namespace
} // namespace daybook::import
