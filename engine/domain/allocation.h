// Setting money against invoices: the same rules whether it comes from a payment or from a credit
// note. The invoice is issued, of the same client and currency, and no allocation is larger than
// what is due there or than what is left here.
#pragma once

#include "engine/domain/outcome.h"
#include "engine/domain/settled.h"

#include <map>

namespace daybook::domain {

// Where the money comes from.
struct Funds {
    std::optional<ClientId> client_id;
    bool third_party = false; // May settle another client's invoice.
    Currency currency;
    Amount available;
    Code exceeded = Code::amount_exceeds_unallocated; // What to say above `available`.
};

// The allocations of one command, taken one after another: each sees those before it, so two to one
// invoice count together.
class Allocator {
  public:
    Allocator(const Books& books, Funds funds) : books_(books), funds_(std::move(funds)) {}

    // Refuses with one fault below `pointer`: invoice_id, or amount.
    std::expected<Allocation, Refusal> take(const AllocationInput& wish, Date on,
                                            const std::string& pointer);

  private:
    Allowed may_settle(const InvoiceState& invoice, const std::string& pointer) const;
    Allowed take_from(Amount& left, Amount amount, Code exceeded, const char* name,
                      const std::string& pointer) const;

    const Books& books_;
    Funds funds_;
    std::map<InvoiceId, Amount> due_; // As this command leaves it.
};

// The allocation of that id that still counts, else nullptr.
const AllocationEntry* live_allocation(const std::vector<AllocationEntry>& entries,
                                       AllocationId id);

} // namespace daybook::domain
