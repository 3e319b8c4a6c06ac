#include "api/handlers/list_columns.h"

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

ColumnKind kind_of(const Schema& items, std::string_view column) {
    const Json* schema = &items.value;
    each_name(column, [&](std::string_view name) { schema = member_schema(schema, name); });
    schema = opened(schema);
    if (!schema)
        return ColumnKind::text;
    if (*schema == schema::decimal().value)
        return ColumnKind::number;
    if (*schema == schema::date().value)
        return ColumnKind::date;
    if (*schema == schema::boolean().value)
        return ColumnKind::truth;
    const Json* type = schema->find("type");
    if (type && (*type == Json("array") || *type == Json("object")))
        return ColumnKind::json;
    return *schema == schema::integer().value ? ColumnKind::whole : ColumnKind::text;
}

bool begins_formula(std::string_view text) {
    return !text.empty()
           && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

} // namespace

std::vector<Column> columns_of(std::span<const std::string_view> names, const Schema& items) {
    std::vector<Column> columns;
    for (const std::string_view name : names)
        columns.push_back({name, kind_of(items, name)});
    return columns;
}

const Json* value_at(const Json& item, std::string_view name) {
    const Json* value = &item;
    each_name(name, [&](std::string_view part) { value = value ? value->find(part) : nullptr; });
    return value;
}

// A text that begins with an apostrophe and would be a formula without it gets one more, so that
// what comes back is what went out.
std::string defused(std::string text) {
    std::string_view rest = text;
    while (rest.starts_with('\''))
        rest.remove_prefix(1);
    if (begins_formula(rest))
        text.insert(text.begin(), '\'');
    return text;
}

std::string undefused(std::string text) {
    std::string_view rest = text;
    while (rest.starts_with('\''))
        rest.remove_prefix(1);
    if (text.starts_with('\'') && begins_formula(rest))
        text.erase(text.begin());
    return text;
}

} // namespace daybook::api
