#include "projections/changes.h"

#include "events/base/check.h"
#include "projections/entity_row.h"

#include <algorithm>

namespace daybook::projections {
namespace {

// Things of one commit, by kind and id.
Result<std::vector<PlacedThing>> things_of(const CommitRow& commit) {
    std::vector<PlacedThing> things;
    for (const auto& [table, key] : commit.changed) {
        if (table != Table::entity)
            continue;
        const auto placed = parse_entity_key(key);
        if (!placed)
            return fail(ErrorKind::corrupt, "a change list of the views names no thing");
        things.push_back(*placed);
    }
    std::ranges::sort(things, {}, &PlacedThing::thing);
    return things;
}

// Fills one page, commit by commit.
class PageOfChanges {
  public:
    PageOfChanges(const Rows& rows, const ChangeQuery& query) : rows_(rows), query_(query) {}

    // False = the page is full; `page().next` says where.
    Result<bool> add(const CommitRow& commit) {
        for (const PlacedThing& placed : TRY(things_of(commit))) {
            const EntityRef thing = placed.thing;
            if (is_before_the_page({commit.last, thing}))
                continue;
            if (page_.things.size() == query_.limit || examined_ == query_.rows_examined_max) {
                page_.next = last_;
                return false;
            }
            ++examined_;
            last_ = {commit.last, thing};
            auto row = TRY(find_entity(rows_, placed));
            if (!row)
                return fail(ErrorKind::corrupt, "a thing of a change list has no row");
            if (row->revision == commit.last) // Else it was told of at a later commit.
                page_.things.push_back({thing, std::move(*row)});
        }
        return true;
    }
    ChangePage take() { return std::move(page_); }

  private:
    bool is_before_the_page(const ChangePlace& place) const {
        return query_.behind && place.commit == query_.behind->commit
               && place.thing <= query_.behind->thing;
    }

    const Rows& rows_;
    const ChangeQuery& query_;
    ChangePage page_;
    ChangePlace last_;
    std::size_t examined_ = 0;
};

} // namespace

Result<ChangePage> read_changes(const Moment& rows, Revision revision, const ChangeQuery& query) {
    CHECK(query.limit > 0 && query.rows_examined_max > 0, "a page of changes gets on");
    PageOfChanges page(rows, query);
    Revision upto = query.behind ? std::min(query.behind->commit, revision) : revision;
    while (upto > query.after) {
        const auto commit = TRY(rows.commit_ending_by(upto));
        if (!commit || commit->last <= query.after || !TRY(page.add(*commit)))
            break;
        upto = commit->first - 1;
    }
    return page.take();
}

} // namespace daybook::projections
