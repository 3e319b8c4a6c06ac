// One log line a request: method, path, status, milliseconds, request id. Never a body, never a
// query: they hold people's books.
#pragma once

#include "api/http/message.h"
#include "api/metrics.h"

#include <spdlog/common.h>
#include <string>
#include <string_view>

namespace daybook::api {

class RequestLog {
  public:
    explicit RequestLog(bool json) : json_(json) {}

    // A line of the process itself.
    void say(spdlog::level::level_enum level, std::string_view text) const;
    // Wraps an answer, so that it is logged and counted when it is given.
    Respond observe(Service& service, Metrics& metrics, const Request& request,
                    Respond respond) const;

  private:
    bool json_;
};

} // namespace daybook::api
