// Layer 3, the rule: what one thing contributes to every view, as a pure function of its card and
// of what settles it. A commit takes away what the things it changed contributed before and adds
// what they contribute after; views know no event, hence ordinary changes, returns and imports are
// one thing to them (design 2.3). A view added next year adds lines here, and nowhere else.
#pragma once

#include "projections/card.h"
#include "projections/pending_rows.h"
#include "projections/totals.h"

#include <map>
#include <string>
#include <vector>

namespace daybook::projections {

// Invoices, credit notes and payments: what has a date and amounts.
bool is_document(EntityKind kind);

struct Contribution {
    CompanyTotals totals;
    std::map<std::string, Balance> balances;                   // By key of table balance.
    std::map<std::pair<Table, std::string>, std::string> rows; // Of index tables.
};

Contribution contribution(EntityRef thing, const Card& card, const domain::Settled& settled);

// The row of table open: enough to sum what is overdue without its invoice.
struct OpenInvoice {
    std::optional<ClientId> client_id;
    Currency currency;
    Wide due = 0;
};
Result<OpenInvoice> decode_open_invoice(std::string_view row);

// What a thing is ordered by, its place in order of creation aside. Nothing: it is not there.
// A row of table order says that the thing stood there once; whether it still does, its card says.
// So leaving a place costs no key, and readers look at the card in any case.
std::optional<std::string> value_in(Order order, EntityKind kind, const Card& card);

// Gathers what a commit takes away and adds.
class ViewChanges {
  public:
    void subtract(Contribution before);
    void add(Contribution after);
    // Writes each row once, and only those that differ.
    Result<void> write(PendingRows& rows) const;

  private:
    CompanyTotals totals_;
    std::map<std::string, Balance> balances_;
    std::map<std::pair<Table, std::string>, std::string> before_;
    std::map<std::pair<Table, std::string>, std::string> after_;
};

} // namespace daybook::projections
