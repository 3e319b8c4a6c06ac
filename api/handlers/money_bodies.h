// Bodies that payments and credit notes share: allocate, unallocate, refund, reverse a refund. And
// the filters that lists of documents share.
#pragma once

#include "api/handlers/verb.h"

#include <string_view>
#include <vector>

namespace daybook::api {

// A required member; when it is missing the fault is noted and the value is nobody's.
inline Decimal required_decimal(Input& input, std::string_view name) {
    return input.decimal(name, Need::required).value_or(Decimal{});
}
template <class TypedIdT>
TypedIdT required_id(Input& input, std::string_view name) {
    return input.typed_id<TypedIdT>(name, Need::required).value_or(TypedIdT{});
}
inline ReversalCause required_cause(Input& input) {
    return input.choice<ReversalCause>("cause", Need::required).value_or(ReversalCause::mistake);
}

template <class Command>
Command read_refund(Input& input, Asked& asked) {
    return Command{
        .id = {asked.id},
        .refund_id = asked.fresh<RefundId>(),
        .amount = required_decimal(input, "amount"),
        .on = input.date("refunded_on"),
        .method = input.text("method", Need::required, 100),
        .reference = input.text("reference"),
        .money_account_id = input.typed_id<MoneyAccountId>("money_account_id"),
    };
}

template <class Command>
Command read_refund_reversal(Input& input, Asked& asked) {
    return Command{
        .id = {asked.id},
        .refund_id = required_id<RefundId>(input, "refund_id"),
        .on = input.date("on"),
        .cause = required_cause(input),
        .reason = asked.read_reason(input),
    };
}

Schema allocate_schema();
Schema unallocate_schema();
Schema refund_schema();
Schema reverse_refund_schema();

// status, client_id, number, issued_on.
std::vector<Parameter> document_filters(std::string_view statuses);

} // namespace daybook::api
