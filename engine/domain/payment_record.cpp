// How a payment begins: everything that is wrong with it is said at once, allocation by allocation.
#include "engine/domain/allocation.h"
#include "engine/domain/amounts.h"
#include "engine/domain/payment.h"
#include "engine/domain/period.h"
#include "engine/domain/refund.h"
#include "events/base/check.h"

namespace daybook::domain {
namespace {

Currency currency_of(const Books& books, const RecordPayment& command, const Currency& base) {
    if (!command.currency.code.empty())
        return command.currency;
    const InvoiceState* invoice =
        command.allocations.empty() ? nullptr : books.invoice(command.allocations[0].invoice_id);
    if (invoice)
        return invoice->content.document.currency;
    const ClientState* client = command.client_id ? books.client(*command.client_id) : nullptr;
    if (client && !client->profile.currency.code.empty())
        return client->profile.currency;
    return base;
}

Allowed currency_allowed(const Currency& currency, const Currency& base) {
    if (!currency.digits())
        return refuse_for({{"/currency", Code::unknown_currency, currency.code}});
    if (currency != base)
        return refuse_for({{"/currency", Code::not_supported_yet,
                            "the books are kept in " + base.code + ", not " + currency.code}});
    return {};
}

Allowed payer_exists(const Books& books, std::optional<ClientId> client) {
    if (client && !books.client(*client))
        return refuse_for({{"/client_id", Code::not_found, to_text(*client)}});
    return {};
}

std::vector<Allocation> take_all(const Books& books, const RecordPayment& command, Funds funds,
                                 Date on, std::vector<Refusal>& refusals) {
    Allocator allocator(books, std::move(funds));
    std::vector<Allocation> taken;
    for (std::size_t i = 0; i < command.allocations.size(); ++i) {
        auto allocation =
            allocator.take(command.allocations[i], on, "/allocations/" + std::to_string(i));
        note(refusals, allocation);
        if (allocation)
            taken.push_back(*std::move(allocation));
    }
    return taken;
}

} // namespace

Decision decide(const Books& books, const RecordPayment& command,
                const Circumstances& circumstances) {
    CHECK(!books.find(ref(command.id)), "the id of a new payment is new");
    const Currency& base = company_of(books, circumstances).profile.base_currency;
    const Currency currency = currency_of(books, command, base);
    TRY(currency_allowed(currency, base)); // Amounts mean nothing before that.
    const Date on = command.received_on.value_or(circumstances.today);
    const auto amount = positive_amount(command.amount, currency, "/amount");

    std::vector<Refusal> refusals;
    note(refusals, amount);
    note(refusals, payer_exists(books, command.client_id));
    note(refusals, date_is_open(books, on, circumstances, "/received_on"));
    note(refusals, account_takes(books, command.money_account_id, currency));
    // Without a sound amount, allocations are still held to what is due.
    Funds funds{.client_id = command.client_id,
                .third_party = command.third_party,
                .currency = currency,
                .available = amount.value_or(Amount{kAmountMax}),
                .exceeded = Code::amount_exceeds_unallocated};
    std::vector<Allocation> taken = take_all(books, command, std::move(funds), on, refusals);
    TRY(together(std::move(refusals)));

    Receipt receipt{.client_id = command.client_id,
                    .payer = command.payer,
                    .currency = currency,
                    .amount = *amount,
                    .received_on = on,
                    .method = command.method,
                    .money_account_id = command.money_account_id,
                    .reference = command.reference,
                    .allocations = std::move(taken)};
    return happens(ref(command.id), PaymentRecorded{std::move(receipt)}, on);
}

} // namespace daybook::domain
