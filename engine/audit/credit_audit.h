// What goes back of each invoice, added up a second time. Crediting in parts rounds in parts: the
// tax of a credit note alone says nothing, the tax of all of them does.
//
//   - a credit note's tax rows are the sums of what its lines say
//   - per tax row of an invoice: all that was credited is no more than was invoiced
//   - and its tax is the rounded tax on all that was credited, where we issued the invoice, at one
//     rounding a rate and prices without tax
//
// Credit notes that we issued are for ever, so they only add up; imported ones state facts.
#pragma once

#include "engine/audit/document_audit.h"
#include "engine/audit/report.h"
#include "events/trade_events.h"

#include <map>
#include <set>

namespace daybook::audit {

class CreditAudit {
  public:
    void see_invoice(const Uuid& id, const Frozen& frozen, bool imported);
    void see_credit(const std::string& where, const Frozen& frozen,
                    const std::vector<CreditedInvoice>& credits, Report& report);
    // Of the invoices credited since the last call: at the end of a commit.
    void check(const std::string& where, Report& report);

  private:
    struct Sum {
        std::int64_t base = 0;
        std::int64_t tax = 0;

        bool operator==(const Sum&) const = default;
    };
    using Sums = std::map<TaxKind, Sum>;
    struct Invoice {
        std::string number;
        Sums rows;
        bool is_rounded_by_rate = false;
    };
    static void add(Sums& sums, const std::vector<TaxRow>& rows);
    static void check(const std::string& where, const Invoice& invoice, const Sums& credited,
                      Report& report);

    std::map<Uuid, Invoice> invoices_;
    std::map<Uuid, Sums> credited_; // Of invoices.
    std::set<Uuid> moved_;
};

} // namespace daybook::audit
