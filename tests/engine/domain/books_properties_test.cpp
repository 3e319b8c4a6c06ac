// Whatever is drafted, issued, credited and written off, in whatever order and however often it is
// refused: 0 <= due <= payable, no more is credited than was invoiced, and crediting all that is
// left leaves nothing.
#include "engine/domain/balance.h"
#include "engine/domain/credit_plan.h"
#include "engine/domain/settled.h"
#include "tests/support/given_when_then.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

struct Step {
    int verb = 0;
    std::uint32_t line = 0;
    std::int64_t cents = 0;
    std::int64_t thousandths = 0;
};
[[maybe_unused]] void showValue(const Step& step, std::ostream& out) {
    out << "{verb " << step.verb << ", line " << step.line << ", cents " << step.cents
        << ", thousandths " << step.thousandths << "}";
}
rc::Gen<Step> any_step() {
    return rc::gen::build<Step>(
        rc::gen::set(&Step::verb, rc::gen::inRange(0, 5)),
        rc::gen::set(&Step::line, rc::gen::inRange<std::uint32_t>(0, 4)),
        rc::gen::set(&Step::cents, rc::gen::inRange<std::int64_t>(-500, 5'000)),
        rc::gen::set(&Step::thousandths, rc::gen::inRange<std::int64_t>(-500, 3'000)));
}

DraftInvoice any_draft() {
    const auto quantity = rc::gen::inRange<std::int64_t>(1, 4'000);
    const auto price = rc::gen::inRange<std::int64_t>(1, 3'000);
    std::vector<Line> lines = {line("1", "1", "20"), line("1", "1", "20"), line("1", "1", "5.5"),
                               line("-1", "0.01", "20")};
    lines[1].taxes = {vat("5.5"), vat("20")};
    for (std::size_t i = 0; i < 3; ++i) {
        lines[i].quantity = {*quantity * (kMicro / 1'000)};
        lines[i].unit_price = {*price * (kMicro / 100)};
    }
    DraftInvoice command = draft(1, std::move(lines));
    command.input.document.prices_include_tax = *rc::gen::arbitrary<bool>();
    command.input.discount = DiscountInput{Decimal{*rc::gen::inRange(0, 60) * kMicro}, {}, {}};
    command.input.line_discounts[2] =
        DiscountInput{Decimal{*rc::gen::inRange(0, 101) * kMicro}, {}, {}};
    return command;
}

CreditInvoice credit_of(std::uint32_t n) {
    return {.invoice_id = invoice_id(),
            .credit_note_id = id<CreditNoteId>(20'000 + n),
            .allocation_id = id<AllocationId>(30'000 + n),
            .reason = "sent back"};
}
Command command_of(const Step& step, std::uint32_t n) {
    CreditInvoice credit = credit_of(n);
    const LineItemId line = line_id(1, step.line);
    const Decimal sum{step.cents * (kMicro / 100)};
    switch (step.verb) {
    case 0:
        return WriteOffInvoice{invoice_id(), id<WriteOffId>(n), sum, {}, {}, "a cent"};
    case 1:
        return ReverseWriteOff{invoice_id(), id<WriteOffId>(n / 2), {}, "a mistake"};
    case 2:
        credit.lines = {{line, Decimal{step.thousandths * (kMicro / 1'000)}, {}}};
        return credit;
    case 3:
        credit.lines = {{line, {}, sum}};
        return credit;
    default:
        credit.lines = {{line, {}, {}}, {line_id(1, 3), {}, {}}};
        return credit;
    }
}

void assert_sound(const Story& story) {
    const Frozen& invoice = story.books().invoice(invoice_id())->content;
    const Amount due = due_now(story.books(), invoice_id());
    RC_ASSERT(due >= Amount{});
    RC_ASSERT(due <= invoice.totals.payable);
    const CreditedSoFar credited = credited_so_far(story.books(), invoice_id());
    RC_ASSERT(credited.totals.total <= invoice.totals.total);
    RC_ASSERT(credited.totals.tax <= invoice.totals.tax);
    for (const Line& line : invoice.document.lines) {
        const auto found = credited.lines.find(line.id);
        if (found == credited.lines.end())
            continue;
        const int sign = line.net < Amount{} ? -1 : 1;
        RC_ASSERT(sign * found->second.net.minor <= sign * line.net.minor);
        RC_ASSERT(sign * found->second.net.minor >= 0);
        RC_ASSERT(found->second.share >= Amount{});
        RC_ASSERT(found->second.share <= line.discount_share);
        RC_ASSERT(sign * found->second.quantity.micro <= sign * line.quantity.micro);
    }
}

// A credit note says the same thing three times: lines, tax rows, totals.
void assert_adds_up(const History& events) {
    for (const NewEvent& happened : events) {
        const auto* issued = std::get_if<CreditNoteIssued>(&happened.event);
        if (!issued)
            continue;
        const Totals& totals = issued->frozen.totals;
        RC_ASSERT(totals.total > Amount{});
        RC_ASSERT(totals.total == totals.net + totals.tax);
        Amount net, share, tax, tax_of_lines;
        for (const CreditedLine& line : issued->credits.at(0).lines) {
            net += line.net;
            share += line.share;
            for (const TaxRow& row : line.taxes)
                tax_of_lines += row.amount;
        }
        for (const TaxRow& row : issued->frozen.taxes)
            tax += row.amount;
        RC_ASSERT(net == totals.lines);
        RC_ASSERT(share == totals.discount);
        RC_ASSERT(tax == totals.tax);
        RC_ASSERT(tax_of_lines == totals.tax);
    }
}

RC_GTEST_PROP(BooksProperties, KeepTheirCeilings, ()) {
    Story story;
    auto drafted = story.decide(any_draft());
    RC_PRE(drafted.has_value());
    story.books().apply(*drafted);
    auto issued = story.decide(issue());
    RC_PRE(issued.has_value());
    story.books().apply(*issued);
    std::uint32_t n = 1;
    for (const Step& step : *rc::gen::container<std::vector<Step>>(any_step())) {
        const Decision decision = story.decide(command_of(step, n++));
        if (!decision)
            continue;
        assert_adds_up(*decision);
        story.books().apply(*decision);
        assert_sound(story);
    }
    // All that is left can always be credited, and then nothing is left.
    CreditInvoice rest = credit_of(9'999);
    rest.all = true;
    const Decision last = story.decide(rest);
    const Frozen& invoice = story.books().invoice(invoice_id())->content;
    if (last) {
        assert_adds_up(*last);
        story.books().apply(*last);
    } else {
        RC_ASSERT(last.error().code == Code::nothing_to_credit);
    }
    const CreditedSoFar credited = credited_so_far(story.books(), invoice_id());
    RC_ASSERT(credited.totals.total == invoice.totals.total);
    RC_ASSERT(credited.totals.tax == invoice.totals.tax);
    RC_ASSERT(credited.totals.lines == invoice.totals.lines);
    RC_ASSERT(credited.totals.discount == invoice.totals.discount);
    assert_sound(story);
}

} // namespace
} // namespace daybook::tests
