// One attached file out of a backup into the living company: its bytes first, then the event that
// names them, as in api/attachments/upload.h. What the company has already is joined, not doubled.
#include "api/handlers/resource.h"
#include "api/handlers/take_out.h"
#include "api/or_problem.h"
#include "api/present/file.h"
#include "api/routing/preview.h"
#include "engine/read_through.h"

namespace daybook::api {
namespace {

// Where it is taken from, and for whom.
struct Taking {
    Call call; // Of the living company.
    std::shared_ptr<BackupBooks> books;
    EntityRef thing;
    FileAttached file;
};

std::expected<Taking, Problem> find_inside(RestoreDesk& desk, const Call& asked) {
    Call call = asked;
    const Uuid upload = TRY(call.id("upload"));
    const EntityRef thing{EntityKind::file, TRY(call.id("id"))};
    call.path["company"] = TRY(read_taker(call));
    const auto books = TRY(desk.inspections.books(upload));
    const CompanyId inside = books->where().company;
    const domain::State state = TRY(state_inside(*books, call, inside, thing));
    const auto& found = std::get<domain::FileState>(state);
    if (found.erased)
        return std::unexpected(problem(410, "file_erased"));
    FileAttached file = found.file;
    if (file.owner.kind == EntityKind::company) {
        const CompanyId company{TRY(call.id("company"))};
        const auto directory = call.service.directory();
        if (const auto* where = directory->find(company))
            file.owner.id = where->book.value;
    }
    return Taking{std::move(call), books, thing, std::move(file)};
}

std::expected<void, Problem> copy_bytes(Taking& taking) {
    const auto from = TRY(or_problem(taking.books->blobs().find(taking.file.blob)));
    if (!from)
        return std::unexpected(
            problem(404, "file_missing", "the backup was made without the bytes of this file"));
    const auto incoming = TRY(or_problem(taking.call.service.blobs().receive()));
    TRY(or_problem(
        read_through(*from, [&](std::string_view piece) { return incoming->take(piece); })));
    if (incoming->name() != taking.file.blob)
        return std::unexpected(problem(422, "backup_damaged", "it is not what was attached"));
    return or_problem(incoming->keep());
}

// On the thread for files. The company's own attachment when it is there; else what makes it one.
std::expected<std::optional<Response>, Problem> take(Taking& taking, Write& write) {
    const Call& call = taking.call;
    const CompanyView view =
        TRY(open_company(call, MomentWanted{CompanyId{TRY(call.id("company"))}, std::nullopt,
                                            std::nullopt, "company_id"}));
    const auto row = TRY(or_problem(view.snapshot->find(taking.thing)));
    if (!call.is_preview())
        TRY(copy_bytes(taking));
    const auto* here = row ? std::get_if<domain::FileState>(&row->state) : nullptr;
    if (here && !here->detached && !here->erased) {
        const Json shown = TRY(show_file(call, view, taking.thing, *row));
        if (call.is_preview())
            return preview_response(call, {shown, {}, {}});
        Response response = json_response(200, shown, view);
        response.headers.emplace_back("ETag", etag_of(call, view.where, *row));
        return response;
    }
    const Uuid id = row ? call.service.ids().next_id() : taking.thing.id; // Ids never come back.
    write.thing = {EntityKind::file, id};
    write.status = 201;
    write.location =
        "/api/v1/companies/" + call.path.find("company")->second + "/files/" + to_text(id);
    write.show = show_file;
    write.command = domain::AttachFile{FileId{id}, taking.file};
    return std::nullopt;
}

void post_take(RestoreDesk& desk, const Call& call, const Respond& respond) {
    auto found = find_inside(desk, call);
    if (!found)
        return refuse(call, respond, found.error());
    const auto taking = std::make_shared<Taking>(*std::move(found));
    call.service.file_work([taking, respond] {
        Write write;
        auto answer = take(*taking, write);
        if (!answer)
            return refuse(taking->call, respond, answer.error());
        if (*answer)
            return respond(std::move(**answer));
        perform(std::move(taking->call), std::move(write), respond);
    });
}

} // namespace

std::vector<Route> take_file_routes(RestoreDesk& desk) {
    return {
        {.method = "POST",
         .pattern = "/api/v1/uploads/{upload}/books/files/{id}/take",
         .summary = "Take a file out of the backup: attached to the same thing of a company",
         .permission = Permission::write,
         .body_max = kBodyJson,
         .parameters = {{"as_of", "@<revision> or an instant inside the backup"}},
         .request = schema::named("TakeOutInput", schema::object({{"company_id", schema::uuid()}})),
         .status = 201,
         .response = file_schema(),
         .handler = performing(
             [&desk](const Call& call, const Respond& respond) { post_take(desk, call, respond); }),
         .may_change_nothing = true}};
}

} // namespace daybook::api
