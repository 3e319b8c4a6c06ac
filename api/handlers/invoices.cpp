#include "api/handlers/invoices.h"

#include "api/handlers/credit_notes.h"
#include "api/handlers/invoice_verbs.h"
#include "api/handlers/money_bodies.h"
#include "api/json/document_json.h"
#include "api/merge_patch.h"
#include "api/or_problem.h"
#include "api/present/invoice.h"
#include "api/private_text.h"
#include "engine/domain/documents.h"

namespace daybook::api {
const Resource& invoices() {
    using projections::SortKey;
    static const Resource kInvoices = [] {
        std::vector<Parameter> filters = document_filters(
            "draft, issued, partially_paid, paid, credited, written_off, void; several with "
            "commas");
        filters.insert(filters.end(), {{"due_on", "on that date"},
                                       {"due_on[gte]", "on or after that date"},
                                       {"due_on[lte]", "on or before that date"},
                                       {"due_on[gt]", "after that date"},
                                       {"due_on[lt]", "before that date"},
                                       {"overdue", "true or false"}});
        return Resource{EntityKind::invoice,
                        "invoices",
                        show_invoice,
                        show_invoice_in_list,
                        invoice_schema(),
                        invoice_in_list_schema(),
                        std::move(filters),
                        {SortKey::created, SortKey::issued_on, SortKey::due_on, SortKey::number},
                        {"id", "number", "status", "issued_on", "due_on", "overdue", "client_id",
                         "client.name", "reference", "currency", "net", "discount", "tax", "total",
                         "paid", "credited", "written_off", "due"}};
    }();
    return kInvoices;
}

namespace {

// ---- a draft, written and written again --------------------------------------------------------

struct Draft {
    domain::DocumentInput input;
    Json private_notes; // Null = none.
};

std::expected<Draft, Problem> read_draft(const Json& body, IdSource& ids, const Document& before) {
    return read_input<Draft>(body, [&](Input& input) {
        Draft draft{read_document(input, ids, before), {}};
        const std::string notes =
            input.text("private_notes", Need::optional, domain::kTextLengthMax);
        if (!notes.empty())
            draft.private_notes = notes;
        return draft;
    });
}

// A preview has no blob to read: it shows the words that were sent.
Show with_notes(const Json& notes) {
    return [notes](const Call& call, const CompanyView& view, EntityRef thing,
                   const projections::EntityRow& row) -> std::expected<Json, Problem> {
        Json json = TRY(show_invoice(call, view, thing, row));
        json.set("private_notes", notes);
        return json;
    };
}

std::expected<Write, Problem> create_invoice(const Call& call) {
    const Json body = TRY(parse_body(call.request));
    IdSource& ids = call.service.ids();
    Draft draft = TRY(read_draft(body, ids, {}));
    Write write;
    domain::DraftInvoice command{.id = InvoiceId{ids.next_id()}, .input = std::move(draft.input)};
    if (!draft.private_notes.is_null()) {
        write.persons.push_back(seal(ids, draft.private_notes, "private_notes"));
        command.private_notes = write.persons.back().blob.name;
    }
    write.thing = {EntityKind::invoice, command.id.value};
    write.status = 201;
    write.location = location_of(invoices(), call, command.id.value);
    write.show = with_notes(draft.private_notes);
    write.command = std::move(command);
    return write;
}

std::expected<Write, Problem> change_invoice(const Call& call) {
    const CompanyView view = TRY(open_company(call));
    const EntityRef thing{EntityKind::invoice, TRY(call.id("id"))};
    const projections::EntityRow row = TRY(find_thing(view, thing));
    const auto& invoice = std::get<domain::InvoiceState>(row.state);
    const Json patch = TRY(parse_body(call.request));
    const Document& before = invoice.content.document;
    IdSource& ids = call.service.ids();
    Draft draft = TRY(read_draft(merge_patch(document_input_json(before), patch), ids, before));
    Write write;
    domain::ChangeInvoice command{InvoiceId{thing.id}, std::move(draft.input),
                                  invoice.private_notes};
    write.show = show_invoice;
    // Words that the patch does not name stay, even those that were erased: their name does.
    if (patch.find("private_notes")) {
        const Sealing sealing{ids, call.service.log(), view.where.line, write.persons};
        command.private_notes = TRY(or_problem(
            sealing.keep_or_seal(invoice.private_notes, draft.private_notes, "private_notes")));
        write.show = with_notes(draft.private_notes);
    }
    write.thing = thing;
    write.based_on = row.version;
    write.command = std::move(command);
    return write;
}

Annotated annotated(const domain::State& state, const Uuid& id) {
    const auto& invoice = std::get<domain::InvoiceState>(state);
    return {{invoice.tags, invoice.private_notes}, [id](const Annotation& wanted) {
                return domain::AnnotateInvoice{InvoiceId{id}, wanted.private_note, wanted.tags};
            }};
}

} // namespace

std::vector<Route> invoice_routes() {
    const Resource& all = invoices();
    std::vector<Route> routes = reading_routes(all);
    routes.push_back({.method = "POST",
                      .pattern = collection_pattern(all),
                      .summary = "Draft an invoice",
                      .permission = Permission::write,
                      .body_max = kBodyJson,
                      .request = document_input_schema("InvoiceInput"),
                      .status = 201,
                      .response = all.schema,
                      .handler = writing(create_invoice)});
    routes.push_back({.method = "PATCH",
                      .pattern = item_pattern(all),
                      .summary = "Change a draft",
                      .permission = Permission::write,
                      .body_max = kBodyJson,
                      .request = schema::any(),
                      .response = all.schema,
                      .handler = changing(change_invoice)});
    for (Route& route : invoice_verb_routes(all))
        routes.push_back(std::move(route));
    routes.push_back(annotate_route(all, annotated));
    return routes;
}

} // namespace daybook::api
