// OpenAPI 3.1 from the route table: one operation a row, schemas moved to components.
#include "api/routing/changes_since.h"
#include "api/routing/preview.h"
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

bool is_read(const Route& route) { return route.method == "GET"; }
bool is_long_work(const Route& route) { return route.status == 202; }

// The headers that mean something here, in the order of the path of a request.
JsonArray headers_of(const Route& route) {
    const Handling& takes = route.handler.takes;
    JsonArray headers;
    if (takes.needs_match)
        headers.push_back(parameter("If-Match", "header",
                                    "the ETag you saw, or \"v<version>\": 412 when it is stale",
                                    true));
    if (takes.knows_tag)
        headers.push_back(parameter("If-None-Match", "header",
                                    "the ETag you have: 304 when it is the same", false));
    if (takes.knows_repeat || is_long_work(route))
        headers.push_back(parameter("Idempotency-Key", "header",
                                    "the same key and request again is answered as at first",
                                    false));
    if (is_long_work(route))
        headers.push_back(
            parameter("Prefer", "header", "wait=<seconds>: how long to wait for the end", false));
    if (!is_read(route))
        headers.push_back(
            parameter("Daybook-Actor", "header", "who acts, stored as asserted", false));
    headers.push_back(
        parameter("Accept-Language", "header", "fr or en: the language of sentences", false));
    return headers;
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
    std::ranges::move(headers_of(route), std::back_inserter(parameters));
    return parameters;
}

Json content(std::string_view media_type, Json schema) {
    Json media;
    media.set(media_type, JsonObject{{"schema", std::move(schema)}});
    return media;
}

Json problem_schema() {
    using namespace schema;
    Schema problem = object({{"type", text()},
                             {"title", text()},
                             {"status", integer()},
                             {"code", text()},
                             {"detail", text()},
                             {"instance", text()},
                             {"request_id", text()},
                             {"errors", array(object({{"pointer", text()},
                                                      {"code", text()},
                                                      {"detail", text()},
                                                      optional("choices", array(text()))}))},
                             optional("current_version", integer()),
                             optional("given_version", integer()),
                             optional("revision", integer()),
                             optional("history", text())});
    problem = extended(problem, changes_since_schema());
    problem.value.set("additionalProperties", true); // Facts stand beside.
    JsonArray codes;
    for (const std::string_view code : all_problem_codes())
        codes.emplace_back(code);
    Json properties = *problem.value.find("properties");
    properties.set("code", JsonObject{{"type", "string"}, {"enum", std::move(codes)}});
    problem.value.set("properties", std::move(properties));
    return named("Problem", problem).value;
}

bool takes(const Route& route, std::string_view parameter) {
    return std::ranges::find(route.parameters, parameter, &Parameter::name)
           != route.parameters.end();
}

// Which refusals a route can give, as far as its row tells; `default` stands for the rest.
std::vector<int> refusals_of(const Route& route) {
    const bool writes = !is_read(route);
    const bool has_books = route.pattern.find("/companies") != std::string::npos;
    std::vector<int> statuses;
    const auto add = [&](bool can, std::initializer_list<int> more) {
        if (can)
            statuses.insert(statuses.end(), more);
    };
    add(true, {400});
    add(route.pattern.find('{') != std::string::npos, {404});
    add(takes(route, "separator"), {406});
    add(writes, {409});
    add(takes(route, "as_of"), {410});
    add(route.handler.takes.needs_match, {412, 428});
    add(route.body_max > 0, {413});
    add(route.request.has_value(), {415});
    add(writes || takes(route, "as_of"), {422});
    add(writes || has_books, {503});
    return statuses;
}

Json either(const Json& one, const Json& other) {
    return JsonObject{{"anyOf", JsonArray{one, other}}};
}

// What 200 holds: the answer where that is its status, a preview where it can be asked for.
std::optional<Json> shown_as_200(const Route& route) {
    std::optional<Json> shown;
    if (route.response && (route.status == 200 || route.may_change_nothing))
        shown = route.response->value;
    if (!route.handler.takes.previews)
        return shown;
    const Json preview = schema::preview_schema().value;
    return shown ? either(*shown, preview) : preview;
}

Json described(std::string_view description, std::string_view media_type,
               const std::optional<Json>& schema, Json& definitions) {
    Json response;
    response.set("description", description);
    if (schema)
        response.set("content", content(media_type, hoist(*schema, definitions)));
    return response;
}

Json responses_of(const Route& route, Json& definitions) {
    constexpr std::string_view kJson = "application/json";
    const auto whole = route.response ? std::optional(route.response->value) : std::nullopt;
    Json responses;
    if (const auto shown = shown_as_200(route))
        responses.set("200", described(route.summary, kJson, shown, definitions));
    if (route.status != 200 || !whole)
        responses.set(std::to_string(route.status),
                      described(route.summary, kJson, whole, definitions));
    if (route.handler.takes.knows_tag)
        responses.set("304", described("It is as you have it.", kJson, {}, definitions));
    const Json problem = described("What went wrong (RFC 9457).", "application/problem+json",
                                   problem_schema(), definitions);
    for (const int status : refusals_of(route))
        responses.set(std::to_string(status), problem);
    if (route.pattern == "/health/ready") // Whoever watches reads the same when it is not.
        responses.set("503", described(route.summary, kJson, whole, definitions));
    responses.set("default", problem);
    return responses;
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
    operation.set("responses", responses_of(route, definitions));
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
