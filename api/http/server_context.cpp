#include "api/http/server_context.h"

#include "api/http/response_head.h"

#include <exception>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace daybook::api {

std::string ServerContext::next_request_id() {
    return fmt::format("{}-{}", request_id_prefix, ++requests);
}

Response ServerContext::refusal(const Breach& breach, const Exchange& exchange) const {
    try {
        Response response = refuse({breach.status, breach.code, breach.detail,
                                    exchange.accept_language, exchange.path, exchange.request_id});
        if (is_sendable(response))
            return response;
        spdlog::error("http: a refusal cannot be sent code={}", breach.code);
    } catch (const std::exception& problem) {
        spdlog::error("http: a refusal failed code={} error={}", breach.code, problem.what());
    }
    return Response{.status = breach.status};
}

} // namespace daybook::api
