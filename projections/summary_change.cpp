#include "projections/summary_change.h"

#include "projections/totals.h"

#include <algorithm>
#include <set>

namespace daybook::projections {
namespace {

CountChange count_change(std::uint64_t before, std::uint64_t after) {
    return {before, after, static_cast<std::int64_t>(after) - static_cast<std::int64_t>(before)};
}

// Minor units of a text that to_text(Wide, Currency) made.
Wide minor_of(std::string_view text) {
    Wide minor = 0;
    for (const char c : text)
        if (c >= '0' && c <= '9')
            minor = 10 * minor + (c - '0');
    return text.starts_with('-') ? -minor : minor;
}

Wide sum_in(const std::vector<Money>& sums, const Currency& currency) {
    const auto found = std::ranges::find(sums, currency, &Money::currency);
    return found == sums.end() ? 0 : minor_of(found->amount);
}

} // namespace

SummaryChange change_between(const Summary& before, const Summary& after) {
    SummaryChange change{.clients = count_change(before.clients, after.clients),
                         .products = count_change(before.products, after.products),
                         .drafts = count_change(before.drafts, after.drafts),
                         .issued = count_change(before.issued, after.issued),
                         .credit_notes = count_change(before.credit_notes, after.credit_notes),
                         .payments = count_change(before.payments, after.payments),
                         .money = {}};
    std::set<std::string> currencies;
    for (const Summary* summary : {&before, &after})
        for (const auto* sums : {&summary->receivable, &summary->overdue, &summary->credit_open,
                                 &summary->unallocated})
            for (const Money& sum : *sums)
                currencies.insert(sum.currency.code);
    for (const std::string& code : currencies) {
        const Currency currency{code};
        const auto sum_change = [&](std::vector<Money> Summary::*sums) {
            const Wide was = sum_in(before.*sums, currency);
            const Wide is = sum_in(after.*sums, currency);
            return SumChange{to_text(was, currency), to_text(is, currency),
                             to_text(is - was, currency)};
        };
        change.money.push_back({currency, sum_change(&Summary::receivable),
                                sum_change(&Summary::overdue), sum_change(&Summary::credit_open),
                                sum_change(&Summary::unallocated)});
    }
    return change;
}

} // namespace daybook::projections
