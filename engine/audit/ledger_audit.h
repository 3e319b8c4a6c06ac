// The books a second time, as simply as can be: what each document and payment comes to, followed
// event by event with none of the deciders' code, and held at each commit end against the
// invariants that no history may break. (I3 to I6 and I12 of the design's list; those of double
// entry join when there are postings.)
//
//   - an issued document adds up (document_audit.h), and so does what is credited of it
//     (credit_audit.h)
//   - of each invoice at all times 0 <= due <= payable; of each payment and credit note what is
//     used is no more than it has
//   - numbers of a series follow one another without gap or double, whatever was rolled back; their
//     dates never go back
//   - nothing changes an issued document, a rollback least; a number once given is given once
//   - nothing is booked on a locked day (lock_audit.h)
#pragma once

#include "engine/audit/credit_audit.h"
#include "engine/audit/lock_audit.h"
#include "engine/audit/report.h"
#include "events/event.h"

#include <map>
#include <memory>
#include <set>

namespace daybook::audit {

class LedgerAudit {
  public:
    explicit LedgerAudit(Report& report) : report_(report) {}

    // In order of revision; `where` names the event in findings.
    void see(const std::string& where, const RecordedEvent& recorded);

  private:
    struct Settling { // Of one invoice, by a payment or a credit note.
        Uuid invoice;
        std::int64_t amount = 0;

        bool operator==(const Settling&) const = default;
    };
    // What one thing comes to, in minor units. A value: versions keep it for `Returned`.
    struct Account {
        EntityKind kind = EntityKind::invoice;
        bool exists = false;
        bool issued = false;
        bool imported = false;
        std::int64_t worth = 0; // Payable of an invoice, total of a credit note, amount received.
        std::map<Uuid, std::int64_t> spent; // Write-offs or refunds, by id.
        std::map<Uuid, Settling> settles;
        bool reversed = false;

        // In everything that no rollback may touch.
        bool is_as(const Account& other) const {
            return issued == other.issued && worth == other.worth && spent == other.spent
                   && settles == other.settles && reversed == other.reversed;
        }
    };
    struct Numbers {
        std::uint64_t last = 0;
        std::optional<Date> dated;
    };

    void follow(const std::string& where, EntityRef thing, const Event& event, Account& account);
    void follow_document(const std::string& where, EntityRef thing, const Event& event,
                         Account& account);
    static void follow_money(const Event& event, Account& account);
    void open_document(const std::string& where, const Frozen& frozen, Account& account,
                       Amount worth);
    void invoiced(const std::string& where, EntityRef thing, const Frozen& frozen, bool imported);
    void credited(const std::string& where, const Frozen& frozen,
                  const std::vector<CreditedInvoice>& credits);
    void open(const HistoryLeftOut& left_out);
    bool credits_an_import(const std::vector<CreditedInvoice>& credits) const;
    void issue(const std::string& where, const Frozen& frozen, Account& account, Amount worth);
    void number(const std::string& where, const Frozen& frozen);
    void become(EntityRef thing, Account account);
    void check(const std::string& where, EntityRef thing);

    Report& report_;
    CreditAudit credits_;
    LockAudit locks_;
    std::map<EntityRef, std::vector<Account>> versions_; // From version 1.
    std::map<Uuid, std::int64_t> settled_;               // Of invoices, by all that settle them.
    std::map<std::pair<SeriesId, std::string>, Numbers> numbers_;
    std::map<SeriesId, SeriesTerms> terms_;
    std::set<SeriesId> issuing_; // Series that have issued something.
    std::set<std::pair<SeriesId, std::string>> given_;
    std::set<EntityRef> moved_; // In the commit under way.
    Revision opening_ = 0;      // Last of an opening, of which no part adds up alone.
};

} // namespace daybook::audit
