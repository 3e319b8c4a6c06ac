// Counters and gauges in the Prometheus text form (GET /metrics).
// Threads: any.
#pragma once

#include "api/service.h"

#include <memory>
#include <string>

namespace daybook::api {

class Metrics {
  public:
    Metrics();
    ~Metrics();

    void request_answered(const std::string& method, int status, double seconds);
    // Reads the gauges off the service and writes everything down.
    std::string text(const Service& service);

  private:
    struct Series; // Keeps the library's headers out of ours.
    std::unique_ptr<Series> series_;
};

} // namespace daybook::api
