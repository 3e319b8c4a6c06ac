// A backup goes to a server in pieces, each with its digest, and is restored there.
#include "api/cli/backup_file.h"
#include "api/cli/progress_bar.h"
#include "api/cli/restore_options.h"
#include "api/cli/server_requests.h"
#include "api/http/file_answer.h"
#include "engine/adapters/posix_large_files.h"
#include "engine/backup/sealed_files.h"
#include "engine/log/merkle.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

constexpr std::size_t kPieceBytes = 8 * 1024 * 1024;

std::optional<Json> send_piece(ServerRequests& server, const std::string& upload,
                               std::uint64_t offset, std::string bytes) {
    const Hash digest = log::sha256(bytes);
    Request request = server_request("PATCH", {"uploads", upload});
    request.headers = {{"content-type", "application/octet-stream"},
                       {"upload-offset", std::to_string(offset)},
                       {"content-digest", repr_digest(digest)}};
    request.body = std::move(bytes);
    return server.ask(std::move(request));
}

// The id of the upload, all of it sent.
std::optional<std::string> upload(ServerRequests& server, const RestoreOptions& options) {
    PosixLargeFiles files;
    const auto file = files.open_for_reading(options.file);
    const auto size = file ? (*file)->size() : std::unexpected(file.error());
    if (!size) {
        fmt::print(stderr, "{}\n", size.error().what);
        server.exit_code = kExitCannotTell;
        return std::nullopt;
    }
    if (options.pass_phrase_file.empty() && backup::is_sealed(**file).value_or(false)) {
        server.exit_code = print_sealed(options.file);
        return std::nullopt;
    }
    Json wanted;
    wanted.set("name", options.file.substr(options.file.rfind('/') + 1));
    wanted.set("size", *size);
    Request begin = server_request("POST", {"uploads"});
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

} // namespace

int restore_on_server(const RestoreOptions& options) {
    ServerRequests server(options.server, options.actor);
    std::string pass_phrase;
    if (!options.pass_phrase_file.empty()) {
        const auto read = read_pass_phrase(options.pass_phrase_file, server.exit_code);
        if (!read)
            return server.exit_code;
        pass_phrase = *read;
    }
    Request request = server_request("POST", {"imports"});
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty())
            request.query.emplace_back(name, value);
    };
    add("mode", !options.replaces.empty()    ? "replace"
                : !options.goes_back.empty() ? "into"
                                             : "new");
    if (const std::string& said = options.replaces.empty() ? options.goes_back : options.replaces;
        !said.empty()) {
        const auto company = server.company(said);
        if (!company)
            return server.exit_code;
        add("company", *company);
    }
    add("at", moment_inside_text(options.moment));
    add("reason", options.reason.empty() && options.dry_run ? kPreviewReason : options.reason);
    add("force", options.force ? "true" : "");
    add("start", options.dry_run ? "false" : "");
    const auto id = upload(server, options);
    if (!id)
        return server.exit_code;
    add("upload", *id);
    request.headers = {{"prefer", "wait=60"}};
    if (!pass_phrase.empty()) {
        Json body;
        body.set("pass_phrase", pass_phrase);
        request.headers.emplace_back("content-type", "application/json");
        request.body = to_json(body);
    }
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
        static_cast<void>(
            server.ask(server_request("POST", {"operations", operation_id, "discard"})));
    if (options.json)
        return fmt::print("{}\n", to_json(*operation)), kExitDone;
    if (state == "running")
        return fmt::print("Still under way: operation {} of the server.\n", operation_id),
               kExitDone;
    print_restore_report(*operation->find("result"), options.dry_run);
    return kExitDone;
}

} // namespace daybook::api
