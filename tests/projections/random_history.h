// Histories that no decider would allow and every projection must survive: any event that fits its
// thing, in any order, several to a commit, with things returned to any of their versions.
#pragma once

#include "tests/projections/ledger.h"

#include <algorithm>
#include <functional>

namespace daybook::tests {

// A number from 0 to below the bound; from RapidCheck in properties, so that failures shrink.
using Dice = std::function<std::uint32_t(std::uint32_t bound)>;

class RandomHistory {
  public:
    RandomHistory(Ledger& ledger, Dice dice) : ledger_(ledger), dice_(std::move(dice)) {
        for (const SeriesId series : {kInvoiceSeries, kCreditNoteSeries})
            add(EntityKind::series, series.value, SeriesDefined{{.pattern = "FA-{n:4}"}});
        add(EntityKind::company, kCompany.value, CompanyCreated{french_company()});
    }

    // The events of one more commit.
    std::vector<Happened> next_commit() {
        for (std::uint32_t events = 1 + dice_(4); pending_.size() < events;)
            add_one();
        return std::exchange(pending_, {});
    }

  private:
    void add(EntityKind kind, Uuid id, Event event) {
        pending_.push_back({{kind, id}, std::move(event)});
    }
    bool is_pending(EntityRef thing) const {
        return std::ranges::any_of(pending_, [&](const Happened& e) { return e.thing == thing; });
    }
    Uuid id_of(EntityKind kind) {
        return uuid(1'000'000 * static_cast<std::uint32_t>(kind) + dice_(6));
    }
    std::string name() {
        static constexpr const char* kNames[] = {"Élan", "elan vital", "Œuvre",
                                                 "Zoë",  "Martin",     ""};
        return kNames[dice_(6)];
    }
    Amount money() { return {100 * static_cast<std::int64_t>(dice_(9))}; }
    Date day() { return add_days(date("2026-01-20"), static_cast<int>(dice_(80))); }
    ClientId client() { return ClientId{id_of(EntityKind::client)}; }
    Currency currency() { return {dice_(4) == 0 ? "JPY" : "EUR"}; }
    InvoiceId invoice() { return InvoiceId{id_of(EntityKind::invoice)}; }

    Document document(DocumentKind kind) {
        Document made = document_of({line("1", "10"), line("2", "3.50")});
        made.kind = kind;
        made.client_id = dice_(5) == 0 ? std::nullopt : std::optional(client());
        made.currency = currency();
        made.buyer_reference = name();
        if (dice_(2) == 0)
            made.issued_on = day();
        if (dice_(3) != 0)
            made.due_on = day();
        return made;
    }
    Frozen frozen(DocumentKind kind, SeriesId series) {
        Frozen made{.document = document(kind),
                    .series_id = series,
                    .series_period = dice_(2) == 0 ? "2025" : "2026",
                    .sequence = 1 + dice_(30)};
        made.document.issued_on = day();
        made.number = "FA-" + made.series_period + "-" + std::to_string(made.sequence);
        made.totals.payable = made.totals.total = money();
        made.totals.net = {made.totals.total.minor - 20};
        made.totals.tax = {20};
        return made;
    }
    Imported imported(DocumentKind kind) {
        Imported made{.frozen = frozen(kind, kInvoiceSeries)};
        made.frozen.series_id.reset();
        if (dice_(3) == 0)
            made.frozen.number.clear();
        if (dice_(3) == 0)
            made.frozen.document.issued_on.reset();
        return made;
    }
    Allocation allocation() {
        const Amount amount = money();
        return {.id = id<AllocationId>(dice_(4)),
                .invoice_id = invoice(),
                .amount = amount,
                .paid_amount = amount,
                .on = day()};
    }
    Receipt receipt() {
        Receipt made{.number = dice_(2) == 0 ? "P-" + std::to_string(dice_(9)) : "",
                     .payer = name(),
                     .currency = currency(),
                     .amount = money(),
                     .received_on = day()};
        if (dice_(4) != 0)
            made.client_id = client();
        for (std::uint32_t i = dice_(3); i > 0; --i)
            made.allocations.push_back(allocation());
        return made;
    }
    std::vector<CreditedInvoice> credits() {
        CreditedInvoice credited;
        if (dice_(3) != 0)
            credited.invoice_id = invoice();
        return {credited};
    }

    void add_one() {
        static constexpr EntityKind kKinds[] = {EntityKind::client,  EntityKind::product,
                                                EntityKind::invoice, EntityKind::credit_note,
                                                EntityKind::payment, EntityKind::series};
        const EntityKind kind = kKinds[dice_(6)];
        const Uuid id = kind == EntityKind::series ? kInvoiceSeries.value : id_of(kind);
        if (is_pending({kind, id})) // What it is then is not known here; a return fits anything.
            return add(kind, id, Returned{dice_(ledger_.version({kind, id}) + 1)});
        if (ledger_.version({kind, id}) > 0 && dice_(6) == 0)
            return add(kind, id, Returned{dice_(ledger_.version({kind, id}))});
        const auto found = ledger_.now().things.find({kind, id});
        if (found == ledger_.now().things.end() || !domain::exists(found->second.state))
            add(kind, id, beginning(kind));
        else
            add(kind, id, change(kind));
    }

    Event beginning(EntityKind kind) {
        switch (kind) {
        case EntityKind::client:
            return ClientCreated{client_profile()};
        case EntityKind::product:
            return ProductCreated{product_profile()};
        case EntityKind::invoice:
            if (dice_(3) == 0)
                return InvoiceImported{imported(DocumentKind::invoice)};
            return InvoiceDrafted{.document = document(DocumentKind::invoice)};
        case EntityKind::credit_note:
            if (dice_(3) == 0)
                return CreditNoteImported{imported(DocumentKind::credit_note), credits()};
            return CreditNoteIssued{frozen(DocumentKind::credit_note, kCreditNoteSeries),
                                    credits()};
        case EntityKind::payment:
            if (dice_(3) == 0)
                return PaymentImported{receipt()};
            return PaymentRecorded{receipt()};
        default:
            return SeriesDefined{{.pattern = "FA-{n:4}"}};
        }
    }
    Event change(EntityKind kind) {
        switch (kind) {
        case EntityKind::client:
            return pick({ClientChanged{client_profile()}, ClientArchived{}, ClientUnarchived{}});
        case EntityKind::product:
            return pick({ProductChanged{product_profile()}, ProductArchived{}});
        case EntityKind::invoice:
            return pick({InvoiceChanged{.document = document(DocumentKind::invoice)},
                         InvoiceIssued{frozen(DocumentKind::invoice, kInvoiceSeries)},
                         InvoiceIssued{frozen(DocumentKind::invoice, kInvoiceSeries)},
                         InvoiceVoided{}, InvoiceAnnotated{.tags = {name()}},
                         InvoiceWrittenOff{{.id = id<WriteOffId>(dice_(3)), .amount = money()}},
                         WriteOffReversed{id<WriteOffId>(dice_(3)), day()}});
        case EntityKind::credit_note:
            return pick({CreditAllocated{allocation()},
                         CreditUnallocated{id<AllocationId>(dice_(4)), day()},
                         CreditRefunded{{.id = id<RefundId>(dice_(3)), .amount = money()}},
                         CreditRefundReversed{id<RefundId>(dice_(3)), day()}});
        case EntityKind::payment:
            return pick({PaymentAllocated{allocation()},
                         PaymentUnallocated{id<AllocationId>(dice_(4)), day()},
                         PaymentRefunded{{.id = id<RefundId>(dice_(3)), .amount = money()}},
                         RefundReversed{id<RefundId>(dice_(3)), day()},
                         PaymentReversed{.reversed_on = day()}});
        default:
            return SeriesAdvanced{.period = "2026", .to = 1 + dice_(40)};
        }
    }
    Event pick(std::vector<Event> events) {
        return events[dice_(static_cast<std::uint32_t>(events.size()))];
    }
    ClientProfile client_profile() {
        ClientProfile profile = business(name());
        profile.party.code = dice_(2) == 0 ? "C" + std::to_string(dice_(9)) : "";
        return profile;
    }
    ProductProfile product_profile() {
        return {.code = "P" + std::to_string(dice_(9)), .names = {{"fr", name()}}};
    }

    Ledger& ledger_;
    Dice dice_;
    std::vector<Happened> pending_;
};

} // namespace daybook::tests
