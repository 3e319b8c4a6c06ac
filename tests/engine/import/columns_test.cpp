#include "engine/import/columns.h"

#include <gtest/gtest.h>

namespace daybook::import {
namespace {

using domain::Code;
using Names = std::vector<std::string>;

const Names kOnlineRetail = {"InvoiceNo", "StockCode",  "Description", "Quantity",  "InvoiceDate",
                             "UnitPrice", "CustomerID", "Country",     "TotalPrice"};

TEST(Columns, AreKnownByTheirNamesInAnyOrderAndCase) {
    const auto straight = recognise({1, kOnlineRetail}, {});
    ASSERT_TRUE(straight.has_value());
    EXPECT_EQ(straight->place(Role::number), 0u);
    EXPECT_EQ(straight->place(Role::total), 8u);
    EXPECT_EQ(straight->system, "csv:online-retail");

    const auto turned =
        recognise({1,
                   {"TOTAL_PRICE", "country", "customer id", "Unit Price", "Invoice Date", "qty",
                    "description", "stock-code", " invoiceno "}},
                  {});
    ASSERT_TRUE(turned.has_value());
    EXPECT_EQ(turned->place(Role::number), 8u);
    EXPECT_EQ(turned->place(Role::quantity), 5u);
    EXPECT_EQ(turned->name(Role::number), "invoiceno");
    EXPECT_EQ(turned->name(Role::currency), "currency");
}

TEST(Columns, NameOneSystemWhateverElseTheFileAdds) {
    Names without_total = kOnlineRetail;
    without_total.pop_back();
    Names more = kOnlineRetail;
    more.emplace_back("Remarks");
    EXPECT_EQ(recognise({1, without_total}, {})->system, "csv:online-retail");
    EXPECT_EQ(recognise({1, more}, {})->system, "csv:online-retail");
    EXPECT_EQ(recognise({1, {"Document No", "qty", "price", "Document date"}}, {})->system,
              "csv:documentno");
}

TEST(Columns, FollowTheMappingBeforeTheNames) {
    const std::vector<MappedColumn> mapping = {{"Order", Role::number},
                                               {"#4", Role::date},
                                               {"net", Role::unit_price},
                                               {"Description", std::nullopt}};
    const auto columns =
        recognise({1, {"InvoiceNo", "Order", "Quantity", "", "NET", "Description"}}, mapping);
    ASSERT_TRUE(columns.has_value());
    EXPECT_EQ(columns->place(Role::number), 1u);
    EXPECT_EQ(columns->place(Role::date), 3u);
    EXPECT_EQ(columns->place(Role::unit_price), 4u);
    EXPECT_FALSE(columns->has(Role::description));
    EXPECT_EQ(columns->ignored, (std::vector<std::size_t>{0, 5}));
    EXPECT_EQ(columns->name(Role::date), "#4");
}

TEST(Columns, SayWhatWasFoundAndAllThatIsMissing) {
    const auto columns = recognise({1, {"Quantity", "Colour"}}, {});
    ASSERT_FALSE(columns.has_value());
    EXPECT_EQ(columns.error().code, Code::unknown_format);
    EXPECT_NE(columns.error().detail.find("Quantity, Colour"), std::string::npos);
    Names missing;
    for (const domain::Fault& fault : columns.error().faults)
        missing.push_back(fault.detail);
    EXPECT_EQ(missing, (Names{"no column means number", "no column means date",
                              "no column means unit_price"}));
}

TEST(Columns, RefuseTwoOfOneMeaningAndAMappingOfNothing) {
    Names twice = kOnlineRetail;
    twice.emplace_back("Qty");
    const auto doubled = recognise({1, twice}, {});
    ASSERT_FALSE(doubled.has_value());
    EXPECT_EQ(doubled.error().faults.front().pointer, "/rows/1/Qty");

    const std::vector<MappedColumn> mapping = {{"Colour", Role::code}};
    const auto nowhere = recognise({1, kOnlineRetail}, mapping);
    ASSERT_FALSE(nowhere.has_value());
    EXPECT_EQ(nowhere.error().faults.front().detail, "there is no column \"Colour\"");

    // A person may say which of the two is meant.
    const std::vector<MappedColumn> choice = {{"Qty", Role::quantity}};
    EXPECT_TRUE(recognise({1, twice}, choice).has_value());
}

} // namespace
} // namespace daybook::import
