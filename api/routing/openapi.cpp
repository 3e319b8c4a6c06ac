// OpenAPI 3.1 from the route table: one operation a row, schemas moved to components.
#include "api/routing/route.h"

#include <algorithm>

namespace daybook::api {
namespace {

// Replaces each named schema by its reference and collects the definitions.
Json hoist(const Json& schema, Json& definitions) {
    if (const JsonArray* items = schema.if_array()) {
        JsonArray hoisted;
        for (const Json& item : *items)
            hoisted.push_back(hoist(item, definitions));
        return hoisted;
    }
    const JsonObject* members = schema.if_object();
    if (!members)
        return schema;
    if (const Json* definition = schema.find("x-definition")) {
        const std::string reference = *schema.find("$ref")->if_string();
        const std::string name = reference.substr(reference.rfind('/') + 1);
        if (!definitions.find(name)) {
            definitions.set(name, nullptr); // Stops a definition that names itself.
            definitions.set(name, hoist(*definition, definitions));
        }
        return JsonObject{{"$ref", reference}};
    }
    Json hoisted = JsonObject{};
    for (const auto& [name, value] : *members)
        hoisted.set(name, hoist(value, definitions));
    return hoisted;
}

std::string_view name_of(Permission permission) {
    switch (permission) {
    case Permission::none:
        return "none";
    case Permission::read:
        return "read";
    case Permission::write:
        return "write";
    case Permission::issue:
        return "issue";
    case Permission::audit:
        return "audit";
    case Permission::admin:
        return "admin";
    }
    return "none";
}

Json parameter(std::string_view name, std::string_view in, std::string_view description,
               bool required) {
    Json json;
    json.set("name", name);
    json.set("in", in);
    if (!description.empty())
        json.set("description", description);
    json.set("required", required);
    json.set("schema", JsonObject{{"type", "string"}});
    return json;
}

JsonArray parameters_of(const Route& route) {
    JsonArray parameters;
    std::string_view rest = route.pattern;
    for (std::size_t open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
        const std::size_t close = rest.find('}', open);
        parameters.push_back(parameter(rest.substr(open + 1, close - open - 1), "path", "", true));
        rest.remove_prefix(close);
    }
    for (const Parameter& query : route.parameters)
        parameters.push_back(parameter(query.name, "query", query.description, false));
    return parameters;
}

Json content(std::string_view media_type, Json schema) {
    Json media;
    media.set(media_type, JsonObject{{"schema", std::move(schema)}});
    return media;
}

Json problem_schema() {
    using namespace schema;
    Schema problem = object(
        {{"type", text()},
         {"title", text()},
         {"status", integer()},
         {"code", text()},
         {"detail", text()},
         {"instance", text()},
         {"request_id", text()},
         {"errors", array(object({{"pointer", text()}, {"code", text()}, {"detail", text()}}))}});
    problem.value.set("additionalProperties", true); // Facts stand beside.
    JsonArray codes;
    for (const std::string_view code : all_problem_codes())
        codes.emplace_back(code);
    Json properties = *problem.value.find("properties");
    properties.set("code", JsonObject{{"type", "string"}, {"enum", std::move(codes)}});
    problem.value.set("properties", std::move(properties));
    return named("Problem", problem).value;
}

Json operation_of(const Route& route, Json& definitions) {
    Json operation;
    operation.set("summary", route.summary);
    operation.set("x-permission", name_of(route.permission));
    operation.set("parameters", parameters_of(route));
    if (route.body_max > 0)
        operation.set("x-body-bytes-max", route.body_max);
    if (route.request) {
        Json body = JsonObject{{"required", true}};
        body.set("content", content("application/json", hoist(route.request->value, definitions)));
        operation.set("requestBody", std::move(body));
    }
    Json success;
    success.set("description", route.summary);
    if (route.response)
        success.set("content",
                    content("application/json", hoist(route.response->value, definitions)));
    Json failure;
    failure.set("description", "What went wrong (RFC 9457).");
    failure.set("content",
                content("application/problem+json", hoist(problem_schema(), definitions)));
    Json responses;
    if (route.may_change_nothing)
        responses.set("200", success);
    if (route.pattern == "/health/ready") // Whoever watches reads the same when it is not.
        responses.set("503", success);
    responses.set(std::to_string(route.status), std::move(success));
    responses.set("default", std::move(failure));
    operation.set("responses", std::move(responses));
    return operation;
}

} // namespace

Json openapi(const Router& router, std::string_view version) {
    Json definitions = JsonObject{};
    Json paths = JsonObject{};
    for (const Route& route : router.routes()) {
        std::string method(route.method);
        std::ranges::transform(method, method.begin(),
                               [](char c) { return static_cast<char>(c | 0x20); });
        const Json* known = paths.find(route.pattern);
        Json path = known ? *known : Json(JsonObject{});
        path.set(method, operation_of(route, definitions));
        paths.set(route.pattern, std::move(path));
    }
    Json info;
    info.set("title", "Daybook");
    info.set("version", version);
    info.set("description", "Event-sourced books with an audit trail that can be proven.");
    Json document;
    document.set("openapi", "3.1.0");
    document.set("info", std::move(info));
    document.set("paths", std::move(paths));
    document.set("components", JsonObject{{"schemas", std::move(definitions)}});
    return document;
}

} // namespace daybook::api
