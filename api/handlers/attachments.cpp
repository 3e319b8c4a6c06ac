#include "api/handlers/attachments.h"

#include "api/attachments/blob_sink.h"
#include "api/attachments/upload.h"
#include "api/handlers/kind_paths.h"
#include "api/handlers/list_request.h"
#include "api/handlers/reading_body.h"
#include "api/http/file_answer.h"
#include "api/or_problem.h"
#include "api/present/file.h"

#include <algorithm>
#include <array>

namespace daybook::api {
namespace {

using projections::SortKey;

constexpr auto kKind = EntityKind::file;
constexpr std::string_view kCompany = "/api/v1/companies/{company}";

// What a browser shows without running anything of it. Anything else is only ever saved: a page or
// a picture with scripts would run in our name.
constexpr std::array<std::string_view, 6> kShownInPage = {
    "application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"};

// ---- whose files they are -----------------------------------------------------------------------

// {id} of the path, of the kind that the segment before it names; the company itself without.
std::expected<EntityRef, Problem> owner_of(const Call& call, const CompanyView& view) {
    if (!call.path.contains("id"))
        return EntityRef{EntityKind::company, view.where.book.value};
    const Uuid id = TRY(call.id("id"));
    const auto& segments = call.request.segments; // Of a company, or of books in a backup.
    const auto at = std::ranges::find(segments, call.path.find("id")->second);
    const auto named = std::ranges::find(kKindPaths, *std::prev(at), &KindPath::path);
    return EntityRef{named->kind, id};
}

std::expected<EntityRef, Problem> existing_owner(const Call& call, const CompanyView& view) {
    const EntityRef owner = TRY(owner_of(call, view));
    TRY(find_thing(view, owner));
    return owner;
}

// One of the owner's files; under /files, any.
struct Found {
    EntityRef thing;
    projections::EntityRow row;
};
std::expected<Found, Problem> find_file(const Call& call, const CompanyView& view) {
    const bool below_owner = call.path.contains("attachment");
    const EntityRef thing{kKind, TRY(call.id(below_owner ? "attachment" : "id"))};
    Found found{thing, TRY(find_thing(view, thing))};
    if (below_owner) {
        const EntityRef owner = TRY(owner_of(call, view));
        if (std::get<domain::FileState>(found.row.state).file.owner != owner)
            return std::unexpected(problem(404, "not_found", "it has no such attachment"));
    }
    return found;
}

std::expected<void, Problem> of_owner_and_live(const Call& call, const CompanyView& view,
                                               projections::ListQuery& query) {
    query.client_id = ClientId{TRY(existing_owner(call, view)).id};
    if (query.status.empty())
        query.status = {"live"};
    return {};
}

const Resource& files() {
    static const Resource kFiles{kKind,
                                 "files",
                                 show_file,
                                 show_file_in_list,
                                 file_schema(),
                                 file_schema(),
                                 {{"status", "live, detached, erased; several with commas"}},
                                 {SortKey::created},
                                 {"id", "owner.kind", "owner.id", "name", "media_type", "size",
                                  "sha256", "role", "status", "missing"}};
    return kFiles;
}

const Resource& attachments() {
    static const Resource kAttachments = [] {
        Resource narrowed = files();
        narrowed.path = "attachments";
        narrowed.narrow = of_owner_and_live;
        return narrowed;
    }();
    return kAttachments;
}

// ---- the requests -------------------------------------------------------------------------------

void post_attachment(Call call, const Respond& respond) {
    const auto view = open_company(call);
    const auto owner = view ? existing_owner(call, *view)
                            : std::expected<EntityRef, Problem>(std::unexpected(view.error()));
    if (!owner)
        return refuse(call, respond, owner.error());
    std::string location = call.request.path;
    attach(std::move(call), *owner, std::move(location), respond);
}

Reply get_attachment(const Call& call) {
    const CompanyView view = TRY(open_company(call));
    const Found found = TRY(find_file(call, view));
    return tagged_reply(call, view, found.row,
                        [&] { return show_file(call, view, found.thing, found.row); });
}

bool wants_download(const Call& call) {
    return call.request.parameter("download").value_or("") == "true";
}

Reply get_bytes(const Call& call) {
    const CompanyView view = TRY(open_company(call));
    const Found found = TRY(find_file(call, view));
    const auto& file = std::get<domain::FileState>(found.row.state);
    if (file.erased)
        return std::unexpected(problem(410, "file_erased"));
    if (file.detached)
        return std::unexpected(
            problem(410, "file_detached", "as_of an earlier revision it is still there"));
    std::shared_ptr<const ReadableFile> bytes =
        TRY(or_problem(call.service.blobs().find(file.file.blob)));
    if (!bytes)
        return std::unexpected(problem(404, "file_missing", "SHA-256 " + to_hex(file.file.blob)));
    const bool in_page =
        !wants_download(call)
        && std::ranges::find(kShownInPage, file.file.media_type) != kShownInPage.end();
    Response response = TRY(file_answer(
        call.request, {std::move(bytes), file.file.name, file.file.media_type, file.file.blob,
                       in_page ? Disposition::in_page : Disposition::attachment}));
    response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; sandbox");
    add_moment_headers(response, view);
    return response;
}

std::expected<Write, Problem> detach(const Call& call) {
    const CompanyView view = TRY(open_company(call));
    const Found found = TRY(find_file(call, view));
    Write write;
    write.thing = found.thing;
    write.reason = call.request.parameter("reason").value_or("");
    write.command = domain::DetachFile{FileId{found.thing.id}, write.reason};
    write.show = show_file;
    return write;
}

std::vector<Parameter> file_parameters() {
    std::vector<Parameter> parameters = moment_parameters();
    parameters.push_back({"download", "true: to be saved, also what a browser could show"});
    return parameters;
}

Route bytes_route(std::string pattern) {
    return {.method = "GET",
            .pattern = std::move(pattern),
            .summary = "The bytes: ranges, RFC 6266 name, Repr-Digest",
            .parameters = file_parameters(),
            .handler = reading(get_bytes)};
}

void add_routes_below(const std::string& owner, std::vector<Route>& routes) {
    const std::string all = owner + "/attachments";
    const std::string one = all + "/{attachment}";
    std::vector<Parameter> listed = list_parameters({});
    listed.insert(listed.end(), files().filters.begin(), files().filters.end());
    routes.push_back(
        {.method = "GET",
         .pattern = all,
         .summary = "Its files",
         .parameters = listed,
         .response = schema::list_of(file_schema()),
         .handler = reading([](const Call& call) { return list(attachments(), call); })});
    routes.push_back({.method = "POST",
                      .pattern = all,
                      .summary = "Attach a file: the body, its name in X-Filename (RFC 8187)",
                      .permission = Permission::write,
                      .body_max = kBodyFile,
                      .parameters = {{"role", "what it is for, in the caller's words"}},
                      .status = 201,
                      .response = file_schema(),
                      .handler = performing(post_attachment),
                      .may_change_nothing = true,
                      .open_sink = BlobSink::open});
    routes.push_back({.method = "GET",
                      .pattern = one,
                      .summary = "One of its files, without the bytes",
                      .parameters = moment_parameters(),
                      .response = file_schema(),
                      .handler = reading_tagged(get_attachment)});
    routes.push_back(bytes_route(one + "/file"));
    routes.push_back({.method = "DELETE",
                      .pattern = one,
                      .summary = "Detach it; earlier moments still show it",
                      .permission = Permission::write,
                      .parameters = {{"reason", "why"}},
                      .response = file_schema(),
                      .handler = changing(detach)});
}

} // namespace

std::vector<Route> attachment_routes() {
    std::vector<Route> routes = reading_routes(files());
    const std::string one = item_pattern(files());
    routes.push_back(bytes_route(one + "/file"));
    routes.push_back(
        {.method = "PUT",
         .pattern = one + "/file",
         .summary = "Join the bytes of a file that is missing, checked by their digest",
         .permission = Permission::write,
         .body_max = kBodyFile,
         .response = file_schema(),
         .handler = previewing(join),
         .open_sink = BlobSink::open});
    add_routes_below(std::string(kCompany), routes);
    for (const KindPath& named : kKindPaths)
        if (named.kind != kKind)
            add_routes_below(std::string(kCompany) + "/" + std::string(named.path) + "/{id}",
                             routes);
    return routes;
}

} // namespace daybook::api
