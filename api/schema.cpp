#include "api/schema.h"

namespace daybook::api::schema {
namespace {

Json typed(std::string_view type) {
    Json schema;
    schema.set("type", type);
    return schema;
}

Schema formatted(std::string_view format) {
    Json schema = typed("string");
    schema.set("format", format);
    return {schema};
}

Schema patterned(std::string_view pattern) {
    Json schema = typed("string");
    schema.set("pattern", pattern);
    return {schema};
}

} // namespace

Schema text() { return {typed("string")}; }

Schema text_of(std::initializer_list<std::string_view> values) {
    Json schema = typed("string");
    JsonArray allowed;
    for (const std::string_view value : values)
        allowed.emplace_back(value);
    schema.set("enum", std::move(allowed));
    return {schema};
}

Schema uuid() {
    return patterned("^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$");
}
Schema date() { return formatted("date"); }
Schema instant() { return formatted("date-time"); }
Schema decimal() { return patterned("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$"); }
Schema integer() { return {typed("integer")}; }
Schema boolean() { return {typed("boolean")}; }
Schema hex() { return patterned("^[0-9a-f]{64}$"); }
Schema any() { return {Json(JsonObject{})}; }

Schema money() { return named("Money", object({{"amount", decimal()}, {"currency", text()}})); }

Schema array(Schema items) {
    Json schema = typed("array");
    schema.set("items", std::move(items.value));
    return {schema};
}

Schema nullable(Schema schema) {
    Json either;
    either.set("anyOf", JsonArray{std::move(schema.value), typed("null")});
    return {either};
}

Schema object(std::vector<Member> members) {
    return extended({Json(JsonObject{{"type", "object"},
                                     {"properties", JsonObject{}},
                                     {"required", JsonArray{}},
                                     {"additionalProperties", false}})},
                    std::move(members));
}

Schema extended(const Schema& base, std::vector<Member> members) {
    Schema result = base;
    // A named base is opened up: its definition is copied, its name stays its own.
    if (const Json* definition = result.value.find("x-definition")) {
        Json opened = *definition;
        result.value = std::move(opened);
    }
    Json properties = *result.value.find("properties");
    Json required = *result.value.find("required");
    for (Member& member : members) {
        properties.set(member.name, std::move(member.schema.value));
        if (member.required)
            required.push(member.name);
    }
    result.value.set("properties", std::move(properties));
    result.value.set("required", std::move(required));
    return result;
}

// The definition travels with the reference until OpenAPI is written, which moves it to
// components/schemas (openapi.cpp).
Schema named(std::string_view name, const Schema& definition) {
    Json schema;
    schema.set("$ref", "#/components/schemas/" + std::string(name));
    schema.set("x-definition", definition.value);
    return {schema};
}

Schema list_of(const Schema& item) {
    return object({{"items", array(item)},
                   {"next", nullable(text())},
                   {"prev", nullable(text())},
                   {"revision", integer()},
                   optional("total", integer()),
                   optional("sums", array(object({{"currency", text()},
                                                  {"net", decimal()},
                                                  {"tax", decimal()},
                                                  {"total", decimal()},
                                                  {"due", decimal()}})))});
}

} // namespace daybook::api::schema
