#include "engine/audit/lock_audit.h"

#include <algorithm>

namespace daybook::audit {
namespace {

// The day on which something that moves money or tax is booked.
std::optional<Date> booked_on(const Event& event) {
    return std::visit(
        [](const auto& each) -> std::optional<Date> {
            if constexpr (requires { each.frozen.document.issued_on; })
                return each.frozen.document.issued_on;
            else if constexpr (requires { each.imported.frozen.document.issued_on; })
                return each.imported.frozen.document.issued_on;
            else if constexpr (requires {
                                   each.receipt.received_on;
                                   each.receipt.allocations;
                               })
                return each.receipt.received_on;
            else if constexpr (requires { each.allocation.on; })
                return each.allocation.on;
            else if constexpr (requires { each.refund.on; })
                return each.refund.on;
            else if constexpr (requires { each.write_off.on; })
                return each.write_off.on;
            else if constexpr (requires { each.reversed_on; })
                return each.reversed_on;
            else if constexpr (requires { each.on; })
                return each.on;
            else
                return std::nullopt;
        },
        static_cast<const AnyEvent&>(event));
}

bool tells_of_an_opening(const Event& event) {
    return std::holds_alternative<InvoiceOpened>(event)
           || std::holds_alternative<CreditNoteOpened>(event)
           || std::holds_alternative<PaymentOpened>(event);
}

} // namespace

std::optional<Date> LockAudit::locked_through() const {
    std::optional<Date> latest;
    for (const auto& [id, versions] : locks_)
        latest = std::max(latest, versions.back());
    return latest;
}

void LockAudit::see(const std::string& where, const RecordedEvent& recorded, Report& report) {
    const EntityRef thing = recorded.envelope.entity;
    const Event& event = recorded.event;
    if (thing.kind == EntityKind::period) {
        auto& versions = locks_[thing.id];
        if (const auto* locked = std::get_if<PeriodLocked>(&event))
            versions.emplace_back(locked->through);
        else if (const auto* opened = std::get_if<PeriodOpened>(&event))
            versions.push_back(opened->lifted ? std::nullopt : std::optional(opened->through));
        else if (const auto* returned = std::get_if<Returned>(&event);
                 returned && returned->to_version > 0 && returned->to_version <= versions.size())
            versions.push_back(versions[returned->to_version - 1]);
        else // Lifted, or gone with a rollback.
            versions.emplace_back();
        return;
    }
    const bool books = thing.kind == EntityKind::invoice || thing.kind == EntityKind::credit_note
                       || thing.kind == EntityKind::payment;
    if (!books || tells_of_an_opening(event))
        return;
    const auto on = booked_on(event);
    const auto through = locked_through();
    if (on && through && *on <= *through)
        report.find(where, "it is dated " + to_text(*on) + ", and the books were locked through "
                               + to_text(*through));
}

} // namespace daybook::audit
