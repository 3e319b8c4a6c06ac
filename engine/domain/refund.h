// Giving money back, from a payment's unallocated part or from what remains of a credit note: one
// rule for both.
#pragma once

#include "engine/domain/outcome.h"

namespace daybook::domain {

struct RefundInput {
    RefundId id;
    Decimal amount;
    Date on;
    std::string method;
    std::string reference;
    std::optional<MoneyAccountId> money_account_id;
};

// What can be given back, and what to say when more is asked for.
struct Refundable {
    Currency currency;
    Amount available;
    Code exceeded = Code::amount_exceeds_unallocated;
};

// The refund as it will be recorded: a positive amount within `available`, on a date that is open.
std::expected<Refund, Refusal> refund_of(const Books& books, const RefundInput& input,
                                         const Refundable& refundable,
                                         const Circumstances& circumstances);

// The account is there, in use, and in that currency if it has one. None given is fine.
Allowed account_takes(const Books& books, std::optional<MoneyAccountId> account,
                      const Currency& currency);

// The refund of that id that was not reversed, else nullptr.
const RefundEntry* live_refund(const std::vector<RefundEntry>& entries, RefundId id);
bool has_live_refund(const std::vector<RefundEntry>& entries);

} // namespace daybook::domain
