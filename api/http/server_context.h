// What all connections of a server share. Nothing in it changes but the counter of requests.
#pragma once

#include "api/http/exchange.h"
#include "api/http/server.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace boost::asio {
class io_context;
}

namespace daybook::api {

struct ServerContext {
    std::shared_ptr<boost::asio::io_context> io;
    ServerOptions options;
    PlanBody plan_body;
    Handle handle;
    Refuse refuse;
    std::vector<std::string> hosts; // For breach_in_request().
    std::string request_id_prefix;  // Differs between two starts of the server.
    std::atomic<std::uint64_t> requests = 0;

    std::string next_request_id();
    // What `refuse` says; a bare answer when even that fails.
    Response refusal(const Breach& breach, const Exchange& exchange) const;
};

} // namespace daybook::api
