#include "api/present/file.h"

#include "api/or_problem.h"
#include "api/present/document.h"
#include "api/snapshot_books.h"
#include "events/base/reflect.h"

namespace daybook::api {
namespace {

using domain::FileState;

// A company's things name it by the id that its book bears, which in a copy is not the world's.
std::string owner_id(const CompanyView& view, EntityRef owner) {
    const bool of_company = owner.kind == EntityKind::company;
    return to_text(of_company ? view.where.company.value : owner.id);
}

std::vector<Member> file_members() {
    using namespace schema;
    std::vector<Member> all = common_schema();
    all.insert(all.end(), {{"owner", object({{"kind", text()}, {"id", uuid()}})},
                           {"name", text()},
                           {"media_type", text()},
                           {"size", integer()},
                           {"sha256", hex()},
                           {"role", nullable(text())},
                           {"status", text_of({"live", "detached", "erased"})},
                           {"missing", boolean()}});
    return all;
}

} // namespace

std::expected<Json, Problem> show_file_in_list(const Call& call, const CompanyView& view,
                                               EntityRef thing, const projections::EntityRow& row) {
    const auto& file = std::get<FileState>(row.state);
    Json owner;
    owner.set("kind", enum_name(file.file.owner.kind));
    owner.set("id", owner_id(view, file.file.owner));
    Json json = common_members(thing, row);
    json.set("owner", std::move(owner));
    json.set("name", file.file.name);
    json.set("media_type", file.file.media_type);
    json.set("size", file.file.size);
    json.set("sha256", to_hex(file.file.blob));
    json.set("role", file.file.role.empty() ? Json() : Json(file.file.role));
    json.set("status", file.erased ? "erased" : file.detached ? "detached" : "live");
    json.set("missing", !TRY(or_problem(call.service.blobs().holds(file.file.blob))));
    return json;
}

std::expected<Json, Problem> show_file(const Call& call, const CompanyView& view, EntityRef thing,
                                       const projections::EntityRow& row) {
    Json json = TRY(show_file_in_list(call, view, thing, row));
    SnapshotBooks books(call, view);
    books.lay_over(thing, std::get<FileState>(row.state));
    json.set("actions",
             TRY(show_actions(books, {{"detach", domain::DetachFile{FileId{thing.id}, {}}}})));
    return json;
}

Schema file_schema() {
    std::vector<Member> all = file_members();
    all.push_back({"actions", actions_schema({"detach"})});
    return schema::named("File", schema::object(std::move(all)));
}

Schema file_in_list_schema() { return schema::named("FileInList", schema::object(file_members())); }

} // namespace daybook::api
