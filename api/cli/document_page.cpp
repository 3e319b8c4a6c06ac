#include "api/cli/document_page.h"

#include "api/cli/reading.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::api {
namespace {

constexpr std::size_t kTextWidth = 40;
constexpr std::size_t kNumberWidth = 12;

std::string cut(const std::string& text, std::size_t width) {
    std::string safe = harmless(text);
    std::size_t characters = 0;
    for (std::size_t i = 0; i < safe.size(); ++i)
        if ((safe[i] & 0xC0) != 0x80 && ++characters > width)
            return safe.substr(0, i);
    return safe;
}

std::string party(const Json* who, std::string_view role) {
    if (!who || !who->is_object())
        return {};
    std::string text =
        fmt::format("{}{}\n", padded_right(role, 10), harmless(member_text(*who, "name")));
    if (const Json* address = who->find("address"); address && address->is_object()) {
        const auto line = [&](const std::string& content) {
            if (content.find_first_not_of(' ') != std::string::npos)
                text += std::string(10, ' ') + harmless(content) + "\n";
        };
        line(member_text(*address, "line1"));
        line(member_text(*address, "line2"));
        line(member_text(*address, "postal_code") + " " + member_text(*address, "city") + " "
             + member_text(*address, "country"));
    }
    return text;
}

std::string row(const std::string& text, const std::string& quantity, const std::string& price,
                const std::string& net) {
    return padded_right(cut(text, kTextWidth), kTextWidth) + padded_left(quantity, kNumberWidth)
           + padded_left(price, kNumberWidth) + padded_left(net, kNumberWidth) + "\n";
}

std::string amount(const std::string& name, const std::string& value) {
    return padded_left(name, kTextWidth + 2 * kNumberWidth) + padded_left(value, kNumberWidth)
           + "\n";
}

std::string lines(const Json& document, const Ink& ink) {
    std::string text = ink.dim(row("", "quantity", "unit price", "net"));
    if (const Json* all = document.find("lines"); all && all->if_array())
        for (const Json& line : *all->if_array()) {
            const bool item = member_text(line, "kind") == "item";
            text += row(member_text(line, "description"), item ? member_text(line, "quantity") : "",
                        item ? member_text(line, "unit_price") : "",
                        item ? member_text(line, "net") : "");
        }
    return text;
}

std::string totals(const Json& document, const Ink& ink) {
    std::string text = amount("net", member_text(document, "net"));
    if (const Json* taxes = document.find("taxes"); taxes && taxes->if_array())
        for (const Json& tax : *taxes->if_array())
            text += amount(fmt::format("{} {} % on {}", harmless(member_text(tax, "scheme")),
                                       member_text(tax, "rate"), member_text(tax, "base")),
                           member_text(tax, "amount"));
    text += ink.bold(
        amount("total " + member_text(document, "currency"), member_text(document, "total")));
    for (const char* name : {"paid", "credited", "written_off", "due", "remaining"}) {
        const std::string value = member_text(document, name);
        if (value.find_first_not_of("0.") != std::string::npos)
            text += amount(name, value);
    }
    return text;
}

} // namespace

std::string document_page(const Json& document, const Ink& ink) {
    const std::string number = member_text(document, "number");
    const std::string issued = member_text(document, "issued_on");
    const std::string due = member_text(document, "due_on");
    std::string kind = member_text(document, "kind");
    std::ranges::replace(kind, '_', ' ');
    std::string text = ink.bold(kind + (number.empty() ? "" : " " + harmless(number)));
    text += "  " + ink.cyan(member_text(document, "status"))
            + (member_text(document, "overdue") == "true" ? " " + ink.red("overdue") : "") + "\n";
    text += (issued.empty() ? "" : "issued " + issued) + (due.empty() ? "" : "  due " + due);
    text += issued.empty() && due.empty() ? "" : "\n";
    text += "\n" + party(document.find("seller"), "from") + party(document.find("client"), "to");
    return text + "\n" + lines(document, ink) + "\n" + totals(document, ink);
}

} // namespace daybook::api
