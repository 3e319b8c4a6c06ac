#include "engine/audit/ledger_audit.h"

#include "engine/audit/document_audit.h"
#include "events/base/planted.h"
#include "events/base/reflect.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::audit {
namespace {

template <class... Cases>
struct Match : Cases... {
    using Cases::operator()...;
};

std::string describe(EntityRef thing) {
    return fmt::format("{} {}", enum_name(thing.kind), to_text(thing.id));
}

std::int64_t sum_of(const auto& entries) {
    std::int64_t sum = 0;
    for (const auto& [id, amount] : entries)
        sum += amount;
    return sum;
}

// Numbers that are gone although nothing here was issued under them: a fork says so of the book
// that it was made of, people do at an activation.
std::vector<SeriesFloor> floors_in(const Event& event) {
    return std::visit(
        [](const auto& each) -> std::vector<SeriesFloor> {
            if constexpr (requires { each.fork.series_floors; })
                return each.fork.series_floors;
            else if constexpr (requires { each.last_numbers; })
                return each.last_numbers;
            else
                return {};
        },
        static_cast<const AnyEvent&>(event));
}

} // namespace

void LedgerAudit::see(const std::string& where, const RecordedEvent& recorded) {
    const EntityRef thing = recorded.envelope.entity;
    locks_.see(where, recorded, report_);
    if (const auto* defined = std::get_if<SeriesDefined>(&recorded.event))
        terms_[SeriesId{thing.id}] = defined->series;
    if (const auto* changed = std::get_if<SeriesChanged>(&recorded.event))
        terms_[SeriesId{thing.id}] = changed->series;
    if (const auto* advanced = std::get_if<SeriesAdvanced>(&recorded.event)) {
        Numbers& numbers = numbers_[{SeriesId{thing.id}, advanced->period}];
        numbers.last = std::max(numbers.last, advanced->to);
    }
    if (const auto* opened = std::get_if<SeriesOpened>(&recorded.event))
        terms_[SeriesId{thing.id}] = opened->series;
    if (const auto* left_out = std::get_if<HistoryLeftOut>(&recorded.event))
        open(*left_out);
    for (const SeriesFloor& floor : floors_in(recorded.event)) {
        Numbers& numbers = numbers_[{floor.series_id, floor.period}];
        numbers.last = std::max(numbers.last, floor.last);
    }
    if (thing.kind == EntityKind::invoice || thing.kind == EntityKind::credit_note
        || thing.kind == EntityKind::payment) {
        auto& versions = versions_[thing];
        Account account = versions.empty() ? Account{.kind = thing.kind} : versions.back();
        if (const auto* returned = std::get_if<Returned>(&recorded.event)) {
            if (returned->to_version > versions.size())
                return report_.find(where, "it returns to a version that never was");
            const Account before = std::exchange(account, returned->to_version == 0
                                                              ? Account{.kind = thing.kind}
                                                              : versions[returned->to_version - 1]);
            if (before.issued && !before.imported && !account.is_as(before))
                report_.find(where, "what was issued or paid was taken back by a rollback");
        } else {
            follow(where, thing, recorded.event, account);
        }
        become(thing, std::move(account));
    }
    if (recorded.envelope.revision != recorded.envelope.commit_last
        || recorded.envelope.revision < opening_)
        return;
    credits_.check(where, report_);
    for (const EntityRef& moved : moved_)
        check(where, moved);
    moved_.clear();
}

void LedgerAudit::open(const HistoryLeftOut& left_out) {
    opening_ = left_out.through;
    for (const SeriesCounter& counter : left_out.counters) {
        numbers_[{counter.series_id, counter.period}] = {counter.last, counter.last_issued_on};
        issuing_.insert(counter.series_id);
    }
}

void LedgerAudit::follow(const std::string& where, EntityRef thing, const Event& event,
                         Account& account) {
    follow_document(where, thing, event, account);
    follow_money(event, account);
}

// ---- documents -------------------------------------------------------------------------------

void LedgerAudit::follow_document(const std::string& where, EntityRef thing, const Event& event,
                                  Account& account) {
    const auto refuse_if_issued = [&](const char* what) {
        if (account.issued)
            report_.find(where, what);
    };
    std::visit(
        Match{
            [&](const InvoiceOpened& opened) {
                account.exists = true;
                account.imported = opened.imported;
                if (opened.stage != InvoiceStage::issued)
                    return;
                open_document(where, opened.content, account, opened.content.totals.payable);
                invoiced(where, thing, opened.content, opened.imported);
            },
            [&](const CreditNoteOpened& opened) {
                open_document(where, opened.content, account, opened.content.totals.total);
                if (!opened.imported)
                    credited(where, opened.content, opened.credits);
            },
            [&](const InvoiceDrafted&) { account.exists = true; },
            [&](const InvoiceChanged&) { refuse_if_issued("an issued invoice was changed"); },
            [&](const InvoiceVoided&) { refuse_if_issued("an issued invoice was voided"); },
            [&](const InvoiceIssued& issued) {
                issue(where, issued.frozen, account, issued.frozen.totals.payable);
                invoiced(where, thing, issued.frozen, false);
            },
            [&](const CreditNoteIssued& issued) {
                issue(where, issued.frozen, account, issued.frozen.totals.total);
                credited(where, issued.frozen, issued.credits);
            },
            [&](const InvoiceImported& came) {
                account.imported = true;
                issue(where, came.imported.frozen, account, came.imported.frozen.totals.payable);
                invoiced(where, thing, came.imported.frozen, true);
            },
            [&](const CreditNoteImported& came) {
                issue(where, came.imported.frozen, account, came.imported.frozen.totals.total);
            },
            [](const auto&) {},
        },
        static_cast<const AnyEvent&>(event));
}

// What an opening tells of a document as it is, all at once.
void LedgerAudit::open_document(const std::string& where, const Frozen& frozen, Account& account,
                                Amount worth) {
    account.exists = account.issued = true;
    account.worth = worth.minor;
    if (frozen.series_id && !given_.insert({*frozen.series_id, frozen.number}).second)
        report_.find(where, "the number " + frozen.number + " was given before");
}

// Stated amounts of an import are facts and need not add up; what we issued must.
void LedgerAudit::invoiced(const std::string& where, EntityRef thing, const Frozen& frozen,
                           bool imported) {
    credits_.see_invoice(thing.id, frozen, imported);
    if (imported)
        return;
    add_up(where, frozen, report_);
    add_up_taxes(where, frozen, report_);
}

void LedgerAudit::credited(const std::string& where, const Frozen& frozen,
                           const std::vector<CreditedInvoice>& credits) {
    credits_.see_credit(where, frozen, credits, report_);
    if (!credits_an_import(credits)) // Whose stated lines need not add up.
        add_up(where, frozen, report_);
}

bool LedgerAudit::credits_an_import(const std::vector<CreditedInvoice>& credits) const {
    return std::ranges::any_of(credits, [this](const CreditedInvoice& credited) {
        if (!credited.invoice_id)
            return false;
        const auto found = versions_.find({EntityKind::invoice, credited.invoice_id->value});
        return found != versions_.end() && found->second.back().imported;
    });
}

void LedgerAudit::issue(const std::string& where, const Frozen& frozen, Account& account,
                        Amount worth) {
    if (account.issued)
        report_.find(where, "a document was issued twice");
    account.exists = account.issued = true;
    account.worth = worth.minor;
    if (frozen.series_id)
        number(where, frozen);
}

void LedgerAudit::number(const std::string& where, const Frozen& frozen) {
    Numbers& numbers = numbers_[{*frozen.series_id, frozen.series_period}];
    const SeriesTerms& terms = terms_[*frozen.series_id];
    std::uint64_t wanted = numbers.last + 1;
    // Where a series begins; each later period of a series that starts again begins at 1.
    if (terms.reset == SeriesReset::never || issuing_.insert(*frozen.series_id).second)
        wanted = std::max(wanted, terms.next);
    if (frozen.sequence != wanted)
        report_.find(where, fmt::format("{} is number {} of its series, {} was next", frozen.number,
                                        frozen.sequence, wanted));
    numbers.last = std::max(numbers.last, frozen.sequence);
    if (!given_.insert({*frozen.series_id, frozen.number}).second)
        report_.find(where, "the number " + frozen.number + " was given before");
    if (const auto issued_on = frozen.document.issued_on) {
        if (numbers.dated && *issued_on < *numbers.dated)
            report_.find(where, frozen.number + " is dated before the number before it");
        numbers.dated = std::max(numbers.dated, issued_on);
    }
}

// ---- money -----------------------------------------------------------------------------------

void LedgerAudit::follow_money(const Event& event, Account& account) {
    const auto settle = [&](const Allocation& allocation) {
        account.settles[allocation.id.value] = {allocation.invoice_id.value,
                                                allocation.amount.minor};
    };
    const auto spend = [&](const auto& what) { account.spent[what.id.value] = what.amount.minor; };
    const auto receive = [&](const Receipt& receipt) {
        account.exists = account.issued = true;
        account.worth = receipt.amount.minor;
        for (const Allocation& allocation : receipt.allocations)
            settle(allocation);
    };
    // Of what an opening tells, what has ended does not count.
    const auto open = [&](const auto& opened) {
        for (const AllocationEntry& entry : opened.allocations)
            if (!entry.ended_on)
                settle(entry.allocation);
        for (const RefundEntry& entry : opened.refunds)
            if (!entry.reversed_on)
                spend(entry.refund);
    };
    std::visit(
        Match{
            [&](const InvoiceOpened& opened) {
                for (const WriteOffEntry& entry : opened.write_offs)
                    if (!entry.reversed_on)
                        spend(entry.write_off);
            },
            [&](const CreditNoteOpened& opened) { open(opened); },
            [&](const PaymentOpened& opened) {
                account.exists = account.issued = true;
                account.worth = opened.receipt.amount.minor;
                account.reversed = opened.reversal.has_value();
                open(opened);
            },
            [&](const InvoiceWrittenOff& off) { spend(off.write_off); },
            [&](const WriteOffReversed& back) { account.spent.erase(back.write_off_id.value); },
            [&](const PaymentRecorded& payment) { receive(payment.receipt); },
            [&](const PaymentImported& payment) {
                account.imported = true;
                receive(payment.receipt);
            },
            [&](const PaymentAllocated& e) { settle(e.allocation); },
            [&](const CreditAllocated& e) { settle(e.allocation); },
            [&](const PaymentUnallocated& e) { account.settles.erase(e.allocation_id.value); },
            [&](const CreditUnallocated& e) { account.settles.erase(e.allocation_id.value); },
            [&](const PaymentRefunded& e) { spend(e.refund); },
            [&](const CreditRefunded& e) { spend(e.refund); },
            [&](const RefundReversed& e) { account.spent.erase(e.refund_id.value); },
            [&](const CreditRefundReversed& e) { account.spent.erase(e.refund_id.value); },
            [&](const PaymentReversed&) {
                account.settles.clear();
                account.reversed = true;
            },
            [](const auto&) {},
        },
        static_cast<const AnyEvent&>(event));
}

void LedgerAudit::become(EntityRef thing, Account account) {
    auto& versions = versions_[thing];
    const auto move = [&](const Account& of, std::int64_t sign) {
        if (of.exists)
            for (const auto& [id, settling] : of.settles) {
                settled_[settling.invoice] += sign * settling.amount;
                moved_.insert({EntityKind::invoice, settling.invoice});
            }
    };
    if (!versions.empty())
        move(versions.back(), -1);
    versions.push_back(std::move(account));
    move(versions.back(), 1);
    moved_.insert(thing);
}

void LedgerAudit::check(const std::string& where, EntityRef thing) {
    if (planted("nobody adds up a second time"))
        return;
    const auto found = versions_.find(thing);
    const bool exists = found != versions_.end() && found->second.back().exists;
    const std::int64_t settled = thing.kind == EntityKind::invoice ? settled_[thing.id] : 0;
    if (!exists) {
        if (settled != 0)
            report_.find(where, describe(thing) + " is settled and is not there");
        return;
    }
    const Account& account = found->second.back();
    if (!account.issued) {
        if (settled != 0)
            report_.find(where, describe(thing) + " is settled and was never issued");
        return;
    }
    std::int64_t used = sum_of(account.spent) + settled;
    for (const auto& [id, settling] : account.settles)
        used += settling.amount;
    if (used < 0 || used > std::max<std::int64_t>(account.worth, 0))
        report_.find(where, fmt::format("{} comes to {}, of which {} is used (in minor units)",
                                        describe(thing), account.worth, used));
}

} // namespace daybook::audit
