#include "api/handlers/diff.h"

#include "api/comparison.h"
#include "api/handlers/kind_paths.h"
#include "api/handlers/page_limit.h"
#include "api/handlers/page_turn.h"
#include "engine/log/big_endian.h"

#include <algorithm>

namespace daybook::api {
namespace {

using namespace schema;
using projections::ChangePlace;

// ---- cursor ------------------------------------------------------------------------------------
// Its position: revision of `from` u64 ‖ commit u64 (0 = the side's newest) ‖ kind u8 ‖ id; its
// revision is that of `to`. So later pages compare what the first one did.
struct Resumed {
    Revision from = 0;
    Revision to = 0;
    ComparisonPlace place;
};

std::string cursor_text(const ComparedMoments& moments, const ComparisonPlace& place,
                        const std::string& question) {
    const ChangePlace behind = place.behind.value_or(ChangePlace{});
    std::string position;
    log::append_big_endian(position, moments.from.snapshot->revision());
    log::append_big_endian(position, behind.commit);
    log::append_big_endian(position, static_cast<std::uint8_t>(behind.thing.kind));
    position.append(behind.thing.id.bytes.begin(), behind.thing.id.bytes.end());
    return encode_cursor({moments.to.snapshot->revision(), moments.to.today,
                          place.side == ComparedSide::from, position},
                         question);
}

std::expected<std::optional<Resumed>, Problem>
read_resumed(const std::optional<ListCursor>& cursor) {
    if (!cursor)
        return std::nullopt;
    if (cursor->position.size() != 8 + 8 + 1 + 16)
        return bad_cursor();
    const std::string& position = cursor->position;
    ChangePlace behind{log::read_big_endian<Revision>(position, 8),
                       {static_cast<EntityKind>(position[16]), {}}};
    std::copy(position.begin() + 17, position.end(), behind.thing.id.bytes.begin());
    Resumed resumed{log::read_big_endian<Revision>(position, 0), cursor->revision, {}};
    resumed.place.side = cursor->backward ? ComparedSide::from : ComparedSide::to;
    if (behind.commit > 0)
        resumed.place.behind = behind;
    return resumed;
}

// ---- moments -----------------------------------------------------------------------------------

std::expected<ComparedMoments, Problem> open_moments(const Call& call,
                                                     const std::optional<Resumed>& resumed) {
    const CompanyId company{TRY(call.id("company"))};
    MomentWanted from{company, call.request.parameter("epoch"), call.request.parameter("from"),
                      "from"};
    MomentWanted to{company, from.epoch, call.request.parameter("to"), "to"};
    if (const auto other = call.request.parameter("with")) {
        const auto id = parse_uuid(*other);
        if (!id)
            return bad_parameter("with", "the id of a company");
        to.company = CompanyId{*id};
        to.epoch.reset();
    } else if (!from.at) {
        return bad_parameter("from", "@<revision> or an instant");
    }
    const std::string from_then = "@" + std::to_string(resumed ? resumed->from : 0);
    const std::string to_then = "@" + std::to_string(resumed ? resumed->to : 0);
    if (resumed) {
        from.at = from_then;
        to.at = to_then;
    }
    // What is left open is the moment of the request: now, or as_of.
    CompanyView before = TRY(from.at ? open_company(call, from) : open_company(call));
    const bool is_open = !to.at && !call.request.parameter("with");
    return compare_moments(call, std::move(before),
                           TRY(is_open ? open_company(call) : open_company(call, to)));
}

Json show_moment(const CompanyView& view) {
    Json moment;
    moment.set("company_id", to_text(view.where.company));
    moment.set("revision", view.snapshot->revision());
    return moment;
}

Json answer_of(const ComparedMoments& moments) {
    Json body;
    body.set("from", show_moment(moments.from));
    body.set("to", show_moment(moments.to));
    return body;
}

Reply diff_company(const Call& call) {
    const std::size_t limit = TRY(read_page_limit(call));
    const PageTurn turn = TRY(read_turn(call));
    const std::optional<Resumed> resumed = TRY(read_resumed(turn.cursor));
    const ComparedMoments moments = TRY(open_moments(call, resumed));
    ComparisonPage page =
        TRY(compare_page(call, moments, resumed ? resumed->place : ComparisonPlace{}, limit));
    Json body = answer_of(moments);
    body.set("items", std::move(page.items));
    body.set("next", page.next ? Json(cursor_text(moments, *page.next, turn.question)) : Json());
    body.set("prev", nullptr);
    body.set("revision", moments.to.snapshot->revision());
    if (!resumed)
        body.set("sums", TRY(compare_sums(moments)));
    return json_response(200, body, moments.to);
}

Reply diff_thing(const Call& call, EntityKind kind) {
    const EntityRef thing{kind, TRY(call.id("id"))};
    const ComparedMoments moments = TRY(open_moments(call, std::nullopt));
    JsonArray items;
    if (auto item = TRY(compare_thing(call, moments, thing)))
        items.push_back(std::move(*item));
    Json body = answer_of(moments);
    body.set("items", std::move(items));
    return json_response(200, body, moments.to);
}

std::vector<Parameter> moments_parameters() {
    return {{"from", "@<revision> or an RFC 3339 instant; may lie after `to`"},
            {"to", "the same; default now, or as_of"},
            {"with", "a company, such as a copy, that `to` is a moment of; `from` then defaults to "
                     "now, or as_of"},
            {"as_of", "@<revision> or an RFC 3339 instant: the default of `to`, or `from`"},
            {"epoch", "a former epoch of the company"}};
}

} // namespace

std::vector<Route> diff_routes() {
    const Schema moment = object({{"company_id", uuid()}, {"revision", integer()}});
    const Schema items = array(comparison_item_schema());
    std::vector<Parameter> parameters = moments_parameters();
    parameters.push_back({"limit", "1 to 500, default 50"});
    parameters.push_back({"cursor", "from next of an earlier page"});
    const std::string company = "/api/v1/companies/{company}";
    std::vector<Route> routes = {{"GET",
                                  company + "/diff",
                                  "What differs between two moments; sums on the first page",
                                  Permission::read,
                                  kBodyNone,
                                  parameters,
                                  {},
                                  200,
                                  object({{"from", moment},
                                          {"to", moment},
                                          {"items", items},
                                          {"next", nullable(text())},
                                          {"prev", nullable(text())},
                                          {"revision", integer()},
                                          optional("sums", compared_sums_schema())}),
                                  reading(diff_company)}};
    for (const KindPath& named : kKindPaths)
        routes.push_back(
            {"GET",
             company + "/" + std::string(named.path) + "/{id}/diff",
             "What differs of it between two moments: one item, or none",
             Permission::read,
             kBodyNone,
             moments_parameters(),
             {},
             200,
             object({{"from", moment}, {"to", moment}, {"items", items}}),
             reading([kind = named.kind](const Call& call) { return diff_thing(call, kind); })});
    return routes;
}

} // namespace daybook::api
