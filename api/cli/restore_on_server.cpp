// A backup goes to a server in pieces, each with its digest, and is restored there.
#include "api/cli/command_line.h"
#include "api/cli/progress_bar.h"
#include "api/cli/reading.h"
#include "api/cli/restore_options.h"
#include "api/http/file_answer.h"
#include "engine/adapters/posix_large_files.h"
#include "engine/log/merkle.h"
#include "events/base/strict_json.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

constexpr std::size_t kPieceBytes = 8 * 1024 * 1024;

Request request_of(std::string method, std::vector<std::string> below) {
    Request request;
    request.method = std::move(method);
    request.segments = {"api", "v1"};
    std::ranges::move(below, std::back_inserter(request.segments));
    return request;
}

class Server {
  public:
    explicit Server(const RestoreOptions& options)
        : options_(options), books_(remote_books(options.server)) {}

    int exit_code = kExitDone;

    // The answer's body; nothing when it was refused, which is printed.
    std::optional<Json> ask(Request request) {
        if (!options_.actor.empty())
            request.headers.emplace_back("daybook-actor", options_.actor);
        const auto response = books_->ask(std::move(request));
        const auto body =
            response ? parse_strict_json(response->body) : std::unexpected(JsonFault{});
        if (response && response->status < 300 && body)
            return *body;
        if (response && body) {
            fmt::print(stderr, "{}: {}\n", member_text(*body, "title"),
                       harmless(member_text(*body, "detail")));
            exit_code = response->status >= 500 ? kExitCannotTell : kExitRefused;
        } else {
            fmt::print(stderr, "{}\n",
                       response ? "the server's answer cannot be read" : response.error().what);
            exit_code = kExitCannotTell;
        }
        return std::nullopt;
    }

  private:
    const RestoreOptions& options_;
    std::unique_ptr<BooksSource> books_;
};

std::optional<Json> send_piece(Server& server, const std::string& upload, std::uint64_t offset,
                               std::string bytes) {
    const Hash digest = log::sha256(bytes);
    Request request = request_of("PATCH", {"uploads", upload});
    request.headers = {{"content-type", "application/octet-stream"},
                       {"upload-offset", std::to_string(offset)},
                       {"content-digest", repr_digest(digest)}};
    request.body = std::move(bytes);
    return server.ask(std::move(request));
}

// The id of the upload, all of it sent.
std::optional<std::string> upload(Server& server, const RestoreOptions& options) {
    PosixLargeFiles files;
    const auto file = files.open_for_reading(options.file);
    const auto size = file ? (*file)->size() : std::unexpected(file.error());
    if (!size) {
        fmt::print(stderr, "{}\n", size.error().what);
        server.exit_code = kExitCannotTell;
        return std::nullopt;
    }
    Json wanted;
    wanted.set("name", options.file.substr(options.file.rfind('/') + 1));
    wanted.set("size", *size);
    Request begin = request_of("POST", {"uploads"});
    begin.headers = {{"content-type", "application/json"}};
    begin.body = to_json(wanted);
    const auto begun = server.ask(std::move(begin));
    if (!begun)
        return std::nullopt;
    std::string id = member_text(*begun, "id");
    ProgressBar bar("sending", "bytes");
    for (std::uint64_t offset = 0; offset < *size;) {
        auto piece = (*file)->read_at(offset, kPieceBytes);
        if (!piece || piece->empty()) {
            fmt::print(stderr, "{}: it cannot be read on\n", options.file);
            server.exit_code = kExitCannotTell;
            return std::nullopt;
        }
        const std::size_t sent = piece->size();
        if (!send_piece(server, id, offset, *std::move(piece)))
            return std::nullopt;
        offset += sent;
        bar.show(offset, *size);
    }
    return id;
}

// The company that is meant: an id, the beginning of one, or a name.
std::optional<std::string> company_of(Server& server, const std::string& said) {
    const auto companies = server.ask(request_of("GET", {"companies"}));
    if (!companies)
        return std::nullopt;
    std::vector<NamedCompany> there;
    for (const Json& company : *companies->find("items")->if_array())
        there.push_back({member_text(company, "id"), member_text(company, "name")});
    return choose_among(there, said, server.exit_code);
}

} // namespace

int restore_on_server(const RestoreOptions& options) {
    Server server(options);
    Request request = request_of("POST", {"imports"});
    const bool digits = options.moment.find_first_not_of("0123456789") == std::string::npos;
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty())
            request.query.emplace_back(name, value);
    };
    add("mode", options.replaces.empty() ? "new" : "replace");
    if (!options.replaces.empty()) {
        const auto company = company_of(server, options.replaces);
        if (!company)
            return server.exit_code;
        add("company", *company);
    }
    add("at", digits && !options.moment.empty() ? "@" + options.moment : options.moment);
    add("reason", options.reason.empty() && options.dry_run ? "a preview" : options.reason);
    add("force", options.force ? "true" : "");
    add("start", options.dry_run ? "false" : "");
    const auto id = upload(server, options);
    if (!id)
        return server.exit_code;
    add("upload", *id);
    request.headers = {{"prefer", "wait=60"}};
    const auto operation = server.ask(std::move(request));
    if (!operation)
        return server.exit_code;
    const std::string state = member_text(*operation, "state");
    const std::string operation_id = member_text(*operation, "id");
    if (state == "failed") {
        const Json& error = *operation->find("error");
        fmt::print(stderr, "{}: {}\n", member_text(error, "code"),
                   harmless(member_text(error, "detail")));
        return kExitRefused;
    }
    if (options.dry_run && state == "proposed")
        static_cast<void>(server.ask(request_of("POST", {"operations", operation_id, "discard"})));
    if (options.json)
        return fmt::print("{}\n", to_json(*operation)), kExitDone;
    if (state == "running")
        return fmt::print("Still under way: operation {} of the server.\n", operation_id),
               kExitDone;
    print_restore_report(*operation->find("result"), options.dry_run);
    return kExitDone;
}

} // namespace daybook::api
