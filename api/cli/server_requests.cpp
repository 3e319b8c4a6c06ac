#include "api/cli/server_requests.h"

#include "events/base/strict_json.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::api {

Request server_request(std::string method, std::vector<std::string> below) {
    Request request;
    request.method = std::move(method);
    request.segments = {"api", "v1"};
    std::ranges::move(below, std::back_inserter(request.segments));
    return request;
}

std::optional<Json> ServerRequests::ask(Request request) {
    if (!actor_.empty())
        request.headers.emplace_back("daybook-actor", actor_);
    const auto response = books_->ask(std::move(request));
    auto body = response ? parse_strict_json(response->body) : std::unexpected(JsonFault{});
    if (response && response->status < 300 && body)
        return std::move(*body);
    if (response && body) {
        print_refusal(*body);
        const bool sealed = member_text(*body, "code").starts_with("pass_phrase_");
        exit_code = response->status >= 500 || sealed ? kExitCannotTell : kExitRefused;
    } else {
        fmt::print(stderr, "{}\n",
                   response ? "the server's answer cannot be read" : response.error().what);
        exit_code = kExitCannotTell;
    }
    return std::nullopt;
}

std::optional<std::string> ServerRequests::company(const std::string& said) {
    const auto there = named_companies([this](std::vector<Header> query) {
        Request request = server_request("GET", {"companies"});
        request.query = std::move(query);
        return ask(std::move(request));
    });
    return there ? choose_among(*there, said, exit_code) : std::nullopt;
}

} // namespace daybook::api
