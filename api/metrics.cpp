#include "api/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace daybook::api {

struct Metrics::Series {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests =
        prometheus::BuildCounter()
            .Name("daybook_requests_total")
            .Help("Requests answered, by method and status")
            .Register(registry);
    prometheus::Family<prometheus::Histogram>& seconds =
        prometheus::BuildHistogram()
            .Name("daybook_request_seconds")
            .Help("Time from a request's arrival to its answer, by method")
            .Register(registry);
    prometheus::Family<prometheus::Gauge>& gauges =
        prometheus::BuildGauge()
            .Name("daybook_state")
            .Help("What stands now: companies, records behind, free bytes, damage")
            .Register(registry);
    prometheus::Family<prometheus::Gauge>& revisions =
        prometheus::BuildGauge()
            .Name("daybook_line_revision")
            .Help("Newest revision of each company's line")
            .Register(registry);
};

Metrics::Metrics() : series_(std::make_unique<Series>()) {}
Metrics::~Metrics() = default;

void Metrics::request_answered(const std::string& method, int status, double seconds) {
    static const prometheus::Histogram::BucketBoundaries kBounds{0.001, 0.005, 0.02, 0.1,
                                                                 0.5,   2.0,   10.0};
    series_->requests.Add({{"method", method}, {"status", std::to_string(status)}}).Increment();
    series_->seconds.Add({{"method", method}}, kBounds).Observe(seconds);
}

std::string Metrics::text(const Service& service) {
    const auto set = [&](const char* what, double value) {
        series_->gauges.Add({{"what", what}}).Set(value);
    };
    const projections::Lag lag = service.views().lag();
    const auto companies = service.directory()->current();
    set("companies", static_cast<double>(companies.size()));
    set("views_records_behind", static_cast<double>(lag.behind));
    set("views_rebuilding", lag.rebuilding ? 1 : 0);
    set("damaged", service.damage() ? 1 : 0);
    set("disk_free_bytes", static_cast<double>(service.disk_free()));
    for (const command::CompanyLine& line : companies)
        if (const auto head = service.log().head(line.line))
            series_->revisions.Add({{"company", to_text(line.company)}})
                .Set(static_cast<double>(head->revision));
    return prometheus::TextSerializer().Serialize(series_->registry.Collect());
}

} // namespace daybook::api
