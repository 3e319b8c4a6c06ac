#include "api/handlers/page_turn.h"

#include "api/or_problem.h"

#include <algorithm>
#include <array>

namespace daybook::api {
namespace {

// Everything but where a page begins and how it looks.
std::string question_of(const Request& request, Epoch epoch) {
    constexpr std::array kOfThePage = {"cursor",    "limit", "count",  "sums",
                                       "separator", "bom",   "decimal"};
    auto asked = request.query;
    std::erase_if(asked, [&](const Header& parameter) {
        return std::ranges::find(kOfThePage, parameter.first) != kOfThePage.end();
    });
    std::ranges::sort(asked);
    std::string text = request.path + "\n" + std::to_string(epoch);
    for (const auto& [name, value] : asked)
        text += "\n" + name + "=" + value;
    return text;
}

} // namespace

std::expected<PageTurn, Problem> read_turn(const Call& call, Epoch epoch) {
    PageTurn turn{question_of(call.request, epoch), {}};
    if (const auto text = call.request.parameter("cursor")) {
        turn.cursor = decode_cursor(*text, turn.question);
        if (!turn.cursor)
            return bad_cursor();
    }
    return turn;
}

std::expected<void, Problem> move_to(const Call& call, const ListCursor& cursor,
                                     CompanyView& view) {
    const auto head = TRY(or_problem(call.service.log().head(view.where.line)));
    if (cursor.revision > head.revision)
        return bad_cursor();
    view.snapshot =
        TRY(or_problem(call.service.views().snapshot_at(view.where.line, cursor.revision)));
    view.today = cursor.today;
    const auto row =
        TRY(or_problem(view.snapshot->find({EntityKind::company, view.where.book.value})));
    const auto* company = row ? std::get_if<domain::CompanyState>(&row->state) : nullptr;
    if (!company)
        return bad_cursor();
    view.company_row = *row;
    view.company = *company;
    return {};
}

} // namespace daybook::api
