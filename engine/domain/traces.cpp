#include "engine/domain/traces.h"

namespace daybook::domain {
namespace {

std::vector<EntityRef> invoices_of(const std::vector<Allocation>& allocations) {
    std::vector<EntityRef> refs;
    for (const Allocation& allocation : allocations)
        refs.push_back({EntityKind::invoice, allocation.invoice_id.value});
    return refs;
}

// Ended ones too: what was ever named is touched.
std::vector<EntityRef> invoices_of(const std::vector<AllocationEntry>& entries) {
    std::vector<Allocation> allocations;
    for (const AllocationEntry& entry : entries)
        allocations.push_back(entry.allocation);
    return invoices_of(allocations);
}

} // namespace

std::vector<EntityRef> touched_by(const Event& event) {
    if (const auto* recorded = std::get_if<PaymentRecorded>(&event))
        return invoices_of(recorded->receipt.allocations);
    if (const auto* imported = std::get_if<PaymentImported>(&event))
        return invoices_of(imported->receipt.allocations);
    if (const auto* allocated = std::get_if<PaymentAllocated>(&event))
        return invoices_of({allocated->allocation});
    if (const auto* allocated = std::get_if<CreditAllocated>(&event))
        return invoices_of({allocated->allocation});
    if (const auto* opened = std::get_if<PaymentOpened>(&event))
        return invoices_of(opened->allocations);
    const auto* credits = [&]() -> const std::vector<CreditedInvoice>* {
        if (const auto* issued = std::get_if<CreditNoteIssued>(&event))
            return &issued->credits;
        if (const auto* imported = std::get_if<CreditNoteImported>(&event))
            return &imported->credits;
        if (const auto* opened = std::get_if<CreditNoteOpened>(&event))
            return &opened->credits;
        return nullptr;
    }();
    std::vector<EntityRef> refs;
    if (const auto* opened = std::get_if<CreditNoteOpened>(&event))
        refs = invoices_of(opened->allocations);
    if (credits)
        for (const CreditedInvoice& credited : *credits)
            if (credited.invoice_id)
                refs.push_back({EntityKind::invoice, credited.invoice_id->value});
    return refs;
}

std::vector<SeriesFloor> stated_floors(EntityRef thing, const Event& event) {
    const auto floors = [&]<class E>(const E& stated) -> std::vector<SeriesFloor> {
        if constexpr (std::is_same_v<E, SeriesAdvanced>)
            return {{SeriesId{thing.id}, stated.period, stated.to}};
        else if constexpr (requires { stated.fork; })
            return stated.fork.series_floors;
        else if constexpr (requires { stated.last_numbers; })
            return stated.last_numbers;
        else
            return {};
    };
    std::vector<SeriesFloor> stated = std::visit(floors, event);
    if (const auto* left_out = std::get_if<HistoryLeftOut>(&event))
        for (const SeriesCounter& counter : left_out->counters)
            stated.push_back({counter.series_id, counter.period, counter.last});
    return stated;
}

std::vector<SeriesAdvance> series_advances(EntityRef thing, const Event& event) {
    std::vector<SeriesAdvance> advances;
    if (const auto* left_out = std::get_if<HistoryLeftOut>(&event)) {
        for (const SeriesCounter& counter : left_out->counters)
            advances.push_back(
                {counter.series_id, counter.period, {counter.last, counter.last_issued_on}});
        return advances;
    }
    for (SeriesFloor& floor : stated_floors(thing, event))
        advances.push_back({floor.series_id, std::move(floor.period), {floor.last, std::nullopt}});
    const Frozen* frozen = nullptr;
    if (const auto* issued = std::get_if<InvoiceIssued>(&event))
        frozen = &issued->frozen;
    if (const auto* issued = std::get_if<CreditNoteIssued>(&event))
        frozen = &issued->frozen;
    if (frozen && frozen->series_id)
        advances.push_back({*frozen->series_id,
                            frozen->series_period,
                            {frozen->sequence, frozen->document.issued_on}});
    return advances;
}

} // namespace daybook::domain
