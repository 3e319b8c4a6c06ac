// What tests of the import share: a British company, ids that count, a clock zone without rules,
// and tables from text.
#pragma once

#include "engine/import/plan.h"
#include "tests/support/builders.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace daybook::import {

class CountingIds : public IdSource {
  public:
    Uuid next_id() override { return tests::uuid(++last_); }
    std::array<std::uint8_t, 16> next_salt() override { return {}; }

  private:
    std::uint32_t last_ = 0;
};

// Knows two zones, as they are in winter: "Europe/London" and "Europe/Paris", an hour ahead.
inline Result<Timestamp> winter_instant(std::string_view zone, Date date, std::int32_t second) {
    if (zone != "Europe/London" && zone != "Europe/Paris")
        return fail(ErrorKind::invalid, "no such zone");
    const std::int64_t ahead = zone == "Europe/Paris" ? 3600 : 0;
    return Timestamp{start_of(date).micros + (second - ahead) * 1'000'000};
}

inline CompanyFacts wholesaler() {
    return {.seller = {.name = "Gifts Ltd"},
            .base_currency = {"GBP"},
            .time_zone = "Europe/London",
            .locale = "en-GB",
            .today = tests::date("2011-01-31"),
            .instant_of = winter_instant};
}

inline Options wholesale_options() {
    return {.currency = Currency{"GBP"},
            .tax_treatment = TaxTreatment::none,
            .client_for_blank = ClientForBlank::counter};
}

using Planned = std::expected<domain::ImportBooks, domain::Refusal>;

inline Planned plan(std::string_view csv, const Options& options = wholesale_options(),
                    const CompanyFacts& company = wholesaler()) {
    auto table = read_csv(csv, options.separator);
    if (!table)
        return std::unexpected(table.error());
    CountingIds ids;
    return plan_import(*table, options, {.name = "test.csv"}, company, ids);
}

// The header of the real file, before rows of its form.
inline const std::string kHeader = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,"
                                   "CustomerID,Country,TotalPrice\n";
// A row that proves the order of dates: December 13.
inline const std::string kRow =
    "536365,85123A,HEART,6,12/13/10 8:26,2.55,17850,United Kingdom,15.3\n";

inline std::uint64_t count_of(const domain::ImportBooks& books, std::string_view name) {
    for (const NamedCount& counted : books.record.counts)
        if (counted.name == name)
            return counted.count;
    throw std::runtime_error("no count is called " + std::string(name));
}

inline const ImportWarning* find_warning(const domain::ImportBooks& books, std::string_view code) {
    for (const ImportWarning& warning : books.record.warnings)
        if (warning.code == code)
            return &warning;
    return nullptr;
}

inline std::string read_test_data(const std::string& name) {
    const std::string path = std::string(DAYBOOK_SOURCE_DIR "/tests/data/") + name;
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw std::runtime_error("the tests need " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace daybook::import
