#include "engine/domain/references.h"

#include <algorithm>
#include <iterator>

namespace daybook::domain {
namespace {

class References {
  public:
    template <class Id>
    void add(EntityKind kind, const std::optional<Id>& id) {
        if (id)
            found_.push_back({kind, id->value});
    }
    void add(const Document& document) {
        add(EntityKind::client, document.client_id);
        for (const Line& line : document.lines)
            add(EntityKind::product, line.product_id);
    }
    void add(const std::vector<AllocationEntry>& entries) {
        for (const AllocationEntry& entry : entries) // Ended ones too: they still name it.
            add(EntityKind::invoice, std::optional(entry.allocation.invoice_id));
    }
    void add(const std::vector<RefundEntry>& entries) {
        for (const RefundEntry& entry : entries)
            add(EntityKind::money_account, entry.refund.money_account_id);
    }

    void visit(const ClientState& client) { add(EntityKind::client, client.merged_into); }
    void visit(const InvoiceState& invoice) {
        add(invoice.content.document);
        add(EntityKind::series, invoice.content.series_id);
    }
    void visit(const CreditNoteState& note) {
        add(note.content.document);
        add(EntityKind::series, note.content.series_id);
        for (const CreditedInvoice& credited : note.credits)
            add(EntityKind::invoice, credited.invoice_id);
        add(note.allocations);
        add(note.refunds);
    }
    void visit(const PaymentState& payment) {
        add(EntityKind::client, payment.receipt.client_id);
        add(EntityKind::money_account, payment.receipt.money_account_id);
        add(payment.allocations);
        add(payment.refunds);
    }
    void visit(const FileState& file) { found_.push_back(file.file.owner); }
    void visit(const auto&) {}

    std::vector<EntityRef> take() { return std::move(found_); }

  private:
    std::vector<EntityRef> found_;
};

class Bookings {
  public:
    void add(std::string_view what, std::optional<Date> on, Amount amount) {
        if (on)
            found_.push_back({what, *on, amount});
    }
    void add(const std::vector<AllocationEntry>& entries) {
        for (const AllocationEntry& entry : entries) {
            add("allocated", entry.allocation.on, entry.allocation.amount);
            add("unallocated", entry.ended_on, entry.allocation.amount);
        }
    }
    void add(const std::vector<RefundEntry>& entries) {
        for (const RefundEntry& entry : entries) {
            add("refunded", entry.refund.on, entry.refund.amount);
            add("refund reversed", entry.reversed_on, entry.refund.amount);
        }
    }

    void visit(const InvoiceState& invoice) {
        if (invoice.stage != InvoiceStage::issued)
            return;
        add("issued", invoice.content.document.issued_on, invoice.content.totals.payable);
        for (const WriteOffEntry& entry : invoice.write_offs) {
            add("written off", entry.write_off.on, entry.write_off.amount);
            add("write-off reversed", entry.reversed_on, entry.write_off.amount);
        }
    }
    void visit(const CreditNoteState& note) {
        add("issued", note.content.document.issued_on, note.content.totals.payable);
        add(note.allocations);
        add(note.refunds);
    }
    void visit(const PaymentState& payment) {
        add("received", payment.receipt.received_on, payment.receipt.amount);
        add(payment.allocations);
        add(payment.refunds);
        if (payment.reversal)
            add("reversed", payment.reversal->on, payment.receipt.amount);
    }
    void visit(const auto&) {}

    std::vector<Booking> take() {
        std::ranges::sort(found_);
        return std::move(found_);
    }

  private:
    std::vector<Booking> found_;
};

} // namespace

std::vector<EntityRef> references_of(const State& state) {
    References references;
    std::visit([&](const auto& thing) { references.visit(thing); }, state);
    return references.take();
}

std::vector<Booking> bookings_of(const State& state) {
    Bookings bookings;
    std::visit([&](const auto& thing) { bookings.visit(thing); }, state);
    return bookings.take();
}

std::vector<Booking> bookings_moved(const State& before, const State& after) {
    std::vector<Booking> moved;
    std::ranges::set_symmetric_difference(bookings_of(before), bookings_of(after),
                                          std::back_inserter(moved));
    return moved;
}

} // namespace daybook::domain
