#include "projections/pending_rows.h"

#include "events/base/check.h"

namespace daybook::projections {

PendingRows::PendingRows(std::unique_ptr<const Rows> stored, log::LineNumber line)
    : stored_(std::move(stored)), line_(line) {}

// ---- reading ---------------------------------------------------------------------------------

// Nothing = not known here; an empty row = known to be gone.
std::optional<std::optional<std::string>> PendingRows::find_kept(Table table,
                                                                 std::string_view key) const {
    const std::string prefix = history_prefix(line_, table, key);
    const auto newest = rows_.lower_bound(prefix);
    if (newest == rows_.end() || !newest->first.starts_with(prefix)
        || newest->first.size() != prefix.size() + kRevisionBytes)
        return std::nullopt;
    const auto row = row_of_history_value(newest->second);
    return row ? std::optional<std::string>(*row) : std::optional<std::string>();
}

Result<std::optional<std::string>> PendingRows::get(Table table, std::string_view key) const {
    if (const auto change = changes_.find({table, std::string(key)}); change != changes_.end())
        return change->second;
    if (auto kept = find_kept(table, key))
        return *std::move(kept);
    return stored_->get(table, key);
}

Result<void> PendingRows::scan(Table table, std::string_view from, std::string_view until,
                               Direction direction, const Visit& visit) const {
    CHECK(direction == Direction::forward, "rows about to be written are read forwards");
    std::map<std::string, std::string> merged;
    const auto is_in = [&](std::string_view key) {
        return key >= from && (until.empty() || key < until);
    };
    TRY(stored_->scan(table, from, until, direction, [&](auto key, auto row) -> Result<bool> {
        merged.emplace(key, row);
        return true;
    }));
    const auto lay_over = [&](const std::string& key, const std::optional<std::string>& row) {
        if (row)
            merged.insert_or_assign(key, *row);
        else
            merged.erase(key);
    };
    const std::string all = history_prefix(line_, table, {});
    for (auto row = rows_.lower_bound(all + std::string(from));
         row != rows_.end() && row->first.starts_with(all);) {
        const std::string key(logical_key(row->first));
        if (!until.empty() && key >= until)
            break;
        if (is_in(key))
            lay_over(key, *find_kept(table, key));
        row = rows_.upper_bound(history_key(line_, table, key, 0));
    }
    // Only its own stretch: a commit of many things asks for each of them.
    for (auto change = changes_.lower_bound({table, std::string(from)});
         change != changes_.end() && change->first.first == table && is_in(change->first.second);
         ++change)
        lay_over(change->first.second, change->second);
    for (const auto& [key, row] : merged)
        if (!TRY(visit(key, row)))
            break;
    return {};
}

// ---- changing --------------------------------------------------------------------------------

void PendingRows::begin(Revision first, Revision last, Timestamp recorded_at) {
    CHECK(changes_.empty(), "one commit is projected at a time");
    begun_ = {.first = first, .last = last, .recorded_at = recorded_at};
}

void PendingRows::put(Table table, std::string_view key, std::string row) {
    changes_.insert_or_assign({table, std::string(key)}, std::move(row));
}

void PendingRows::remove(Table table, std::string_view key) {
    changes_.insert_or_assign({table, std::string(key)}, std::nullopt);
}

void PendingRows::keep(std::string key, std::string value) {
    bytes_ += key.size() + value.size();
    rows_.insert_or_assign(std::move(key), std::move(value));
}

void PendingRows::commit() {
    for (auto& [place, row] : changes_) {
        const auto& [table, key] = place;
        keep(history_key(line_, table, key, begun_.last), history_value(row));
        if (has_current_rows(table))
            keep(current_key(line_, table, key), row ? std::move(*row) : std::string());
        begun_.changed.push_back(place);
    }
    changes_.clear();
    keep(commit_key(line_, begun_.last), encode_commit(begun_));
    last_ = begun_.last;
    newest_ = std::move(begun_);
}

void PendingRows::abandon() { changes_.clear(); }

void PendingRows::set_root(const Hash& root) {
    CHECK(last_ > 0, "a root follows a commit");
    newest_.root = root;
    keep(commit_key(line_, last_), encode_commit(newest_));
}

} // namespace daybook::projections
