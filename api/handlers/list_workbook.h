// A list as a workbook (XLSX), for people whose spreadsheet asks no questions about separators:
// numbers are numbers, dates are dates, and a text is never a formula. libxlsxwriter behind it,
// which writes to a file: that lies in <data>/exports while it is sent, and is swept at the next
// start.
#pragma once

#include "api/handlers/list_writer.h"

namespace daybook::api {

// Writes row by row in constant memory. More rows than a sheet holds (1,048,576) cut the answer.
std::expected<std::unique_ptr<ListWriter>, Problem> workbook_writer(const Call& call,
                                                                    const TableShape& shape);

// Where workbooks lie while they are made.
std::string exports_folder(const std::string& data_directory);

} // namespace daybook::api
