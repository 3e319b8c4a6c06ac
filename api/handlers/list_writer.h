// A list as a file, in one of five forms: what it begins with, each item, what it ends with. The
// same writers serve one list, a history, and all lists in one archive.
#pragma once

#include "api/handlers/list_csv.h"

#include <expected>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace daybook::api {

enum class ListForm { json, csv, tsv, ndjson, xlsx };

// What Accept asks for; 406 not_acceptable when it is none of them.
std::expected<ListForm, Problem> list_form_of(const Request& request);
// "csv", "tsv", "ndjson", "xlsx": as they are named, and what file names end in.
std::string_view extension_of(ListForm form);

class ListWriter {
  public:
    virtual ~ListWriter() = default;
    virtual std::string begin() { return {}; }
    virtual std::string item(const Json& item) = 0;
    // Appends some of what follows the last item; true when there is more. Throws when the file
    // cannot be made, so that the reader sees that something is missing.
    virtual bool end(std::string& out) {
        static_cast<void>(out);
        return false;
    }
};

// What the items of a table look like.
struct TableShape {
    std::string_view name; // "invoices"
    std::span<const std::string_view> columns;
    const Schema& items;
};
// For any form but json. 400 bad_parameter for a separator, decimal sign or mark that there is not.
std::expected<std::unique_ptr<ListWriter>, Problem>
list_writer(const Call& call, const TableShape& shape, ListForm form);

// Content-Type and Content-Disposition.
void add_file_headers(Response& response, std::string_view name, ListForm form);

} // namespace daybook::api
