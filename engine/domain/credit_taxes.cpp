// Running sums: each line moves the sum of all that was ever credited on, and its own tax is the
// difference of the rounded tax after and before it. So the parts of a credit note, and the credit
// notes of an invoice, add up exactly, in any order.
#include "engine/domain/credit_taxes.h"

#include "engine/domain/tax_groups.h"
#include "events/base/planted.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace daybook::domain {
namespace {

// Lines that are taxed together: a tax group where prices are without tax, a bucket where they
// include it.
struct Pool {
    std::vector<TaxKey> keys;
    std::vector<const Line*> lines; // Of the invoice.
    std::vector<std::size_t> taken; // Of those, what is credited now.
};

// What was credited of a pool, or invoiced in it. Taxes in the order of its keys.
struct Sums {
    Amount gross; // Net − share of the lines: with tax where prices include it.
    Amount base;
    std::vector<Amount> taxes;
};

Amount after_discount(const TakenLine& taken) { return taken.net - taken.share; }

const Tax& tax_of(const Line& line, const TaxKey& key) {
    return *std::ranges::find(line.taxes, key, key_of);
}

Amount not_beyond(Amount tax, Amount row) {
    if (planted("credited tax may exceed its row"))
        return tax;
    return row >= Amount{} ? std::min(tax, row) : std::max(tax, row);
}

class Taxation {
  public:
    Taxation(const Frozen& invoice, const CreditedSoFar& before,
             const std::vector<TakenLine>& taken)
        : invoice_(invoice), before_(before), taken_(taken), result_(taken.size()) {
        for (std::size_t i = 0; i < taken.size(); ++i)
            taken_at_[taken[i].line] = i;
        for (const TaxRow& row : invoice.taxes)
            rows_[key_of(row.tax)] = &row;
    }

    std::vector<TaxedLine> run() {
        for (std::size_t i = 0; i < taken_.size(); ++i)
            result_[i].taxable = after_discount(taken_[i]); // What bears no tax is all base.
        for (const Pool& pool : pools()) {
            if (pool.taken.empty() || pool.keys.empty())
                continue;
            invoice_.document.prices_include_tax ? tax_within_prices(pool) : tax_on_top(pool);
        }
        return std::move(result_);
    }

  private:
    std::vector<Pool> pools() const {
        std::map<std::vector<TaxKey>, Pool> pools;
        const auto join = [&](const std::vector<TaxKey>& keys, const Line& line) {
            Pool& pool = pools[keys];
            pool.keys = keys;
            pool.lines.push_back(&line);
            if (const auto found = taken_at_.find(&line); found != taken_at_.end())
                pool.taken.push_back(found->second);
        };
        for (const Line& line : invoice_.document.lines) {
            if (line.kind != LineKind::item)
                continue;
            const std::vector<TaxKey> keys = keys_of(line.taxes);
            if (invoice_.document.prices_include_tax)
                join(keys, line);
            else
                for (const TaxKey& key : keys)
                    join({key}, line);
        }
        std::vector<Pool> list;
        for (auto& [keys, pool] : pools)
            list.push_back(std::move(pool));
        return list;
    }

    Sums credited_before(const Pool& pool) const {
        Sums sums{{}, {}, std::vector<Amount>(pool.keys.size())};
        for (const Line* line : pool.lines) {
            const auto found = before_.lines.find(line->id);
            if (found == before_.lines.end())
                continue;
            sums.gross += found->second.net - found->second.share;
            for (const TaxRow& row : found->second.taxes)
                for (std::size_t k = 0; k < pool.keys.size(); ++k)
                    if (key_of(row.tax) == pool.keys[k]) {
                        sums.taxes[k] += row.amount;
                        sums.base += k == 0 ? row.base : Amount{}; // All have the same base.
                    }
        }
        return sums;
    }

    // ---- prices without tax: the pool is one group, and a row of the invoice --------------------
    void tax_on_top(const Pool& pool) {
        const TaxKey& key = pool.keys.front();
        const auto row = rows_.find(key);
        Sums sums = credited_before(pool);
        for (const std::size_t i : pool.taken) {
            const bool last = i == pool.taken.back();
            const Amount base_before = sums.base;
            sums.base += after_discount(taken_[i]);
            Amount tax{static_cast<std::int64_t>(tax_on(sums.base, key.rate))};
            // An imported row need not be the rounded one: then the last credit finds the rest.
            if (last && row != rows_.end()) {
                const bool emptied = is_emptied(pool);
                tax = emptied ? row->second->amount : not_beyond(tax, row->second->amount);
                sums.base = emptied ? row->second->base : sums.base;
            }
            result_[i].taxes.push_back(
                {tax_of(*taken_[i].line, key), sums.base - base_before, tax - sums.taxes.front()});
            sums.taxes.front() = tax;
        }
    }

    // ---- prices with tax: the pool is a bucket
    // ---------------------------------------------------
    void tax_within_prices(const Pool& pool) {
        Sums sums = credited_before(pool);
        const bool emptied = is_emptied(pool);
        for (const std::size_t i : pool.taken) {
            sums.gross += after_discount(taken_[i]);
            const bool takes_rest = emptied && i == pool.taken.back();
            const Amount base =
                takes_rest ? invoiced_base(pool) : base_within(sums.gross, rate_sum(pool.keys));
            const std::vector<Amount> taxes = split_tax(sums.gross - base, pool.keys);
            result_[i].taxable = base - sums.base;
            for (std::size_t k = 0; k < pool.keys.size(); ++k)
                result_[i].taxes.push_back({tax_of(*taken_[i].line, pool.keys[k]), base - sums.base,
                                            taxes[k] - sums.taxes[k]});
            sums.base = base;
            sums.taxes = taxes;
        }
    }
    static Amount invoiced_base(const Pool& pool) {
        return std::accumulate(pool.lines.begin(), pool.lines.end(), Amount{},
                               [](Amount sum, const Line* line) { return sum + line->taxable; });
    }

    // Nothing is left of any line of the pool.
    bool is_emptied(const Pool& pool) const {
        return std::ranges::all_of(pool.lines, [&](const Line* line) {
            if (const auto now = taken_at_.find(line); now != taken_at_.end())
                return taken_[now->second].empties;
            const auto earlier = before_.lines.find(line->id);
            return line->net == (earlier == before_.lines.end() ? Amount{} : earlier->second.net);
        });
    }

    const Frozen& invoice_;
    const CreditedSoFar& before_;
    const std::vector<TakenLine>& taken_;
    std::map<const Line*, std::size_t> taken_at_;
    std::map<TaxKey, const TaxRow*> rows_;
    std::vector<TaxedLine> result_;
};

} // namespace

std::vector<TaxedLine> tax_lines(const Frozen& invoice, const CreditedSoFar& before,
                                 const std::vector<TakenLine>& taken) {
    return Taxation(invoice, before, taken).run();
}

} // namespace daybook::domain
