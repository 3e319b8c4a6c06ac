#include "api/handlers/downloads.h"

#include "api/backups/download_link.h"
#include "api/handlers/backups.h"
#include "api/handlers/reading_body.h"
#include "api/handlers/short_list.h"
#include "api/handlers/small_resource.h"
#include "api/http/file_answer.h"
#include "api/json/party_json.h"
#include "api/or_problem.h"
#include "api/routing/preview.h"

#include <array>
#include <spdlog/spdlog.h>

namespace daybook::api {
namespace {

using namespace schema;
using custody::Backup;
using custody::CustodyBook;
using custody::Link;

// ---- the file -----------------------------------------------------------------------------------

std::expected<Response, Problem> answer_file(const BackupJobs& jobs, const Call& call,
                                             const Backup& backup) {
    std::shared_ptr<const ReadableFile> bytes = TRY(
        or_problem(jobs.ports().large_files.open_for_reading(jobs.shelf().full_path(backup.path))));
    return file_answer(call.request,
                       {std::move(bytes), backup.name,
                        backup.sealed ? "application/octet-stream" : "application/zip",
                        backup.file_sha256});
}

void send(BackupJobs& jobs, const Call& call, const Respond& respond, const Backup& backup,
          const std::optional<Link>& link) {
    auto answer = answer_file(jobs, call, backup);
    if (!answer)
        return refuse(call, respond, answer.error());
    const auto response = std::make_shared<Response>(*std::move(answer));
    const bool sends =
        call.request.method == "GET" && (response->status == 200 || response->status == 206);
    // Books that are damaged can note nothing; their backups are needed most then.
    if (!sends || call.service.damage())
        return respond(std::move(*response));
    CustodyNoted noted = custody::noted_of(backup);
    noted.target = call.request.remote_address;
    noted.result = response->status == 206 ? "part" : "whole";
    if (const auto range = call.request.header("range"); !range.empty())
        noted.options.push_back({"range", std::string(range.substr(0, 200))});
    if (link)
        noted.options.push_back({std::string(custody::kLink), to_text(link->id)});
    jobs.ports().custody.note({EntityKind::backup, backup.id}, {FileDownloaded{noted}},
                              asked_by(call), [call, respond, response](const Result<void>& done) {
                                  if (!done)
                                      return refuse(call, respond, problem_of(done.error()));
                                  respond(std::move(*response));
                              });
}

void get_file(BackupJobs& jobs, const Call& call, const Respond& respond) {
    const auto backup = kept_backup_in(jobs, call);
    if (!backup)
        return refuse(call, respond, backup.error());
    send(jobs, call, respond, *backup, std::nullopt);
}

Problem problem_of_link(LinkRefusal refusal) {
    switch (refusal) {
    case LinkRefusal::expired:
        return problem(410, "link_expired");
    case LinkRefusal::revoked:
        return problem(410, "link_revoked");
    case LinkRefusal::unknown:
        break;
    }
    return problem(404, "not_found", "no such link");
}

void get_by_link(BackupJobs& jobs, const Call& call, const Respond& respond) {
    const std::string& token = call.path.find("token")->second;
    using Found = std::expected<std::pair<Link, Backup>, Problem>;
    const Found found = jobs.ports().custody.read([&](const CustodyBook& book) -> Found {
        const auto link =
            open_link(book, jobs.ports().key.public_key(), token, call.service.clock().now());
        if (!link)
            return std::unexpected(problem_of_link(link.error()));
        const Backup* backup = book.find(link->backup);
        if (!backup || backup->expired_at)
            return std::unexpected(problem(410, "backup_expired"));
        return std::pair(*link, *backup);
    });
    if (!found)
        return refuse(call, respond, found.error());
    send(jobs, call, respond, found->second, found->first);
}

// ---- links --------------------------------------------------------------------------------------

Json show_link(const Link& link, Timestamp now) {
    Json json;
    json.set("id", to_text(link.id));
    json.set("backup_id", to_text(link.backup));
    json.set("state", link.revoked_at ? "revoked" : link.expires_at <= now ? "expired" : "open");
    json.set("issued_at", to_text(link.issued_at));
    json.set("expires_at", to_text(link.expires_at));
    json.set("revoked_at", link.revoked_at ? Json(to_text(*link.revoked_at)) : Json());
    json.set("downloads", link.downloads);
    return json;
}

Schema link_schema() {
    return named("DownloadLink", object({{"id", uuid()},
                                         {"backup_id", uuid()},
                                         {"state", text_of({"open", "expired", "revoked"})},
                                         {"issued_at", instant()},
                                         {"expires_at", instant()},
                                         {"revoked_at", nullable(instant())},
                                         {"downloads", integer()}}));
}

// Told once, to whoever asked for it: the book keeps which link there is, not the words that open
// it.
Schema new_link_schema() {
    return named("NewDownloadLink", extended(link_schema(), {{"url", text()}}));
}

Response preview_link(const Call& call, const Link& link, Event event, Timestamp now) {
    const EntityRef backup{EntityKind::backup, link.backup};
    return preview_response(call, {show_link(link, now), {{backup, std::move(event), {}, {}}}, {}});
}

void post_link(BackupJobs& jobs, const Call& call, const Respond& respond) {
    const auto backup = kept_backup_in(jobs, call);
    if (!backup)
        return refuse(call, respond, backup.error());
    const Timestamp now = call.service.clock().now();
    const auto expires_at = read_body<Timestamp>(call, [&](Input& input) {
        const auto at = input.instant("expires_at", Need::required);
        if (at && *at <= now)
            input.fault("expires_at", domain::Code::out_of_range, "lies in the past");
        return at.value_or(Timestamp{});
    });
    if (!expires_at)
        return refuse(call, respond, expires_at.error());
    const Uuid id = call.service.ids().next_id();
    CustodyNoted noted = custody::noted_of(*backup);
    noted.options = {{std::string(custody::kLink), to_text(id)},
                     {std::string(custody::kExpiresAt), to_text(*expires_at)}};
    const Link link{id, backup->id, now, *expires_at, {}, 0};
    if (call.is_preview())
        return respond(preview_link(call, link, LinkIssued{noted}, now));
    jobs.ports().custody.note({EntityKind::backup, backup->id}, {LinkIssued{noted}}, asked_by(call),
                              [&jobs, call, respond, link, now](const Result<void>& done) {
                                  if (!done)
                                      return refuse(call, respond, problem_of(done.error()));
                                  const Link issued = jobs.ports().custody.read(
                                      [&](const CustodyBook& book) { return *book.link(link.id); });
                                  Json body = show_link(issued, now);
                                  body.set("url", "/api/v1/downloads/"
                                                      + link_token(jobs.ports().key, issued));
                                  respond(json_response(201, body));
                              });
}

Reply list_links(const BackupJobs& jobs, const Call& call) {
    const Backup backup = TRY(backup_in(jobs, call));
    static constexpr std::array<std::string_view, 7> kLinkColumns = {
        "id", "backup_id", "state", "issued_at", "expires_at", "revoked_at", "downloads"};
    static const Schema kItems = link_schema();
    const Timestamp now = call.service.clock().now();
    JsonArray items;
    jobs.ports().custody.read([&](const CustodyBook& book) {
        for (const Link* link : book.links_of(backup.id))
            items.push_back(show_link(*link, now));
    });
    return short_list(call, {"links", kLinkColumns, kItems}, std::move(items),
                      call.service.directory()->find(backup.company)->line);
}

void delete_link(BackupJobs& jobs, const Call& call, const Respond& respond) {
    const auto backup = backup_in(jobs, call);
    const auto id = call.id("link");
    if (!backup || !id)
        return refuse(call, respond, backup ? id.error() : backup.error());
    const auto find = [&jobs, id = *id, of = backup->id] {
        return jobs.ports().custody.read([&](const CustodyBook& book) {
            const Link* link = book.link(id);
            return link && link->backup == of ? std::optional(*link) : std::nullopt;
        });
    };
    const auto link = find();
    if (!link)
        return refuse(call, respond, problem(404, "not_found", "no such link"));
    const Timestamp now = call.service.clock().now();
    if (link->revoked_at)
        return respond(call.is_preview() ? preview_response(call, {show_link(*link, now), {}, {}})
                                         : json_response(200, show_link(*link, now)));
    CustodyNoted noted = custody::noted_of(*backup);
    noted.options = {{std::string(custody::kLink), to_text(link->id)}};
    if (call.is_preview()) {
        Link revoked = *link;
        revoked.revoked_at = now;
        return respond(preview_link(call, revoked, LinkRevoked{noted}, now));
    }
    jobs.ports().custody.note({EntityKind::backup, backup->id}, {LinkRevoked{noted}},
                              asked_by(call), [find, call, respond, now](const Result<void>& done) {
                                  if (!done)
                                      return refuse(call, respond, problem_of(done.error()));
                                  respond(json_response(200, show_link(*find(), now)));
                              });
}

} // namespace

std::vector<Route> download_routes(BackupJobs& jobs) {
    const std::string backup = settings_path("backups") + "/{id}";
    return {{.method = "GET",
             .pattern = backup + "/file",
             .summary = "The file of a backup; ranges, Repr-Digest, If-Range",
             .permission = Permission::admin,
             .parameters = custody_parameters(),
             .handler = [&jobs](const Call& call,
                                const Respond& respond) { get_file(jobs, call, respond); }},
            {.method = "GET",
             .pattern = "/api/v1/downloads/{token}",
             .summary = "The file that a link stands for; needs nothing but the link",
             .permission = Permission::none,
             .handler = [&jobs](const Call& call,
                                const Respond& respond) { get_by_link(jobs, call, respond); }},
            {.method = "POST",
             .pattern = backup + "/links",
             .summary = "A link that downloads this backup until it expires or is revoked",
             .permission = Permission::admin,
             .body_max = kBodyJson,
             .request = named("DownloadLinkInput", object({{"expires_at", instant()}})),
             .status = 201,
             .response = new_link_schema(),
             .handler = previewing([&jobs](const Call& call, const Respond& respond) {
                 post_link(jobs, call, respond);
             })},
            {.method = "GET",
             .pattern = backup + "/links",
             .summary = "Links to a backup, newest first, and how often each was used",
             .permission = Permission::admin,
             .parameters = custody_list_parameters(),
             .response = list_of(link_schema()),
             .handler = reading([&jobs](const Call& call) { return list_links(jobs, call); })},
            {.method = "DELETE",
             .pattern = backup + "/links/{link}",
             .summary = "Revoke a link",
             .permission = Permission::admin,
             .response = link_schema(),
             .handler = previewing([&jobs](const Call& call, const Respond& respond) {
                 delete_link(jobs, call, respond);
             })}};
}

} // namespace daybook::api
