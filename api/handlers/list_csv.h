// Lists as CSV (RFC 4180), for people who open them in a spreadsheet. What is a number, and so may
// begin with a minus and take a decimal comma, is told by the schema of the list; every other cell
// that a spreadsheet would take for a formula gets an apostrophe in front.
#pragma once

#include "api/handlers/list_columns.h"
#include "api/handlers/resource.h"

#include <span>
#include <string>
#include <vector>

namespace daybook::api {

struct CsvForm {
    char separator = ',';
    char decimal = '.';
    bool byte_order_mark = false;
};

// 400 bad_parameter when separator, decimal or bom are none that there are.
std::expected<CsvForm, Problem> read_csv_form(const Request& request);

class CsvTable {
  public:
    CsvTable(const Resource& resource, CsvForm form)
        : CsvTable(resource.csv_columns, resource.list_schema, form) {}
    // Columns of the items that the schema describes, which tells what is a number.
    CsvTable(std::span<const std::string_view> columns, const Schema& items, CsvForm form);

    std::string head() const; // With the byte order mark, if one is wanted.
    std::string row(const Json& item) const;

  private:
    std::string cell(const Json& value, ColumnKind kind) const;
    std::string quoted(std::string text) const;
    template <class CellOf>
    std::string line(CellOf&& cell_of) const;

    std::vector<Column> columns_;
    CsvForm form_;
};

} // namespace daybook::api
