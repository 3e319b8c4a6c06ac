#include "api/handlers/take_out.h"

#include "api/handlers/products.h"
#include "api/handlers/reading_body.h"
#include "api/json/document_json.h"
#include "api/or_problem.h"
#include "api/present/client.h"
#include "api/present/invoice.h"
#include "api/present/product.h"

namespace daybook::api {
namespace {

using namespace schema;

// The thing as the file holds it, and as the company does.
struct Taken {
    const BackupBooks& books;
    const Call& call;
    EntityRef thing;
    domain::State inside;
    domain::State here;
    Version version = 0; // Here; 0 = it never was.

    bool exists() const { return domain::exists(here); }
};

// The words behind a name, taken along; nothing where they were erased.
std::optional<Hash> take_words(const Taken& taken, const std::optional<Hash>& name,
                               const char* role, Write& write) {
    if (!name)
        return std::nullopt;
    const auto bytes = taken.books.log().find_person(taken.books.where().line, *name);
    if (!bytes || !*bytes)
        return std::nullopt;
    write.persons.push_back({{*name, **bytes}, role});
    return name;
}

std::expected<void, Problem> take_client(const Taken& taken, Write& write) {
    ClientProfile profile = std::get<domain::ClientState>(taken.inside).profile;
    profile.contacts = take_words(taken, profile.contacts, "contacts", write);
    profile.private_notes = take_words(taken, profile.private_notes, "private_notes", write);
    const ClientId id{taken.thing.id};
    write.show = show_client;
    if (taken.exists())
        write.command = domain::ChangeClient{id, std::move(profile)};
    else
        write.command = domain::CreateClient{id, std::move(profile)};
    return {};
}

std::expected<void, Problem> take_product(const Taken& taken, Write& write) {
    ProductProfile profile = std::get<domain::ProductState>(taken.inside).profile;
    const ProductId id{taken.thing.id};
    write.show = show_product;
    if (taken.exists())
        write.command = domain::ChangeProduct{id, std::move(profile)};
    else
        write.command = domain::CreateProduct{id, std::move(profile)};
    return {};
}

// As its author would write it: what follows from the parties and the calculator is made anew.
std::expected<void, Problem> take_invoice(const Taken& taken, Write& write) {
    const auto& invoice = std::get<domain::InvoiceState>(taken.inside);
    const auto* here = std::get_if<domain::InvoiceState>(&taken.here);
    const Document& before = invoice.content.document; // Its lines keep their ids.
    Json written = document_input_json(before);
    if (invoice.stage != domain::InvoiceStage::draft)
        for (const char* dated : {"issued_on", "due_on"})
            written.set(dated, nullptr);
    IdSource& ids = taken.call.service.ids();
    auto input = TRY(read_input<domain::DocumentInput>(
        written, [&](Input& read) { return read_document(read, ids, before); }));
    const auto notes = take_words(taken, invoice.private_notes, "private_notes", write);
    write.show = show_invoice;
    if (here && here->stage == domain::InvoiceStage::draft) {
        write.command = domain::ChangeInvoice{InvoiceId{taken.thing.id}, std::move(input), notes};
        return {};
    }
    domain::DraftInvoice draft{.id = InvoiceId{taken.thing.id}, .input = std::move(input)};
    draft.private_notes = notes;
    if (taken.version > 0) { // It was issued here, or is gone: another draft, which says of what.
        draft.id = InvoiceId{ids.next_id()};
        draft.duplicated_from = InvoiceId{taken.thing.id};
        for (Line& line : draft.input.document.lines)
            line.id = LineItemId{ids.next_id()};
        write.thing.id = draft.id.value;
        write.based_on.reset();
    }
    write.command = std::move(draft);
    return {};
}

struct Kind {
    std::string_view path;
    EntityKind kind;
    std::expected<void, Problem> (*take)(const Taken&, Write&);
};
constexpr Kind kKinds[] = {{"clients", EntityKind::client, take_client},
                           {"products", EntityKind::product, take_product},
                           {"invoices", EntityKind::invoice, take_invoice}};

std::expected<Write, Problem> write_of(const Call& call, const BackupBooks& books, const Kind& kind,
                                       EntityRef thing, domain::State inside) {
    const CompanyId company{TRY(call.id("company"))};
    const CompanyView view =
        TRY(open_company(call, MomentWanted{company, std::nullopt, std::nullopt, "company_id"}));
    const auto row = TRY(or_problem(view.snapshot->find(thing)));
    Taken taken{books,
                call,
                thing,
                std::move(inside),
                row ? row->state : domain::State(),
                row ? row->version : 0};
    Write write;
    write.thing = thing;
    write.based_on = taken.version; // Whoever changes it meanwhile is not overwritten.
    TRY(kind.take(taken, write));
    const bool made = !taken.exists() || write.thing != thing;
    write.status = made ? 201 : 200;
    if (made)
        write.location = "/api/v1/companies/" + call.path.find("company")->second + "/"
                         + std::string(kind.path) + "/" + to_text(write.thing.id);
    return write;
}

void post_take(RestoreDesk& desk, const Kind& kind, Call call, const Respond& respond) {
    const auto upload = call.id("upload");
    const auto id = call.id("id");
    const auto company = read_taker(call);
    if (!upload || !id || !company)
        return refuse(call, respond, !upload ? upload.error() : !id ? id.error() : company.error());
    const auto books = desk.inspections.books(*upload);
    if (!books)
        return refuse(call, respond, books.error());
    call.path["company"] = *company;
    const EntityRef thing{kind.kind, *id};
    auto inside = state_inside(**books, call, (*books)->where().company, thing);
    if (!inside)
        return refuse(call, respond, inside.error());
    auto write = write_of(call, **books, kind, thing, *std::move(inside));
    if (!write)
        return refuse(call, respond, write.error());
    perform(std::move(call), *std::move(write), respond);
}

} // namespace

std::expected<std::string, Problem> read_taker(const Call& call) {
    return read_body<std::string>(call, [](Input& input) {
        const auto read = input.id("company_id", Need::required);
        return read ? to_text(*read) : std::string();
    });
}

std::expected<domain::State, Problem> state_inside(Service& books, const Call& call,
                                                   CompanyId company, EntityRef thing) {
    MomentWanted wanted{company, std::nullopt, call.request.parameter("as_of"), "as_of"};
    const Call inside{call.request, call.path, books, call.language};
    const CompanyView view = TRY(open_company(inside, wanted));
    return TRY(find_thing(view, thing)).state;
}

std::vector<Route> take_out_routes(RestoreDesk& desk) {
    std::vector<Route> routes;
    const Schema shown[] = {client_schema(), product_schema(), invoice_schema()};
    for (std::size_t i = 0; i < std::size(kKinds); ++i)
        routes.push_back(
            {.method = "POST",
             .pattern =
                 "/api/v1/uploads/{upload}/books/" + std::string(kKinds[i].path) + "/{id}/take",
             .summary = "Take it out of the backup into a company: made, or changed to what the "
                        "backup holds",
             .permission = Permission::write,
             .body_max = kBodyJson,
             .parameters = {{"as_of", "@<revision> or an instant inside the backup"}},
             .request = named("TakeOutInput", object({{"company_id", uuid()}})),
             .status = 201,
             .response = shown[i],
             .handler = performing([&desk, kind = kKinds[i]](Call call, const Respond& respond) {
                 post_take(desk, kind, std::move(call), respond);
             }),
             .may_change_nothing = true});
    return routes;
}

} // namespace daybook::api
