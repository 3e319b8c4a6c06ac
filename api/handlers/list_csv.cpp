#include "api/handlers/list_csv.h"

#include <algorithm>

namespace daybook::api {
namespace {

// Through names (x-definition) and "or null" to the schema itself.
const Json* opened(const Json* schema) {
    while (schema) {
        if (const Json* definition = schema->find("x-definition"))
            schema = definition;
        else if (const Json* either = schema->find("anyOf"); either && either->if_array())
            schema = &either->if_array()->front();
        else
            break;
    }
    return schema;
}

const Json* member_schema(const Json* schema, std::string_view name) {
    schema = opened(schema);
    const Json* properties = schema ? schema->find("properties") : nullptr;
    return properties ? properties->find(name) : nullptr;
}

// Calls step(name) for each name between dots.
template <class Step>
void each_name(std::string_view path, Step&& step) {
    while (!path.empty()) {
        const std::size_t dot = path.find('.');
        step(path.substr(0, dot));
        path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
    }
}

bool is_number(const Schema& list_schema, std::string_view column) {
    const Json* schema = &list_schema.value;
    each_name(column, [&](std::string_view name) { schema = member_schema(schema, name); });
    schema = opened(schema);
    return schema && *schema == schema::decimal().value;
}

bool begins_formula(std::string_view text) {
    return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != text.npos;
}

std::unexpected<Problem> bad(std::string detail) {
    return std::unexpected(problem(400, "bad_parameter", std::move(detail)));
}

} // namespace

std::expected<CsvForm, Problem> read_csv_form(const Request& request) {
    CsvForm form;
    if (const auto separator = request.parameter("separator")) {
        if (*separator == "," || *separator == ";" || *separator == "\t")
            form.separator = separator->front();
        else if (*separator == "tab")
            form.separator = '\t';
        else
            return bad("separator: ',', ';' or tab");
    }
    if (const auto decimal = request.parameter("decimal")) {
        if (*decimal != "." && *decimal != ",")
            return bad("decimal: '.' or ','");
        form.decimal = decimal->front();
    }
    if (const auto mark = request.parameter("bom")) {
        if (*mark != "true" && *mark != "false")
            return bad("bom: true or false");
        form.byte_order_mark = *mark == "true";
    }
    return form;
}

CsvTable::CsvTable(std::span<const std::string_view> columns, const Schema& items, CsvForm form)
    : form_(form) {
    for (const std::string_view name : columns)
        columns_.push_back({name, is_number(items, name)});
}

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
        const Json* value = &item;
        each_name(column.name,
                  [&](std::string_view name) { value = value ? value->find(name) : nullptr; });
        return value ? cell(*value, column.number) : std::string();
    });
}

std::string CsvTable::cell(const Json& value, bool number) const {
    if (value.is_null())
        return {};
    const std::string* text = value.if_string();
    if (!text)
        return quoted(to_json(value));
    std::string shown = *text;
    if (number)
        std::ranges::replace(shown, '.', form_.decimal);
    else if (begins_formula(shown))
        shown.insert(shown.begin(), '\'');
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
