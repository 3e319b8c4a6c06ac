#include "api/handlers/uploads.h"

#include "api/handlers/reading_body.h"
#include "api/handlers/short_list.h"
#include "api/http/file_name.h"
#include "engine/log/base64.h"
#include "events/base/whole_number.h"

#include <algorithm>

namespace daybook::api {
namespace {

using namespace schema;

const std::string kUploads = "/api/v1/uploads";

Schema upload_schema() {
    return named("Upload", object({{"id", uuid()},
                                   {"name", text()},
                                   {"size", integer()},
                                   {"offset", integer()},
                                   {"complete", boolean()},
                                   {"created_at", instant()},
                                   {"expires_at", instant()}}));
}

Json show_upload(const Upload& upload) {
    Json json;
    json.set("id", to_text(upload.id));
    json.set("name", upload.name);
    json.set("size", upload.size);
    json.set("offset", upload.offset);
    json.set("complete", upload.is_complete());
    json.set("created_at", to_text(upload.created_at));
    json.set("expires_at", to_text(upload.expires_at));
    return json;
}

// A HEAD tells as much as a GET to whoever goes on with it.
Response upload_response(int status, const Upload& upload) {
    Response response = json_response(status, show_upload(upload));
    response.headers.emplace_back("Location", kUploads + "/" + to_text(upload.id));
    response.headers.emplace_back("Upload-Offset", std::to_string(upload.offset));
    response.headers.emplace_back("Upload-Length", std::to_string(upload.size));
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

struct NewUpload {
    std::string name;
    std::uint64_t size = 0;
};

Reply post_upload(Uploads& uploads, const Call& call) {
    const auto wanted = TRY(read_body<NewUpload>(call, [](Input& input) {
        NewUpload read;
        read.name = sane_file_name(input.text("name", Need::optional, 500));
        read.size = static_cast<std::uint64_t>(
            input.integer("size", 1, INT64_MAX, Need::required).value_or(1));
        return read;
    }));
    return upload_response(201, TRY(uploads.begin(wanted.name, wanted.size)));
}

// RFC 9530: sha-256=:base64:, perhaps among others that are not asked for here.
std::expected<std::optional<Hash>, Problem> digest_of(const Request& request) {
    const auto bad = [](const std::string& why) {
        return std::unexpected(problem(400, "bad_request", why));
    };
    std::string_view text = request.header("content-digest");
    if (text.empty())
        text = request.header("repr-digest");
    if (text.empty())
        return std::nullopt;
    constexpr std::string_view kSha256 = "sha-256=:";
    const auto from = text.find(kSha256);
    if (from == std::string_view::npos)
        return bad("Content-Digest: of the algorithms only sha-256 is understood");
    text.remove_prefix(from + kSha256.size());
    const auto bytes = log::from_base64(text.substr(0, text.find(':')));
    Hash hash;
    if (!bytes || bytes->size() != hash.bytes.size())
        return bad("Content-Digest: sha-256=:<base64 of 32 bytes>:");
    std::ranges::copy(*bytes, hash.bytes.begin());
    return hash;
}

Reply patch_upload(Uploads& uploads, const Call& call) {
    const Uuid id = TRY(call.id("upload"));
    const auto digest = TRY(digest_of(call.request));
    const auto offset = whole_number<std::uint64_t>(call.request.header("upload-offset"));
    if (!offset)
        return std::unexpected(
            problem(400, "bad_request", "Upload-Offset: where the piece begins, in bytes"));
    if (call.request.body.empty())
        return std::unexpected(problem(400, "bad_request", "the piece is empty"));
    const Piece piece{*offset, call.request.body, digest};
    return upload_response(200, TRY(uploads.append(id, piece)));
}

Reply get_upload(const Uploads& uploads, const Call& call) {
    const Uuid id = TRY(call.id("upload"));
    return upload_response(200, TRY(uploads.find(id)));
}

Reply delete_upload(RestoreDesk& desk, const Call& call) {
    const Uuid id = TRY(call.id("upload"));
    desk.inspections.forget(id);
    TRY(desk.uploads.remove(id));
    return Response{204, {}, {}, nullptr};
}

Reply list_uploads(const Uploads& uploads, const Call& call) {
    static constexpr std::array<std::string_view, 7> kUploadColumns = {
        "id", "name", "size", "offset", "complete", "created_at", "expires_at"};
    static const Schema kItems = upload_schema();
    JsonArray items;
    for (const Upload& upload : uploads.all())
        items.push_back(show_upload(upload));
    return short_list(call, {"uploads", kUploadColumns, kItems}, std::move(items),
                      log::kInstanceLine);
}

Route route(std::string_view method, const std::string& path, std::string_view summary, int status,
            std::optional<Schema> response, std::function<Reply(const Call&)> answer) {
    return {.method = method,
            .pattern = kUploads + path,
            .summary = summary,
            .permission = Permission::admin,
            .status = status,
            .response = std::move(response),
            .handler = reading(std::move(answer))};
}

} // namespace

std::vector<Route> upload_routes(RestoreDesk& desk) {
    Uploads& uploads = desk.uploads;
    Route post =
        route("POST", "", "Begin an upload: name and size of the file", 201, upload_schema(),
              [&](const Call& call) { return post_upload(uploads, call); });
    post.body_max = kBodyJson;
    post.request =
        named("UploadInput", object({optional("name", nullable(text())), {"size", integer()}}));
    Route patch =
        route("PATCH", "/{upload}",
              "The next piece: Upload-Offset says where, Content-Digest what it must be", 200,
              upload_schema(), [&](const Call& call) { return patch_upload(uploads, call); });
    patch.body_max = kBodyPiece;
    Route all = route("GET", "", "All uploads, newest first", 200, schema::list_of(upload_schema()),
                      [&](const Call& call) { return list_uploads(uploads, call); });
    all.parameters = short_list_parameters();
    return {std::move(post), std::move(patch), std::move(all),
            route("GET", "/{upload}", "How far an upload is", 200, upload_schema(),
                  [&](const Call& call) { return get_upload(uploads, call); }),
            route("DELETE", "/{upload}", "Drop an upload and what was made of it", 204,
                  std::nullopt, [&](const Call& call) { return delete_upload(desk, call); })};
}

} // namespace daybook::api
