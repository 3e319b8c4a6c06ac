// A person at work, at random: clients and products whose codes are given up and taken, drafts,
// issued and credited invoices, payments that name two things, imports, rollbacks of everything and
// of chosen things, undo. Much of it is refused, as with people. For use inside a property.
#pragma once

#include "engine/domain/commands.h"
#include "engine/domain/timeline.h"
#include "tests/support/builders.h"
#include "tests/support/roll.h"

#include <rapidcheck.h>
#include <vector>

namespace daybook::tests {

class Keeper {
  public:
    domain::Command next(const domain::Timeline& timeline) {
        ++n_;
        switch (roll(20)) {
        case 0:
            return domain::CreateClient{id<ClientId>(2'000 + n_), profile()};
        case 1:
            return domain::ChangeClient{client(), profile()};
        case 2:
            return domain::CreateProduct{id<ProductId>(3'000 + n_), goods()};
        case 3:
            return domain::ChangeProduct{product(), goods()};
        case 4:
        case 5:
            return draft_of(n_);
        case 6: {
            domain::DraftInvoice draft = draft_of(n_);
            return domain::ChangeInvoice{invoice(), draft.input, {}};
        }
        case 7:
        case 8:
            return domain::IssueInvoice{invoice(), {}, {}};
        case 9:
            return domain::VoidInvoice{invoice(), "a slip"};
        case 10:
        case 11:
            return pay();
        case 12:
            return domain::ReversePayment{.id = payment(), .reversed_on = {}, .reason = "bounced"};
        case 13:
            return credit();
        case 14:
            return import();
        case 15:
            return back(timeline);
        case 16:
            return undo(timeline);
        case 17: // Rarely: behind it nothing is dated any more.
            return domain::LockPeriod{
                uuid(70'000 + n_), date(roll(4) == 0 ? "2026-02-10" : "2025-12-31"), {}};
        case 18:
            return domain::UnlockPeriod{any<ProductId>(EntityKind::period).value, "too early"};
        default:
            return domain::WriteOffInvoice{invoice(), id<WriteOffId>(n_), decimal("0.50"), {}, {},
                                           "a cent"};
        }
    }

    domain::RollBack back(const domain::Timeline& timeline) {
        domain::RollBack command{
            .to = commit_end(timeline), .reason = "a mistake", .first_id = uuid(900'000)};
        command.first_id.bytes[0] = static_cast<std::uint8_t>(n_ >> 8);
        command.first_id.bytes[1] = static_cast<std::uint8_t>(n_);
        if (roll(3) == 0)
            command.issued = IssuedPolicy::credit;
        for (std::uint32_t i = roll(3); i > 0; --i)
            if (!things_.empty())
                command.entities.push_back(
                    things_[roll(static_cast<std::uint32_t>(things_.size()))]);
        return command;
    }
    // What there is to work on from now on.
    void note(EntityRef thing) {
        if (thing.kind != EntityKind::timeline)
            things_.push_back(thing);
    }

  private:
    template <class Id>
    Id any(EntityKind kind) {
        std::vector<Uuid> known;
        for (const EntityRef& thing : things_)
            if (thing.kind == kind)
                known.push_back(thing.id);
        return known.empty() ? Id{uuid(1)}
                             : Id{known[roll(static_cast<std::uint32_t>(known.size()))]};
    }
    ClientId client() { return any<ClientId>(EntityKind::client); }
    ProductId product() { return any<ProductId>(EntityKind::product); }
    InvoiceId invoice() { return any<InvoiceId>(EntityKind::invoice); }
    PaymentId payment() { return any<PaymentId>(EntityKind::payment); }

    ClientProfile profile() {
        ClientProfile made = business("Client " + std::to_string(roll(5)));
        if (const auto code = roll(4))
            made.party.code = "C" + std::to_string(code);
        return made;
    }
    ProductProfile goods() {
        return {.code = "P" + std::to_string(roll(4)), .names = {{"fr", "Vis"}}};
    }
    domain::DraftInvoice draft_of(std::uint32_t n) {
        domain::DraftInvoice command = draft(n, {line("3", "10.03"), line("2", "3.33", "5.5")});
        command.input.document.client_id = client();
        command.input.document.prices_include_tax = roll(4) == 0;
        if (roll(3) == 0)
            command.input.document.discount = Discount{decimal("7.77"), {}, "a friend"};
        if (roll(3) == 0)
            command.input.document.lines[1].discount = Discount{{}, amount("1.01"), "a scratch"};
        if (roll(2) == 0)
            command.input.document.lines[0].product_id = product();
        return command;
    }
    // All of it, or one piece of a line of which there are several: cents are then rounded anew.
    domain::CreditInvoice credit() {
        domain::CreditInvoice command{.invoice_id = invoice(),
                                      .credit_note_id = id<CreditNoteId>(60'000 + n_),
                                      .allocation_id = id<AllocationId>(61'000 + n_),
                                      .reason = "sent back"};
        std::uint32_t n = 1;
        while (n < n_ && invoice_id(n) != command.invoice_id)
            ++n;
        command.all = roll(3) == 0;
        if (!command.all)
            command.lines = {{line_id(n, roll(2)), decimal("1"), {}}};
        return command;
    }
    domain::RecordPayment pay() {
        domain::RecordPayment command{.id = id<PaymentId>(40'000 + n_),
                                      .client_id = {},
                                      .amount = decimal(roll(2) == 0 ? "10.00" : "28.00"),
                                      .received_on = kToday,
                                      .method = "transfer",
                                      .third_party = true};
        command.client_id = client();
        command.allocations = {{id<AllocationId>(41'000 + n_), invoice(), decimal("10.00")}};
        return command;
    }
    domain::ImportBooks import() {
        domain::ImportBooks command;
        command.record.import_id = id<ImportId>(50'000 + n_);
        command.record.file.name = "retail.csv";
        for (std::uint32_t i = 0; i < 2; ++i) {
            domain::ImportedDocument document;
            document.id = uuid(51'000 + 10 * n_ + i);
            document.external = {.system = "retail", .table = "t", .id = std::to_string(roll(6))};
            Frozen& frozen = document.imported.frozen;
            frozen.document = document_of({line("1", "25", "0")}, 700'000 + 10 * n_ + i);
            frozen.document.client_id = client();
            frozen.document.issued_on = date("2026-02-01");
            frozen.number = "R" + document.external.id;
            frozen.totals.total = frozen.totals.payable = frozen.totals.net = amount("25.00");
            command.documents.push_back(std::move(document));
        }
        return command;
    }
    Revision commit_end(const domain::Timeline& timeline) {
        return timeline.commit_of(1 + roll(static_cast<std::uint32_t>(timeline.head()))).second;
    }
    domain::UndoCommit undo(const domain::Timeline& timeline) {
        const auto head = static_cast<std::uint32_t>(timeline.head());
        return {.commit = head - roll(std::min(head, 8U)), .reason = "after all"};
    }

    std::uint32_t n_ = 0;
    std::vector<EntityRef> things_{{EntityKind::client, kClient.value}};
};

} // namespace daybook::tests
