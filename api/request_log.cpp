#include "api/request_log.h"

#include "events/base/json.h"

#include <spdlog/spdlog.h>

namespace daybook::api {
namespace {

// Members without the braces: the pattern of the sink opens and closes the object.
std::string members(const Json& object) {
    const std::string text = to_json(object);
    return text.substr(1, text.size() - 2);
}

// A link is a key: who reads the log must not be able to use it.
std::string path_to_log(const std::string& path) {
    constexpr std::string_view kDownloads = "/api/v1/downloads/";
    return path.starts_with(kDownloads) ? std::string(kDownloads) + "…" : path;
}

} // namespace

void RequestLog::say(spdlog::level::level_enum level, std::string_view text) const {
    if (!json_)
        return spdlog::log(level, "{}", text);
    Json line;
    line.set("message", text);
    spdlog::log(level, "{}", members(line));
}

Respond RequestLog::observe(Service& service, Metrics& metrics, const Request& request,
                            Respond respond) const {
    return [this, &service, &metrics, method = request.method, path = path_to_log(request.path),
            id = request.request_id, start = service.clock().monotonic(),
            respond = std::move(respond)](Response response) {
        const double seconds =
            std::chrono::duration<double>(service.clock().monotonic() - start).count();
        metrics.request_answered(method, response.status, seconds);
        Json line;
        line.set("method", method);
        line.set("path", path);
        line.set("status", response.status);
        line.set("micros", static_cast<std::int64_t>(seconds * 1e6));
        line.set("request_id", id);
        if (json_)
            spdlog::info("{}", members(line));
        else // JSON's quoting keeps a path from forging a line.
            spdlog::info("{} {} {} {:.1f} ms {}", method, to_json(Json(path)), response.status,
                         seconds * 1e3, id);
        respond(std::move(response));
    };
}

} // namespace daybook::api
