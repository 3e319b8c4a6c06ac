// What became of a company's figures between two moments: counts and sums, before, after, and by
// how much. The two may come from different books; a currency that one does not have counts as 0.
#pragma once

#include "projections/snapshot.h"

namespace daybook::projections {

struct CountChange {
    std::uint64_t before = 0;
    std::uint64_t after = 0;
    std::int64_t difference = 0;

    bool operator==(const CountChange&) const = default;
};
BOOST_DESCRIBE_STRUCT(CountChange, (), (before, after, difference))

struct SumChange {
    std::string before; // Exact decimal texts.
    std::string after;
    std::string difference;

    bool operator==(const SumChange&) const = default;
};
BOOST_DESCRIBE_STRUCT(SumChange, (), (before, after, difference))

struct MoneyChange {
    Currency currency;
    SumChange receivable;
    SumChange overdue;
    SumChange credit_open;
    SumChange unallocated;
};

struct SummaryChange {
    CountChange clients, products, drafts, issued, credit_notes, payments;
    std::vector<MoneyChange> money; // By currency code; those in which either has anything.
};

SummaryChange change_between(const Summary& before, const Summary& after);

} // namespace daybook::projections
