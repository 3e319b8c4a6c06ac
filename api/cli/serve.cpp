#include "api/cli/command_line.h"

#include "api/application.h"
#include "api/backups/backup_parts.h"
#include "api/handlers/all_routes.h"
#include "api/http/server.h"
#include "api/metrics.h"
#include "api/request_log.h"
#include "api/restores/restore_parts.h"
#include "api/samples/sample_books.h"
#include "engine/adapters/heartbeat.h"
#include "engine/adapters/signal_watcher.h"
#include "events/base/whole_number.h"

#include <algorithm>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace daybook::api {
namespace {

struct ServeOptions {
    std::string directory;
    std::string listen = "127.0.0.1:8080";
    std::vector<std::string> allowed_hosts;
    std::vector<std::string> backup_targets;
    std::uint64_t verify_every_s = 86'400;
    bool empty = false;
    bool expose = false;
    bool accept_clock = false;
    bool log_json = false;
    bool quiet = false;
};

struct Address {
    std::string host;
    std::uint16_t port = 0;
};

std::optional<Address> parse_address(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0)
        return std::nullopt;
    const auto port = whole_number<std::uint16_t>(std::string_view(text).substr(colon + 1));
    if (!port)
        return std::nullopt;
    std::string host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    return Address{host == "localhost" ? "127.0.0.1" : host, *port};
}

bool is_loopback(const std::string& host) { return host.starts_with("127.") || host == "::1"; }

void set_up_logging(const ServeOptions& options) {
    if (options.log_json)
        spdlog::set_pattern(R"({"at":"%Y-%m-%dT%H:%M:%S.%fZ","level":"%l",%v})",
                            spdlog::pattern_time_type::utc);
    else
        spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%fZ %^%l%$ %v", spdlog::pattern_time_type::utc);
    spdlog::set_level(options.quiet ? spdlog::level::warn : spdlog::level::info);
}

std::string check_target(const std::string& target) {
    const bool is_there = is_s3(target) || PosixFiles().list(target).has_value();
    return is_there ? std::string() : target + " is no directory";
}

constexpr std::chrono::seconds kGrace{10};
constexpr std::uint64_t kVerifyEveryMax = 366 * 86'400;

// What answers that come late still use: it outlives the application, whose last jobs give them.
struct Desk {
    RequestLog log;
    Metrics metrics;
    RestoreParts restores;
    BackupParts backups;
};

// Until a signal ends it. The exit code.
int answer_requests(const ServeOptions& options, const Address& address, SignalWatcher& signals,
                    Application& application, Desk& desk) {
    const Heartbeat heartbeat(std::chrono::seconds{1}, [&] {
        desk.restores.beat();
        desk.backups.beat();
    });
    const Router router =
        make_router(desk.metrics, {desk.restores.operations(), desk.restores.desk(),
                                   desk.backups.jobs(), desk.backups.scheduler()});
    auto server = HttpServer::listen(
        {.address = address.host, .port = address.port, .allowed_hosts = options.allowed_hosts},
        [&](const std::string& method, const std::string& path) {
            return router.plan_body(method, path, application);
        },
        [&](Request request, Respond respond) {
            Respond observed =
                desk.log.observe(application, desk.metrics, request, std::move(respond));
            router.dispatch(std::move(request), application, std::move(observed));
        },
        [](const Unserved& no) {
            return to_response(problem(no.status, std::string(no.code), std::string(no.detail)),
                               language_of(no.accept_language), no.path, no.request_id);
        });
    if (!server) {
        desk.log.say(spdlog::level::err, server.error().what);
        return kExitCannotTell;
    }
    desk.log.say(spdlog::level::info,
                 fmt::format("serving {} on http://{}:{}", options.directory,
                             options.listen.substr(0, options.listen.rfind(':')),
                             (*server)->port()));
    signals.start([&] { (*server)->stop(kGrace); });
    (*server)->run();
    desk.log.say(spdlog::level::info, "stopped");
    return kExitDone;
}

int serve(const ServeOptions& options) {
    const auto address = parse_address(options.listen);
    if (!address) {
        fmt::print(stderr, "--listen takes an address like 127.0.0.1:8080\n");
        return kExitCannotTell;
    }
    if (!is_loopback(address->host) && !options.expose) {
        fmt::print(stderr,
                   "There are no accounts yet: whoever reaches the port may read and change the "
                   "books.\nTo listen on {} all the same, add --expose-without-accounts.\n",
                   address->host);
        return kExitCannotTell;
    }
    SignalWatcher signals; // Before the first thread.
    set_up_logging(options);
    Desk desk{RequestLog(options.log_json), {}, {}, {}};
    const RequestLog& log = desk.log;
    auto opened = Application::open(
        {.data_directory = options.directory,
         .accept_clock = options.accept_clock,
         .fatal = [&](const std::string& why) {
             log.say(spdlog::level::critical, why);
             std::_Exit(kExitRefused); // Whatever was answered is durable; nothing else may be.
         }});
    if (!opened) {
        log.say(spdlog::level::err, opened.error().what);
        return kExitCannotTell;
    }
    Application& application = **opened;
    if (application.is_new() && !options.empty) {
        const auto written = write_sample_books(application);
        if (!written) {
            log.say(spdlog::level::err, "sample books: " + written.error().what);
            return kExitRefused;
        }
    }
    if (const auto made = desk.restores.open(application); !made) {
        log.say(spdlog::level::err, made.error().what);
        return kExitCannotTell;
    }
    if (const auto made = desk.backups.open(
            application, desk.restores.operations(), options.backup_targets,
            std::chrono::seconds(std::min(options.verify_every_s, kVerifyEveryMax)));
        !made) {
        log.say(spdlog::level::err, made.error().what);
        return kExitCannotTell;
    }
    desk.restores.desk().backups = &desk.backups.jobs();
    const std::unique_ptr<BackupParts, void (*)(BackupParts*)> stopping(
        &desk.backups, [](BackupParts* stopped) { stopped->stop(); });
    return answer_requests(options, *address, signals, application, desk);
}

} // namespace

void add_serve(Command& program, int& exit_code) {
    auto options = std::make_shared<ServeOptions>();
    Command command = program.add_subcommand(
        "serve", "Serve the HTTP API on a data directory, which is made when it is not there.\n"
                 "A new one starts with the books of a small French company, unless --empty.");
    command.add_option("--data", options->directory, "data directory").required();
    command.add_option("--listen", options->listen, "address and port; port 0 takes a free one")
        .capture_default_str();
    command.add_flag("--empty", options->empty, "no sample books in a new directory");
    command.add_flag("--expose-without-accounts", options->expose,
                     "listen on an address that other machines reach");
    command.add_option("--allow-host", options->allowed_hosts,
                       "a further name that the Host header may carry");
    command
        .add_option("--backup-target", options->backup_targets,
                    "where schedules may copy backups to: a directory, such as another disk, or "
                    "s3://bucket/prefix with Amazon's own environment variables; may be given "
                    "again")
        .check(check_target)
        .each_of(1);
    command
        .add_option("--verify-every", options->verify_every_s,
                    "seconds from one verification of all books to the next, in the background; "
                    "0: never")
        .capture_default_str();
    command.add_flag("--accept-clock", options->accept_clock,
                     "write although the clock stands far from the last record");
    command.add_flag("--log-json", options->log_json, "one JSON object a log line");
    command.add_flag("--quiet", options->quiet, "log warnings and errors only");
    command.callback([options, &exit_code] { exit_code = serve(*options); });
}

} // namespace daybook::api
