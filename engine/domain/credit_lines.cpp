#include "engine/domain/credit_lines.h"

#include "engine/domain/amounts.h"
#include "engine/domain/outcome.h"
#include "events/base/check.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace daybook::domain {
namespace {

using Taken = std::expected<TakenLine, Fault>;

// What is left of a line.
struct Rest {
    Decimal quantity;
    Amount net;
    Amount share;

    bool nothing() const { return quantity == Decimal{} && net == Amount{}; }
};

Rest rest_of(const Line& line, const CreditedSoFar& before) {
    const auto found = before.lines.find(line.id);
    if (found == before.lines.end())
        return {line.quantity, line.net, line.discount_share};
    const CreditedLine& gone = found->second;
    return {{line.quantity.micro - gone.quantity.micro},
            line.net - gone.net,
            line.discount_share - gone.share};
}

// `part` goes the same way as `whole` and not beyond it. Both may be negative: a deduction.
bool is_within(std::int64_t part, std::int64_t whole) {
    return whole >= 0 ? part >= 0 && part <= whole : part <= 0 && part >= whole;
}

// whole × part ÷ of, rounded; all of it when part is all of `of`.
Amount proportion(Amount whole, std::int64_t part, std::int64_t of) {
    if (part == of)
        return whole;
    CHECK(of != 0 && is_within(part, of), "a proportion is a part of something");
    const Wide magnitude = of < 0 ? -Wide{of} : Wide{of};
    const Wide taken = part < 0 ? -Wide{part} : Wide{part};
    return {static_cast<std::int64_t>(divide_rounded(Wide{whole.minor} * taken, magnitude))};
}

TakenLine take(const Line& line, const Rest& rest, Decimal quantity, Amount net) {
    return {&line, quantity, net, proportion(rest.share, net.minor, rest.net.minor),
            net == rest.net};
}

Fault exceeds(std::string at, std::string left) {
    return {std::move(at), Code::credit_exceeds_invoice, "left: " + std::move(left)};
}

Taken take_quantity(const Line& line, const Rest& rest, Decimal quantity, std::string at) {
    if (quantity == Decimal{})
        return std::unexpected(Fault{std::move(at), Code::amount_not_positive, "a quantity of 0"});
    if (!is_within(quantity.micro, rest.quantity.micro))
        return std::unexpected(exceeds(std::move(at), to_text(rest.quantity)));
    return take(line, rest, quantity, proportion(rest.net, quantity.micro, rest.quantity.micro));
}

Taken take_net(const Line& line, const Rest& rest, Decimal given, int digits, std::string at) {
    const Amount net = TRY(to_amount(given, digits, at));
    if (net == Amount{})
        return std::unexpected(Fault{std::move(at), Code::amount_not_positive, "an amount of 0"});
    if (!is_within(net.minor, rest.net.minor))
        return std::unexpected(exceeds(std::move(at), to_text(rest.net, digits)));
    return take(line, rest, {}, net);
}

Taken take_asked(const Line& line, const Rest& rest, const CreditLineInput& asked, int digits,
                 const std::string& at) {
    if (asked.quantity && asked.net)
        return std::unexpected(Fault{at, Code::invalid_input, "a quantity or an amount, not both"});
    if (asked.quantity)
        return take_quantity(line, rest, *asked.quantity, at + "/quantity");
    if (asked.net)
        return take_net(line, rest, *asked.net, digits, at + "/net");
    if (rest.nothing())
        return std::unexpected(Fault{at, Code::nothing_to_credit, "the line is credited already"});
    return take(line, rest, rest.quantity, rest.net);
}

const Line* find_item(const Frozen& invoice, LineItemId id) {
    const auto& lines = invoice.document.lines;
    const auto found = std::ranges::find(lines, id, &Line::id);
    return found == lines.end() || found->kind != LineKind::item ? nullptr : &*found;
}

std::vector<TakenLine> take_all(const Frozen& invoice, const CreditedSoFar& before) {
    std::vector<TakenLine> taken;
    for (const Line& line : invoice.document.lines) {
        const Rest rest = rest_of(line, before);
        if (line.kind == LineKind::item && !rest.nothing())
            taken.push_back(take(line, rest, rest.quantity, rest.net));
    }
    return taken;
}

} // namespace

std::expected<std::vector<TakenLine>, Refusal>
take_lines(const Frozen& invoice, const CreditedSoFar& before, const CreditInvoice& command) {
    if (command.all)
        return take_all(invoice, before);
    const int digits = invoice.document.currency.likely_digits();
    std::vector<TakenLine> taken;
    std::set<LineItemId> seen;
    Faults faults;
    for (std::size_t i = 0; i < command.lines.size(); ++i) {
        const CreditLineInput& asked = command.lines[i];
        const std::string at = fmt::format("/lines/{}", i);
        const Line* line = find_item(invoice, asked.line_id);
        if (!line || !seen.insert(asked.line_id).second) {
            faults.push_back({at + "/line_id", line ? Code::duplicate_line_id : Code::unknown_line,
                              to_text(asked.line_id)});
            continue;
        }
        auto part = take_asked(*line, rest_of(*line, before), asked, digits, at);
        if (part)
            taken.push_back(*part);
        else
            faults.push_back(std::move(part).error());
    }
    if (!faults.empty())
        return refuse_for(std::move(faults));
    // Pointers into one array: their order is the order of the lines.
    std::ranges::sort(taken, {}, &TakenLine::line);
    return taken;
}

} // namespace daybook::domain
