#include "api/comparison.h"

#include "api/or_problem.h"
#include "api/present/form.h"
#include "api/present/label.h"
#include "engine/log/common_prefix.h"
#include "events/base/reflect.h"
#include "events/json_walk.h"
#include "projections/summary_change.h"

namespace daybook::api {
namespace {

using namespace schema;
using projections::ChangePage;
using projections::ChangeQuery;
using projections::EntityRow;

// A page reads at most so many change pages, of 1,000 rows each.
constexpr int kRoundsMax = 5;

// Two books name the company itself each by its own id; every other thing has one.
EntityRef named_in(const CompanyView& view, EntityRef thing) {
    return thing.kind == EntityKind::company ? EntityRef{thing.kind, view.where.book.value} : thing;
}

std::expected<EntityRow, Problem> row_in(const CompanyView& view, EntityRef thing) {
    auto row = TRY(or_problem(view.snapshot->find(named_in(view, thing))));
    return row ? std::move(*row) : EntityRow{};
}

std::expected<std::optional<Json>, Problem> item_of(const Call& call,
                                                    const ComparedMoments& moments, EntityRef thing,
                                                    const domain::State& before,
                                                    const domain::State& after) {
    const auto form = [&](const domain::State& state, const CompanyView& view) {
        return or_problem(
            form_of(state, view.digits, unsealing(call.service.log(), view.where.line)));
    };
    const auto changes =
        changes_between(TRY(form(before, moments.from)), TRY(form(after, moments.to)));
    if (changes.empty())
        return std::nullopt;
    const bool was = domain::exists(before), is = domain::exists(after);
    Json item;
    item.set("kind", enum_name(thing.kind));
    item.set("id", to_text(thing.id));
    item.set("label", label_of(is ? after : before, call.language));
    item.set("change", was && is ? "changed" : is ? "added" : "removed");
    item.set("changes", to_json_changes(changes));
    return item;
}

class Paging {
  public:
    Paging(const Call& call, const ComparedMoments& moments, std::size_t limit)
        : call_(call), moments_(moments), limit_(limit) {}

    std::expected<ComparisonPage, Problem> read(ComparisonPlace place) && {
        if (place.side == ComparedSide::to) {
            TRY(read_side(place));
            if (page_.next || moments_.from.snapshot->revision() <= moments_.shared)
                return std::move(page_);
            place = {ComparedSide::from, std::nullopt};
        }
        TRY(read_side(place));
        return std::move(page_);
    }

  private:
    std::expected<void, Problem> read_side(ComparisonPlace place) {
        const CompanyView& view = place.side == ComparedSide::to ? moments_.to : moments_.from;
        do {
            if (page_.items.size() == limit_ || rounds_++ == kRoundsMax) {
                page_.next = place;
                return {};
            }
            const ChangePage changed =
                TRY(or_problem(view.snapshot->changes({.after = moments_.shared,
                                                       .behind = place.behind,
                                                       .limit = limit_ - page_.items.size()})));
            for (const projections::ChangedThing& each : changed.things)
                TRY(add(place.side, each));
            place.behind = changed.next;
        } while (place.behind);
        return {};
    }

    std::expected<void, Problem> add(ComparedSide side, const projections::ChangedThing& changed) {
        // What happened to the books is history, not something that they hold.
        if (changed.thing.kind == EntityKind::timeline)
            return {};
        const bool of_to = side == ComparedSide::to;
        const EntityRow other = TRY(row_in(of_to ? moments_.from : moments_.to, changed.thing));
        if (!of_to && other.revision > moments_.shared)
            return {}; // It was told of on the way to `to`.
        const domain::State& here = changed.row.state;
        auto item = TRY(item_of(call_, moments_, changed.thing, of_to ? other.state : here,
                                of_to ? here : other.state));
        if (item)
            page_.items.push_back(std::move(*item));
        return {};
    }

    const Call& call_;
    const ComparedMoments& moments_;
    std::size_t limit_;
    int rounds_ = 0;
    ComparisonPage page_;
};

Schema change_of(const Schema& figure, const Schema& difference) {
    return object({{"before", figure}, {"after", figure}, {"difference", difference}});
}

} // namespace

std::expected<ComparedMoments, Problem> compare_moments(const Call& call, CompanyView from,
                                                        CompanyView to) {
    const Revision at_most = std::min(from.snapshot->revision(), to.snapshot->revision());
    const Revision shared = TRY(or_problem(
        log::common_prefix(call.service.log(), from.where.line, to.where.line, at_most)));
    return ComparedMoments{std::move(from), std::move(to), shared};
}

std::expected<ComparisonPage, Problem> compare_page(const Call& call,
                                                    const ComparedMoments& moments,
                                                    const ComparisonPlace& start,
                                                    std::size_t limit) {
    return Paging(call, moments, limit).read(start);
}

std::expected<std::optional<Json>, Problem>
compare_thing(const Call& call, const ComparedMoments& moments, EntityRef thing) {
    const EntityRow before = TRY(row_in(moments.from, thing));
    const EntityRow after = TRY(row_in(moments.to, thing));
    if (before.version == 0 && after.version == 0)
        return std::unexpected(
            problem(404, "not_found", "there was no such thing at either moment"));
    return item_of(call, moments, thing, before.state, after.state);
}

std::expected<Json, Problem> compare_sums(const ComparedMoments& moments) {
    const auto change = projections::change_between(
        TRY(or_problem(moments.from.snapshot->summary(moments.from.today))),
        TRY(or_problem(moments.to.snapshot->summary(moments.to.today))));
    Json counts;
    counts.set("clients", to_json_value(change.clients, 0));
    counts.set("products", to_json_value(change.products, 0));
    counts.set("drafts", to_json_value(change.drafts, 0));
    counts.set("issued", to_json_value(change.issued, 0));
    counts.set("credit_notes", to_json_value(change.credit_notes, 0));
    counts.set("payments", to_json_value(change.payments, 0));
    JsonArray money;
    for (const projections::MoneyChange& each : change.money) {
        Json item;
        item.set("currency", each.currency.code);
        item.set("receivable", to_json_value(each.receivable, 0));
        item.set("overdue", to_json_value(each.overdue, 0));
        item.set("credit_open", to_json_value(each.credit_open, 0));
        item.set("unallocated", to_json_value(each.unallocated, 0));
        money.push_back(std::move(item));
    }
    Json sums;
    sums.set("counts", std::move(counts));
    sums.set("money", std::move(money));
    return sums;
}

Schema comparison_item_schema() {
    return named(
        "Difference",
        object({{"kind", text()},
                {"id", uuid()},
                {"label", text()},
                {"change", text_of({"added", "removed", "changed"})},
                {"changes",
                 array(object({{"pointer", text()}, {"before", any()}, {"after", any()}}))}}));
}

Schema compared_sums_schema() {
    const Schema count = change_of(integer(), integer());
    const Schema sum = change_of(decimal(), decimal());
    return named("ComparedSums", object({{"counts", object({{"clients", count},
                                                            {"products", count},
                                                            {"drafts", count},
                                                            {"issued", count},
                                                            {"credit_notes", count},
                                                            {"payments", count}})},
                                         {"money", array(object({{"currency", text()},
                                                                 {"receivable", sum},
                                                                 {"overdue", sum},
                                                                 {"credit_open", sum},
                                                                 {"unallocated", sum}}))}}));
}

} // namespace daybook::api
