#include "api/handlers/verb.h"

#include "api/or_problem.h"
#include "api/private_text.h"
#include "engine/domain/documents.h"
#include "events/base/reflect.h"

#include <utility>

namespace daybook::api {
namespace {

using namespace schema;
using domain::Code;
using domain::kNameLengthMax;
using domain::kTextLengthMax;

constexpr std::size_t kTagsMax = 100;

Route post(const Resource& resource, std::string_view verb, std::string_view summary,
           Permission permission, Schema request, Prepare prepare) {
    return {.method = "POST",
            .pattern = item_pattern(resource) + "/" + std::string(verb),
            .summary = summary,
            .permission = permission,
            .body_max = kBodyJson,
            .request = std::move(request),
            .response = resource.schema,
            .handler = changing(std::move(prepare))};
}

Write write_on(const Resource& resource, const Uuid& id) {
    Write write;
    write.thing = {resource.kind, id};
    write.show = resource.show;
    return write;
}

struct AnnotationBody {
    std::vector<std::string> tags;
    std::string private_note;
};

AnnotationBody read_annotation(Input& input) {
    AnnotationBody body{input.texts("tags"),
                        input.text("private_note", Need::optional, kTextLengthMax)};
    if (body.tags.size() > kTagsMax)
        input.fault("tags", Code::out_of_range, "at most " + std::to_string(kTagsMax));
    for (const std::string& tag : body.tags)
        if (domain::text_length(tag) > kNameLengthMax)
            input.fault("tags", Code::text_too_long,
                        "at most " + std::to_string(kNameLengthMax) + " characters each");
    return body;
}

} // namespace

std::expected<void, Problem> was_ever_there(const Call& call, EntityRef thing) {
    const CompanyView view = TRY(open_company(call));
    if (!TRY(or_problem(view.snapshot->find(thing))))
        return std::unexpected(problem_of(domain::Refusal{
            Code::not_found, "no such " + std::string(enum_name(thing.kind)), {}, {}, {}}));
    return {};
}

Route verb_route(const Resource& resource, std::string_view verb, std::string_view summary,
                 Permission permission, Schema request, ReadVerb read) {
    const auto prepare =
        [&resource, read = std::move(read)](const Call& call) -> std::expected<Write, Problem> {
        Asked asked{call, TRY(call.id("id")), {}};
        TRY(was_ever_there(call, {resource.kind, asked.id}));
        Write write = write_on(resource, asked.id);
        write.command =
            TRY(read_body<domain::Command>(call, [&](Input& input) { return read(input, asked); }));
        write.reason = std::move(asked.reason);
        return write;
    };
    return post(resource, verb, summary, permission, std::move(request), prepare);
}

Route annotate_route(const Resource& resource,
                     std::function<Annotated(const domain::State&, const Uuid&)> find) {
    const auto prepare =
        [&resource, find = std::move(find)](const Call& call) -> std::expected<Write, Problem> {
        const CompanyView view = TRY(open_company(call));
        const EntityRef thing{resource.kind, TRY(call.id("id"))};
        const projections::EntityRow row = TRY(find_thing(view, thing));
        const Json sent =
            call.request.body.empty() ? Json(JsonObject{}) : TRY(parse_body(call.request));
        const auto body = TRY(read_input<AnnotationBody>(sent, read_annotation));
        const Annotated annotated = find(row.state, thing.id);
        Annotation wanted = annotated.before;
        Write write = write_on(resource, thing.id);
        if (sent.find("tags"))
            wanted.tags = body.tags;
        if (sent.find("private_note")) {
            const Sealing sealing{call.service.ids(), call.service.log(), view.where.line,
                                  write.persons};
            const Json note = body.private_note.empty() ? Json() : Json(body.private_note);
            wanted.private_note = TRY(or_problem(
                sealing.keep_or_seal(annotated.before.private_note, note, "private_notes")));
        }
        write.based_on = row.version;
        write.command = annotated.command(wanted);
        return write;
    };
    return post(resource, "annotate", "Tags and a private note", Permission::write,
                object({optional("tags", nullable(array(text()))),
                        optional("private_note", nullable(text()))}),
                prepare);
}

} // namespace daybook::api
