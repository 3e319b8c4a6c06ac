#include "api/http/exchange.h"

#include "api/http/response_head.h"
#include "api/http/target.h"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

namespace daybook::api {
namespace {

std::vector<Header> with_lowercase_names(const RawRequest& raw) {
    std::vector<Header> headers;
    for (const auto& [name, value] : raw.fields) {
        std::string lower = name;
        std::ranges::transform(lower, lower.begin(), [](char character) {
            return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                                        : character;
        });
        headers.emplace_back(std::move(lower), value);
    }
    return headers;
}

Breach not_stored(const Error& error) {
    if (error.kind == ErrorKind::full)
        return {507, "disk_full", error.what};
    return {503, "storage_failed", error.what};
}

} // namespace

std::optional<Breach> understand(const RawRequest& raw, const std::vector<std::string>& hosts,
                                 Exchange& exchange) {
    Request& request = exchange.request;
    request.headers = with_lowercase_names(raw);
    exchange.accept_language = request.header("accept-language");
    if (const auto given = request.header("x-request-id"); is_sane_request_id(given)) {
        exchange.request_id = given;
    }
    if (auto breach = breach_in_request(raw, hosts))
        return breach;
    auto target = parse_target(raw.target);
    if (!target)
        return Breach{400, "malformed_request", std::move(target).error()};

    exchange.is_head = raw.method == "HEAD";
    exchange.is_http_1_0 = raw.version == "HTTP/1.0";
    exchange.keep_alive = wants_keep_alive(raw);
    request.method = exchange.is_head ? "GET" : raw.method;
    request.path = std::move(target->path);
    exchange.path = request.path;
    request.segments = std::move(target->segments);
    request.query = std::move(target->query);
    request.request_id = exchange.request_id;
    return std::nullopt;
}

std::optional<Breach> open_sink(const BodyPlan& plan, Request& request) {
    if (!plan.open_sink)
        return std::nullopt;
    auto sink = plan.open_sink();
    if (!sink)
        return not_stored(sink.error());
    request.sink = *std::move(sink);
    return std::nullopt;
}

std::optional<Breach> take_body(Request& request, std::string_view piece) {
    if (!request.sink) {
        request.body.append(piece);
        return std::nullopt;
    }
    if (const auto taken = request.sink->take(piece); !taken)
        return not_stored(taken.error());
    return std::nullopt;
}

void StreamMeter::count(std::size_t bytes, BodyStream::State state) {
    if (!left_)
        return;
    const bool ends_early = state == BodyStream::State::end && bytes < *left_;
    if (bytes > *left_ || ends_early)
        throw std::length_error("a stream is not as long as was announced");
    *left_ -= bytes;
}

Breach header_too_large(std::size_t bytes_max) {
    return {431, "header_too_large", fmt::format("the headers exceed {} bytes", bytes_max)};
}

Breach header_too_slow() { return {408, "request_timeout", "the header section took too long"}; }

Breach body_too_large(std::uint64_t bytes_max) {
    return {413, "body_too_large",
            fmt::format("the body exceeds the {} bytes allowed here", bytes_max)};
}

Breach body_too_slow() { return {408, "request_timeout", "the body took too long"}; }

Breach too_many_connections() {
    return {503, "too_many_connections", "the server has all the connections it takes"};
}

Breach internal_error() { return {500, "internal_error", "the server failed to answer"}; }

} // namespace daybook::api
