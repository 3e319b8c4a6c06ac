#include "engine/domain/write_off.h"

#include "engine/domain/balance.h"
#include "engine/domain/settled.h"
#include "tests/support/given_when_then.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

WriteOffInvoice write_off(std::string_view sum, std::uint32_t n = 1) {
    return {invoice_id(), id<WriteOffId>(n), decimal(sum), {}, WriteOffCause::rounding, "a cent"};
}
ReverseWriteOff reversal(std::uint32_t n = 1) {
    return {invoice_id(), id<WriteOffId>(n), {}, "he paid after all"};
}
Story issued() {
    Story story;
    story.accepts(draft());
    story.accepts(issue());
    return story;
}

TEST(WriteOffInvoice, LowersWhatIsDueUntilItIsReversed) {
    Story story = issued();
    EXPECT_EQ(story.accepts(write_off("1252.75"))[0].effective_on, kToday);
    const InvoiceState& invoice = *story.books().invoice(invoice_id());
    EXPECT_EQ(due(invoice, {}), Amount{});
    EXPECT_EQ(status(invoice, {}), InvoiceStatus::written_off);
    story.refuses(write_off("0.01", 2), Code::amount_exceeds_due);
    story.accepts(reversal());
    EXPECT_EQ(due_now(story.books(), invoice_id()), amount("1252.75"));
    EXPECT_EQ(status(*story.books().invoice(invoice_id()), {}), InvoiceStatus::issued);
    story.refuses(reversal(), Code::write_off_not_found);
}

TEST(WriteOffInvoice, GuardsEachPromise) {
    const auto with = [](auto change) {
        WriteOffInvoice command = write_off("0.01");
        change(command);
        return command;
    };
    Story story = issued();
    story.accepts(draft(2));
    story.accepts(draft(3));
    story.accepts(VoidInvoice{invoice_id(3), {}});
    story.refuses(with([](auto& c) { c.id = invoice_id(9); }), Code::not_found);
    story.refuses(with([](auto& c) { c.id = invoice_id(2); }), Code::invoice_is_draft);
    story.refuses(with([](auto& c) { c.id = invoice_id(3); }), Code::invoice_not_issued);
    story.refuses(with([](auto& c) { c.reason.clear(); }), Code::reason_required);
    story.refuses(write_off("0"), Code::amount_not_positive);
    story.refuses(write_off("-1"), Code::amount_not_positive);
    story.refuses(write_off("0.001"), Code::too_many_decimals);
    story.refuses(with([](auto& c) { c.on = add_days(kToday, 1); }), Code::dated_in_future);
    story.refuses(with([](auto& c) { c.on = add_days(kToday, -1); }), Code::dated_before_document);
    const Refusal refusal = story.refuses(write_off("1252.76"), Code::amount_exceeds_due);
    ASSERT_EQ(refusal.facts.size(), 1U);
    EXPECT_EQ(refusal.facts[0], (NamedText{"due", "1252.75"}));
    story.happens(locked_through(kToday));
    story.refuses(write_off("0.01"), Code::period_locked);
}

TEST(ReverseWriteOff, GuardsEachPromise) {
    Story story = issued();
    story.accepts(write_off("0.01"));
    ReverseWriteOff command = reversal();
    command.reason = "";
    story.refuses(command, Code::reason_required);
    command = reversal();
    command.on = add_days(kToday, -1);
    story.refuses(command, Code::dated_before_document);
    command.on = add_days(kToday, 1);
    story.refuses(command, Code::dated_in_future);
    story.refuses(reversal(2), Code::write_off_not_found);
    story.happens(locked_through(kToday));
    story.refuses(reversal(), Code::period_locked);
}

} // namespace
} // namespace daybook::tests
