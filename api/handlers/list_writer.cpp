#include "api/handlers/list_writer.h"

#include "api/handlers/list_workbook.h"
#include "api/http/header_list.h"

#include <algorithm>
#include <array>

namespace daybook::api {
namespace {

struct Form {
    ListForm form;
    std::string_view media_type;
    std::string_view extension;
    std::string_view content_type;
};

constexpr std::array<Form, 5> kForms{
    {{ListForm::json, "application/json", "json", "application/json"},
     {ListForm::csv, "text/csv", "csv", "text/csv; charset=utf-8; header=present"},
     {ListForm::tsv, "text/tab-separated-values", "tsv",
      "text/tab-separated-values; charset=utf-8"},
     {ListForm::ndjson, "application/x-ndjson", "ndjson", "application/x-ndjson"},
     {ListForm::xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}}};

const Form& row_of(ListForm form) { return *std::ranges::find(kForms, form, &Form::form); }

class CsvWriter final : public ListWriter {
  public:
    explicit CsvWriter(CsvTable table) : table_(std::move(table)) {}
    std::string begin() override { return table_.head(); }
    std::string item(const Json& item) override { return table_.row(item); }

  private:
    CsvTable table_;
};

class NdjsonWriter final : public ListWriter {
  public:
    std::string item(const Json& item) override { return to_json(item) + "\n"; }
};

} // namespace

std::expected<ListForm, Problem> list_form_of(const Request& request) {
    std::array<std::string_view, kForms.size()> offers;
    std::ranges::transform(kForms, offers.begin(), &Form::media_type);
    if (const auto wanted = preferred_type(request.header("accept"), offers))
        return kForms.at(*wanted).form;
    std::string names;
    for (const Form& form : kForms)
        names += (names.empty() ? "" : ", ") + std::string(form.media_type);
    return std::unexpected(problem(406, "not_acceptable", names));
}

std::string_view extension_of(ListForm form) { return row_of(form).extension; }

std::expected<std::unique_ptr<ListWriter>, Problem>
list_writer(const Call& call, const TableShape& shape, ListForm form) {
    CsvForm csv = TRY(read_csv_form(call.request));
    if (form == ListForm::ndjson)
        return std::make_unique<NdjsonWriter>();
    if (form == ListForm::xlsx)
        return TRY(workbook_writer(call, shape));
    if (form == ListForm::tsv)
        csv.separator = '\t';
    return std::make_unique<CsvWriter>(CsvTable(shape.columns, shape.items, csv));
}

void add_file_headers(Response& response, std::string_view name, ListForm form) {
    const Form& row = row_of(form);
    response.headers.emplace_back("Content-Type", row.content_type);
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\""
                                                             + std::string(name) + "."
                                                             + std::string(row.extension) + "\"");
}

} // namespace daybook::api
