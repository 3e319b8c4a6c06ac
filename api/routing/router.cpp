#include "api/json/input.h"
#include "api/routing/revision_header.h"
#include "api/routing/route.h"

#include <algorithm>

namespace daybook::api {
namespace {

bool is_variable(std::string_view segment) { return segment.starts_with('{'); }

std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> segments;
    while (!path.empty()) {
        path.remove_prefix(path.starts_with('/') ? 1 : 0);
        const std::size_t slash = path.find('/');
        segments.push_back(path.substr(0, slash));
        path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash);
    }
    return segments;
}

template <class Segments>
bool matches(std::string_view pattern, const Segments& segments) {
    const auto wanted = split(pattern);
    return std::ranges::equal(wanted, segments, [](std::string_view want, std::string_view have) {
        return is_variable(want) ? !have.empty() : want == have;
    });
}

std::map<std::string, std::string, std::less<>>
bind_segments(std::string_view pattern, const std::vector<std::string>& segments) {
    std::map<std::string, std::string, std::less<>> bound;
    const auto wanted = split(pattern);
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (is_variable(wanted[i]))
            bound.emplace(wanted[i].substr(1, wanted[i].size() - 2), segments[i]);
    return bound;
}

bool is_read(std::string_view method) { return method == "GET" || method == "HEAD"; }

// Whoever writes may name the epoch that he means, as the links do once there are several: into
// another book than that nothing is written.
std::optional<Problem> former_epoch(const Route& route, const Call& call) {
    const auto epoch = call.request.parameter("epoch");
    const auto company = call.id("company");
    if (is_read(route.method) || !epoch || !company)
        return std::nullopt;
    const auto directory = call.service.directory();
    const auto* where = directory->find(CompanyId{*company});
    if (!where || std::to_string(where->epoch) == *epoch)
        return std::nullopt; // A company that is not there is refused by the handler.
    return problem_of(domain::Refusal{domain::Code::stale_revision,
                                      "epoch " + std::to_string(where->epoch) + " is current",
                                      {},
                                      {{"epoch", std::to_string(where->epoch)}},
                                      {}});
}

// Where it is lost which companies there are, "none" would be a lie. What needs no permission tells
// of the server itself.
std::optional<Problem> unreadable(const Route& route, const Service& service) {
    if (route.permission == Permission::none || service.knows_companies())
        return std::nullopt;
    return problem(503, "damaged", service.damage().value_or(""));
}

std::optional<Problem> unknown_parameter(const Route& route, const Request& request) {
    Problem found = problem(400, "unknown_parameter");
    for (const auto& [name, value] : request.query) {
        const bool known =
            std::ranges::find(route.parameters, name, &Parameter::name) != route.parameters.end();
        if (!known)
            found.faults.push_back({"?" + name, "unknown_parameter", ""});
    }
    if (found.faults.empty())
        return std::nullopt;
    return found;
}

// A preview that was not meant is harmless; a command that was meant as one is not.
std::optional<Problem> unclear_preview(const Request& request) {
    const auto preview = request.parameter("validate_only");
    if (!preview || preview == "true" || preview == "false")
        return std::nullopt;
    return bad_parameter("validate_only", "true or false").error();
}

// Clients of JSON send {} with every POST: where no body is taken it says as little as none.
std::optional<Problem> needless_body(const Route& route, const Request& request) {
    if (route.body_max > 0 || request.body.empty())
        return std::nullopt;
    const auto body = parse_body(request);
    if (!body)
        return body.error();
    Input input(*body);
    input.finish();
    return input.faults().empty() ? std::nullopt : std::optional(problem_of(input.refusal()));
}

// What is refused whatever the route does.
std::optional<Problem> refused(const Route& route, const Call& call) {
    if (auto no = unknown_parameter(route, call.request))
        return no;
    if (auto no = unclear_preview(call.request))
        return no;
    if (auto no = former_epoch(route, call))
        return no;
    return needless_body(route, call.request);
}

} // namespace

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
    // Literal segments win over variables: /backups/new before /backups/{id}.
    std::ranges::stable_sort(
        routes_, {}, [](const Route& route) { return std::ranges::count(route.pattern, '{'); });
    for (Route& route : routes_) {
        if (is_read(route.method))
            continue;
        if (route.handler.takes.previews)
            route.parameters.push_back({"validate_only", "true: check and preview, write nothing"});
        if (route.pattern.find("{company}") != std::string::npos)
            route.parameters.push_back({"epoch", "the epoch that is meant: 409 unless current"});
    }
}

void Router::dispatch(Request request, Service& service, Respond respond) const {
    const Language language = language_of(request.header("accept-language"));
    respond = naming_revision(request, service, std::move(respond));
    const auto refuse = [&](const Problem& no) {
        respond(to_response(no, language, request.path, request.request_id));
    };
    // A HEAD is a GET whose body the server leaves out.
    const std::string method = request.method == "HEAD" ? "GET" : request.method;
    std::string allowed;
    for (const Route& route : routes_) {
        if (!matches(route.pattern, request.segments))
            continue;
        if (route.method == method) {
            auto bound = bind_segments(route.pattern, request.segments);
            Call call{std::move(request), std::move(bound), service, language};
            if (const auto no = unreadable(route, service))
                return api::refuse(call, respond, *no);
            if (const auto no = refused(route, call))
                return api::refuse(call, respond, *no);
            return route.handler(std::move(call), std::move(respond));
        }
        allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
    }
    if (allowed.empty())
        return refuse(problem(404, "not_found", "no such path"));
    Problem no = problem(405, "method_not_allowed");
    no.headers.emplace_back("Allow", allowed);
    refuse(no);
}

BodyPlan Router::plan_body(std::string_view method, std::string_view path, Service& service) const {
    const auto segments = split(path);
    // A path or method that there is not is told so, rather than that its body is too large.
    BodyPlan plan{kBodyJson, {}};
    for (const Route& route : routes_) {
        if (route.method != method || !matches(route.pattern, segments))
            continue;
        plan.bytes_max = route.body_max > 0 ? route.body_max : kBodyJson;
        if (route.open_sink)
            plan.open_sink = [&route, &service] { return route.open_sink(service); };
        break; // The row that dispatch() takes too.
    }
    return plan;
}

Handler previewing(Handler handler) {
    handler.takes.previews = true;
    return handler;
}

Handler reading_tagged(std::function<Reply(const Call&)> answer) {
    Handler handler = reading(std::move(answer));
    handler.takes.knows_tag = true;
    return handler;
}

Handler reading(std::function<Reply(const Call&)> answer) {
    return [answer = std::move(answer)](const Call& call, const Respond& respond) {
        Reply reply = answer(call);
        if (!reply)
            return refuse(call, respond, reply.error());
        respond(std::move(*reply));
    };
}

std::vector<Parameter> moment_parameters() {
    return {{"as_of", "@<revision> or an RFC 3339 instant: the books as they stood then"},
            {"epoch", "a former epoch of the company"}};
}

std::vector<Parameter> list_parameters(std::initializer_list<Parameter> filters) {
    std::vector<Parameter> parameters = moment_parameters();
    parameters.insert(parameters.end(),
                      {{"limit", "1 to 500, default 50"},
                       {"cursor", "from next or prev of an earlier page"},
                       {"sort", "up to 3 member names, comma-separated, '-' for descending"},
                       {"count", "true: add total"},
                       {"sums", "true: add sums per currency"},
                       {"q", "text to find, without regard to accents and case"},
                       {"separator", "of CSV: ',' ';' or tab"},
                       {"bom", "of CSV: true writes a byte order mark"},
                       {"decimal", "of CSV: '.' or ','"}});
    parameters.insert(parameters.end(), filters.begin(), filters.end());
    return parameters;
}

} // namespace daybook::api
