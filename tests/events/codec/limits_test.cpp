// The limits of the stored form let through what the domain allows, and nothing beyond them.
#include "events/codec/limits.h"

#include "events/codec/codec.h"
#include "events/codec/flat.h"
#include "tests/support/ok.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

Tax tax_with_exemption(std::size_t n) {
    return {.scheme = fmt::format("TAX{}", n),
            .category = TaxCategory::E,
            .rate = {5'500'000},
            .name = "Exonération",
            .exemption = Exemption{.code = "VATEX-EU-132", .text = "Article 261 du CGI"}};
}

std::vector<Tax> all_taxes() {
    std::vector<Tax> taxes;
    for (std::size_t n = 0; n < kTaxesPerLineMax; ++n)
        taxes.push_back(tax_with_exemption(n));
    return taxes;
}

std::vector<TaxRow> all_tax_rows() {
    std::vector<TaxRow> rows;
    for (const Tax& tax : all_taxes())
        rows.push_back({.tax = tax, .base = {100'000}, .amount = {5'500}});
    return rows;
}

// The widest line: every table that a line can hold.
Line widest_line(std::uint32_t position) {
    return {.id = {Uuid{{1, 2, 3}}},
            .position = position,
            .product_id = ProductId{Uuid{{4}}},
            .code = fmt::format("{:05}", position),
            .description = std::string(120, 'd'),
            .quantity = {1'000'000},
            .unit = "hour",
            .unit_code = "HUR",
            .unit_price = {99'990'000},
            .discount = Discount{.percent = Decimal{10'000'000}, .reason = "loyal"},
            .nature = Nature::service,
            .period = DateRange{.from = {20'000}, .to = {20'030}},
            .account = "706000",
            .taxes = all_taxes(),
            .net = {100'000},
            .taxable = {100'000}};
}

Frozen widest_document() {
    Frozen frozen;
    for (std::uint32_t i = 1; i <= kLinesMax; ++i)
        frozen.document.lines.push_back(widest_line(i));
    frozen.taxes = all_tax_rows();
    return frozen;
}

TEST(Limits, LetTheWidestInvoiceThrough) {
    const Event invoice = InvoiceIssued{.frozen = widest_document()};
    const std::string record = encode_record({}, invoice);
    RecordProperty("bytes", static_cast<int>(record.size()));
    EXPECT_LE(record.size(), kRecordBytesMax);
    EXPECT_TRUE(ok(decode_record(record)).event == invoice);
}

TEST(Limits, LetTheWidestCreditNoteThrough) {
    CreditedInvoice credited{.number = "FA-2026-000001", .issued_on = Date{20'000}};
    for (std::uint32_t i = 0; i < kLinesMax; ++i)
        credited.lines.push_back({.line_id = {Uuid{{1, 2, 3}}},
                                  .quantity = {1'000'000},
                                  .net = {100'000},
                                  .taxes = all_tax_rows()});
    const Event note = CreditNoteIssued{.frozen = widest_document(), .credits = {credited}};
    const std::string record = encode_record({}, note);
    RecordProperty("bytes", static_cast<int>(record.size()));
    EXPECT_LE(record.size(), kRecordBytesMax);
    EXPECT_TRUE(ok(decode_record(record)).event == note);
}

ImportRecorded import_of_tables(std::size_t tables) {
    ImportRecorded import;
    import.counts.resize(tables - 1); // And the event's own.
    return import;
}

TEST(Limits, HoldAtTheGreatestNumberOfTables) {
    EXPECT_TRUE(
        decode_payload("ImportRecorded", encode_payload(import_of_tables(kTablesMax))).has_value());
    EXPECT_EQ(kind_of_failure(decode_payload("ImportRecorded",
                                             encode_payload(import_of_tables(kTablesMax + 1)))),
              ErrorKind::corrupt);
}

// No event is nested so deeply; this one can be.
struct Nest {
    std::vector<Nest> inner;
    bool operator==(const Nest&) const = default;
};
BOOST_DESCRIBE_STRUCT(Nest, (), (inner))

Nest nest_of(std::uint32_t depth) {
    Nest nest;
    for (std::uint32_t i = 1; i < depth; ++i)
        nest = Nest{.inner = {nest}};
    return nest;
}

TEST(Limits, HoldAtTheGreatestDepth) {
    EXPECT_TRUE(flat::decode<Nest>(flat::encode(nest_of(kTableDepthMax))).has_value());
    EXPECT_EQ(kind_of_failure(flat::decode<Nest>(flat::encode(nest_of(kTableDepthMax + 1)))),
              ErrorKind::corrupt);
}

} // namespace
} // namespace daybook::tests
