#include "api/present/file.h"

#include "api/or_problem.h"
#include "api/present/actions.h"
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
                           {"missing", boolean()},
                           {"actions", actions_schema(FileState{})}});
    return all;
}

// All that its events say, but whose it is.
void set_file_members(Json& json, const FileState& file) {
    json.set("name", file.file.name);
    json.set("media_type", file.file.media_type);
    json.set("size", file.file.size);
    json.set("sha256", to_hex(file.file.blob));
    json.set("role", file.file.role.empty() ? Json() : Json(file.file.role));
    json.set("status", file.erased ? "erased" : file.detached ? "detached" : "live");
}

Json show_owner(EntityKind kind, std::string id) {
    Json owner;
    owner.set("kind", enum_name(kind));
    owner.set("id", std::move(id));
    return owner;
}

} // namespace

std::expected<Json, Problem> show_file_in_list(const Call& call, const CompanyView& view,
                                               EntityRef thing, const projections::EntityRow& row) {
    const auto& file = std::get<FileState>(row.state);
    Json json = common_members(thing, row);
    json.set("owner", show_owner(file.file.owner.kind, owner_id(view, file.file.owner)));
    set_file_members(json, file);
    json.set("missing", !TRY(or_problem(call.service.blobs().holds(file.file.blob))));
    return json;
}

std::expected<Json, Problem> show_file(const Call& call, const CompanyView& view, EntityRef thing,
                                       const projections::EntityRow& row) {
    Json json = TRY(show_file_in_list(call, view, thing, row));
    json.set("actions", TRY(show_actions(call, view, thing, row.state)));
    return json;
}

Json file_form(const FileState& file) {
    Json json;
    json.set("owner", show_owner(file.file.owner.kind, to_text(file.file.owner.id)));
    set_file_members(json, file);
    return json;
}

Schema file_schema() { return schema::named("File", schema::object(file_members())); }

} // namespace daybook::api
