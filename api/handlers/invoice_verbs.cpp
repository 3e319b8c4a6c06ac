#include "api/handlers/invoice_verbs.h"

#include "api/handlers/credit_notes.h"
#include "api/handlers/money_bodies.h"
#include "api/handlers/verb.h"
#include "api/present/credit_note.h"
#include "events/codec/limits.h"

namespace daybook::api {
namespace {

using namespace schema;
using domain::Code;

domain::Command issue(Input& input, Asked& asked) {
    return domain::IssueInvoice{InvoiceId{asked.id}, input.date("issued_on"),
                                input.typed_id<SeriesId>("series_id")};
}

domain::Command void_draft(Input& input, Asked& asked) {
    return domain::VoidInvoice{InvoiceId{asked.id}, asked.read_reason(input)};
}

domain::Command write_off(Input& input, Asked& asked) {
    return domain::WriteOffInvoice{
        .id = InvoiceId{asked.id},
        .write_off_id = asked.fresh<WriteOffId>(),
        .amount = required_decimal(input, "amount"),
        .on = input.date("on"),
        .cause =
            input.choice<WriteOffCause>("cause", Need::required).value_or(WriteOffCause::bad_debt),
        .reason = asked.read_reason(input),
    };
}

domain::Command reverse_write_off(Input& input, Asked& asked) {
    return domain::ReverseWriteOff{.id = InvoiceId{asked.id},
                                   .write_off_id = WriteOffId{asked.segment("write_off")},
                                   .on = input.date("on"),
                                   .reason = asked.read_reason(input)};
}

// ---- credit: a verb on the invoice that answers with the credit note ---------------------------

domain::CreditLineInput read_credit_line(Input& input) {
    domain::CreditLineInput line{required_id<LineItemId>(input, "line_id"),
                                 input.decimal("quantity"), input.decimal("net")};
    if (line.quantity && line.net)
        input.fault("", Code::invalid_input, "quantity or net, not both");
    return line;
}

domain::CreditInvoice read_credit(Input& input, const Call& call, InvoiceId invoice) {
    IdSource& ids = call.service.ids();
    domain::CreditInvoice command;
    command.invoice_id = invoice;
    command.credit_note_id = CreditNoteId{ids.next_id()};
    command.allocation_id = AllocationId{ids.next_id()};
    command.all = input.boolean("all").value_or(false);
    input.objects("lines", Need::optional, kLinesMax, [&](Input& child, std::size_t) {
        command.lines.push_back(read_credit_line(child));
    });
    command.kind = input.choice<CreditKind>("kind", Need::required).value_or(CreditKind::other);
    command.reason = input.text("reason", Need::optional, 2'000);
    command.issued_on = input.date("issued_on");
    return command;
}

Write credit_write(const Call& call, domain::CreditInvoice command) {
    Write write;
    write.thing = {EntityKind::credit_note, command.credit_note_id.value};
    write.match_thing = EntityRef{EntityKind::invoice, command.invoice_id.value};
    write.status = 201;
    write.location = location_of(credit_notes(), call, command.credit_note_id.value);
    write.reason = command.reason;
    write.show = show_credit_note;
    write.command = std::move(command);
    return write;
}

std::expected<Write, Problem> credit(const Call& call) {
    const InvoiceId invoice{TRY(call.id("id"))};
    TRY(was_ever_there(call, {EntityKind::invoice, invoice.value}));
    auto command = TRY(read_body<domain::CreditInvoice>(
        call, [&](Input& input) { return read_credit(input, call, invoice); }));
    return credit_write(call, std::move(command));
}

// ---- what the bodies look like -----------------------------------------------------------------

Schema issue_schema() {
    return object(
        {optional("issued_on", nullable(date())), optional("series_id", nullable(uuid()))});
}

Schema write_off_schema() {
    return object({{"amount", decimal()},
                   {"cause", text_of({"bad_debt", "rounding", "goodwill"})},
                   {"reason", text()},
                   optional("on", nullable(date()))});
}

Schema credit_schema() {
    const Schema line = object({{"line_id", uuid()},
                                optional("quantity", nullable(decimal())),
                                optional("net", nullable(decimal()))});
    return named(
        "CreditInput",
        object({{"kind", text_of({"cancellation", "return_of_goods", "price_reduction", "other"})},
                {"reason", text()},
                optional("all", nullable(boolean())),
                optional("lines", nullable(array(line))),
                optional("issued_on", nullable(date()))}));
}

} // namespace

std::vector<Route> invoice_verb_routes(const Resource& invoices) {
    std::vector<Route> routes;
    const auto add = [&](std::string_view verb, std::string_view summary, Permission permission,
                         Schema body, const ReadVerb& read) {
        routes.push_back(verb_route(invoices, verb, summary, permission, std::move(body), read));
    };
    add("issue", "Number and freeze it", Permission::issue, issue_schema(), issue);
    add("void", "Drop a draft", Permission::write, object({optional("reason", nullable(text()))}),
        void_draft);
    add("write-off", "Give up what is due", Permission::issue, write_off_schema(), write_off);
    add("write-offs/{write_off}/reverse", "Take a write-off back", Permission::issue,
        object({{"reason", text()}, optional("on", nullable(date()))}), reverse_write_off);
    routes.push_back({.method = "POST",
                      .pattern = item_pattern(invoices) + "/credit",
                      .summary = "Credit all of it, or some lines",
                      .permission = Permission::issue,
                      .body_max = kBodyJson,
                      .request = credit_schema(),
                      .status = 201,
                      .response = credit_note_schema(),
                      .handler = changing(credit)});
    return routes;
}

} // namespace daybook::api
