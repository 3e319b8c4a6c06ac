// A list of clients or products that comes back, changed or not: each row is the client or product
// with its id, else the one with its code, else a new one. A column that is not there leaves its
// member as it is; an empty field empties it.
#pragma once

#include "api/imports/import_run.h"
#include "api/imports/list_columns.h"

namespace daybook::api {

// Every row that cannot be is a fault at /rows/<line>/<column>. What is so already is not among the
// rows of the command. The mapping that was used is recorded, and used again for a file with the
// same columns that comes without one.
std::expected<PlannedImport, Problem> plan_list(Service& service, CompanyId company,
                                                const ImportSource& source,
                                                const import::Table& table,
                                                const ListHeader& header);

// What an earlier import of this company, the newest first, made of all of these columns; nothing
// when there was none. So nobody explains the same spreadsheet twice.
struct SavedReading {
    std::vector<NamedText> mapping;
    std::string list; // "clients", "products"
};
std::expected<SavedReading, Problem> saved_reading(Service& service, CompanyId company,
                                                   const import::Row& header);

} // namespace daybook::api
