#include "api/handlers/list_csv.h"

#include <algorithm>

namespace daybook::api {
namespace {} // namespace

std::expected<CsvForm, Problem> read_csv_form(const Request& request) {
    CsvForm form;
    if (const auto separator = request.parameter("separator")) {
        if (*separator == "," || *separator == ";" || *separator == "\t")
            form.separator = separator->front();
        else if (*separator == "tab")
            form.separator = '\t';
        else
            return bad_parameter("separator", "',', ';' or tab");
    }
    if (const auto decimal = request.parameter("decimal")) {
        if (*decimal != "." && *decimal != ",")
            return bad_parameter("decimal", "'.' or ','");
        form.decimal = decimal->front();
    }
    if (const auto mark = request.parameter("bom")) {
        if (*mark != "true" && *mark != "false")
            return bad_parameter("bom", "true or false");
        form.byte_order_mark = *mark == "true";
    }
    return form;
}

CsvTable::CsvTable(std::span<const std::string_view> columns, const Schema& items, CsvForm form)
    : columns_(columns_of(columns, items)), form_(form) {}

template <class CellOf>
std::string CsvTable::line(CellOf&& cell_of) const {
    std::string text;
    for (const Column& column : columns_) {
        if (&column != &columns_.front())
            text += form_.separator;
        text += cell_of(column);
    }
    return text + "\r\n";
}

std::string CsvTable::head() const {
    const std::string names =
        line([this](const Column& column) { return quoted(std::string(column.name)); });
    return form_.byte_order_mark ? "\xEF\xBB\xBF" + names : names;
}

std::string CsvTable::row(const Json& item) const {
    return line([&](const Column& column) {
        const Json* value = value_at(item, column.name);
        return value ? cell(*value, column.kind) : std::string();
    });
}

std::string CsvTable::cell(const Json& value, ColumnKind kind) const {
    if (value.is_null())
        return {};
    const std::string* text = value.if_string();
    if (!text)
        return quoted(to_json(value));
    std::string shown = *text;
    if (kind == ColumnKind::number)
        std::ranges::replace(shown, '.', form_.decimal);
    else
        shown = defused(std::move(shown));
    return quoted(std::move(shown));
}

std::string CsvTable::quoted(std::string text) const {
    if (text.find_first_of(std::string("\"\r\n") + form_.separator) == std::string::npos)
        return text;
    std::string inside;
    for (const char c : text) {
        if (c == '"')
            inside += '"';
        inside += c;
    }
    return '"' + inside + '"';
}

} // namespace daybook::api
