#include "engine/domain/refund.h"

#include "engine/domain/amounts.h"
#include "engine/domain/period.h"

#include <algorithm>

namespace daybook::domain {

std::expected<Refund, Refusal> refund_of(const Books& books, const RefundInput& input,
                                         const Refundable& refundable,
                                         const Circumstances& circumstances) {
    const Amount amount = TRY(positive_amount(input.amount, refundable.currency, "/amount"));
    TRY(account_takes(books, input.money_account_id, refundable.currency));
    TRY(date_is_open(books, input.on, circumstances, "/refunded_on"));
    if (amount > refundable.available) {
        const std::string left =
            to_text(refundable.available, refundable.currency.digits().value_or(0));
        Refusal refusal{refundable.exceeded, {}, {}, {{"available", left}}};
        refusal.faults = {{"/amount", refundable.exceeded, left + " can be refunded"}};
        return std::unexpected(std::move(refusal));
    }
    return Refund{.id = input.id,
                  .amount = amount,
                  .on = input.on,
                  .method = input.method,
                  .money_account_id = input.money_account_id,
                  .reference = input.reference,
                  .exchange = {}};
}

Allowed account_takes(const Books& books, std::optional<MoneyAccountId> account,
                      const Currency& currency) {
    if (!account)
        return {};
    const auto* known = books.get<MoneyAccountState>(EntityKind::money_account, account->value);
    if (!known || known->retired)
        return refuse_for({{"/money_account_id", Code::not_found,
                            known ? "the account is retired" : to_text(*account)}});
    const Currency& own = known->definition.currency;
    if (!own.code.empty() && own != currency)
        return refuse_for(
            {{"/money_account_id", Code::currency_mismatch, "the account is in " + own.code}});
    return {};
}

const RefundEntry* live_refund(const std::vector<RefundEntry>& entries, RefundId id) {
    const auto found = std::ranges::find_if(entries, [&](const RefundEntry& entry) {
        return entry.refund.id == id && !entry.reversed_on;
    });
    return found == entries.end() ? nullptr : &*found;
}

bool has_live_refund(const std::vector<RefundEntry>& entries) {
    return std::ranges::any_of(entries, [](const auto& entry) { return !entry.reversed_on; });
}

} // namespace daybook::domain
