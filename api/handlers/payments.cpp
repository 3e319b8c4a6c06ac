#include "api/handlers/payments.h"

#include "api/handlers/money_bodies.h"
#include "api/handlers/verb.h"
#include "api/present/payment.h"

namespace daybook::api {
namespace {

using namespace schema;

constexpr std::size_t kAllocationsMax = 1'000;

} // namespace

const Resource& payments() {
    using projections::SortKey;
    static const Resource kPayments{
        EntityKind::payment,
        "payments",
        show_payment,
        show_payment_in_list,
        payment_schema(),
        payment_schema(),
        {{"status", "unallocated, partially_allocated, allocated, partially_refunded, refunded, "
                    "reversed; several with commas"},
         {"client_id", "of that client"},
         {"number", "exact number"},
         {"received_on", "on that date"},
         {"received_on[gte]", "on or after that date"},
         {"received_on[lte]", "on or before that date"},
         {"received_on[gt]", "after that date"},
         {"received_on[lt]", "before that date"}},
        {SortKey::created, SortKey::received_on, SortKey::number},
        {"id", "number", "status", "received_on", "client_id", "payer", "method", "reference",
         "amount.currency", "amount.amount", "allocated.amount", "unallocated.amount",
         "refunded.amount"}};
    return kPayments;
}

namespace {

// ---- record ------------------------------------------------------------------------------------

domain::AllocationInput read_allocation(Input& input, IdSource& ids) {
    return {AllocationId{ids.next_id()}, required_id<InvoiceId>(input, "invoice_id"),
            required_decimal(input, "amount")};
}

std::expected<Write, Problem> record(const Call& call) {
    IdSource& ids = call.service.ids();
    const auto read = [&](Input& input) {
        domain::RecordPayment command;
        command.id = PaymentId{ids.next_id()};
        command.client_id = required_id<ClientId>(input, "client_id");
        command.currency.code = input.text("currency", Need::optional, 3);
        command.amount = required_decimal(input, "amount");
        command.received_on = input.date("received_on", Need::required);
        command.method = input.text("method", Need::required, 100);
        command.reference = input.text("reference");
        command.payer = input.text("payer");
        command.money_account_id = input.typed_id<MoneyAccountId>("money_account_id");
        input.objects("allocations", Need::optional, kAllocationsMax,
                      [&](Input& child, std::size_t) {
                          command.allocations.push_back(read_allocation(child, ids));
                      });
        return command;
    };
    const Json body = TRY(parse_body(call.request));
    domain::RecordPayment command = TRY(read_input<domain::RecordPayment>(body, read));
    Write write;
    write.thing = {EntityKind::payment, command.id.value};
    write.status = 201;
    write.location = location_of(payments(), call, command.id.value);
    write.show = show_payment;
    write.command = std::move(command);
    return write;
}

Schema payment_input_schema() {
    const Schema allocation = object({{"invoice_id", uuid()}, {"amount", decimal()}});
    return named("PaymentInput", object({{"client_id", uuid()},
                                         {"amount", decimal()},
                                         {"received_on", date()},
                                         {"method", text()},
                                         optional("currency", nullable(text())),
                                         optional("reference", nullable(text())),
                                         optional("payer", nullable(text())),
                                         optional("money_account_id", nullable(uuid())),
                                         optional("allocations", nullable(array(allocation)))}));
}

// ---- verbs -------------------------------------------------------------------------------------

domain::Command allocate(Input& input, Asked& asked) {
    return domain::AllocatePayment{.id = PaymentId{asked.id},
                                   .allocation = read_allocation(input, asked.call.service.ids()),
                                   .on = input.date("on")};
}

domain::Command unallocate(Input& input, Asked& asked) {
    return domain::UnallocatePayment{.id = PaymentId{asked.id},
                                     .allocation_id =
                                         required_id<AllocationId>(input, "allocation_id"),
                                     .on = input.date("on"),
                                     .reason = asked.read_reason(input)};
}

domain::Command refund(Input& input, Asked& asked) {
    return read_refund<domain::RefundPayment>(input, asked);
}

domain::Command reverse_refund(Input& input, Asked& asked) {
    return read_refund_reversal<domain::ReverseRefund>(input, asked);
}

domain::Command reverse(Input& input, Asked& asked) {
    return domain::ReversePayment{.id = PaymentId{asked.id},
                                  .reversed_on = input.date("reversed_on"),
                                  .cause = required_cause(input),
                                  .reason = asked.read_reason(input),
                                  .fee = input.decimal("fee")};
}

Schema reverse_schema() {
    return object({{"cause", text_of({"mistake", "bounced", "chargeback"})},
                   {"reason", text()},
                   optional("reversed_on", nullable(date())),
                   optional("fee", nullable(decimal()))});
}

Annotated annotated(const domain::State& state, const Uuid& id) {
    const auto& payment = std::get<domain::PaymentState>(state);
    return {{payment.tags, payment.private_note}, [id](const Annotation& wanted) {
                return domain::AnnotatePayment{PaymentId{id}, wanted.private_note, wanted.tags};
            }};
}

} // namespace

std::vector<Route> payment_routes() {
    const Resource& all = payments();
    std::vector<Route> routes = reading_routes(all);
    routes.push_back({.method = "POST",
                      .pattern = collection_pattern(all),
                      .summary = "Record a payment",
                      .permission = Permission::write,
                      .body_max = kBodyJson,
                      .request = payment_input_schema(),
                      .status = 201,
                      .response = all.schema,
                      .handler = writing(record)});
    const auto add = [&](std::string_view verb, std::string_view summary, Schema body,
                         const ReadVerb& read) {
        routes.push_back(verb_route(all, verb, summary, Permission::write, std::move(body), read));
    };
    add("allocate", "Set it against an invoice", allocate_schema(), allocate);
    add("unallocate", "End an allocation", unallocate_schema(), unallocate);
    add("refund", "Give money back", refund_schema(), refund);
    add("reverse-refund", "Take a refund back", reverse_refund_schema(), reverse_refund);
    add("reverse", "It was a mistake, bounced, or was charged back", reverse_schema(), reverse);
    routes.push_back(annotate_route(all, annotated));
    return routes;
}

} // namespace daybook::api
