#include "projections/moment.h"

#include "engine/command/fold.h"
#include "engine/log/big_endian.h"
#include "projections/later_keys.h"

#include <limits>

namespace daybook::projections {
namespace {

// A few steps are cheaper than one seek.
constexpr int kStepsNearby = 8;

bool is_version_of(const RowCursor& cursor, std::string_view history_prefix_of_key) {
    return cursor.valid() && cursor.key().size() == history_prefix_of_key.size() + kRevisionBytes
           && cursor.key().starts_with(history_prefix_of_key);
}

std::string with_revision(std::string_view prefix, Revision revision) {
    std::string key(prefix);
    append_history_revision(key, revision);
    return key;
}

// From any version of a key to the first row after all of them.
void step_over_versions(RowCursor& cursor, std::string_view key) {
    for (int step = 0; step < kStepsNearby; ++step) {
        cursor.next();
        if (!is_version_of(cursor, key))
            return;
    }
    cursor.seek(with_revision(key, 0)); // Revision 0 lies behind all and does not exist.
}

// From any version of a key to the last row before all of them.
void step_back_over_versions(RowCursor& cursor, std::string_view key) {
    for (int step = 0; step < kStepsNearby; ++step) {
        cursor.previous();
        if (!is_version_of(cursor, key))
            return;
    }
    cursor.seek_before(with_revision(key, std::numeric_limits<Revision>::max()));
}

// The physical key behind a range of a table; an empty `until` is no bound.
std::string end_of(const std::string& all, std::string_view until) {
    return until.empty() ? after_prefix(all) : all + std::string(until);
}

Result<std::optional<CommitRow>> commit_at(const RowCursor& cursor, log::LineNumber line) {
    if (!cursor.valid() || !cursor.key().starts_with(commit_prefix(line))) {
        TRY(cursor.status());
        return std::nullopt;
    }
    return TRY(decode_commit(cursor.key(), cursor.value()));
}

} // namespace

// ---- commits ---------------------------------------------------------------------------------

Result<std::optional<CommitRow>> commit_ending_by(const PinnedRows& rows, log::LineNumber line,
                                                  Revision revision) {
    RowCursor& cursor = rows.finder();
    std::string bound = commit_key(line, revision);
    bound += '\0';
    cursor.seek_before(bound);
    return commit_at(cursor, line);
}

Result<std::optional<CommitRow>> commit_reaching(const PinnedRows& rows, log::LineNumber line,
                                                 Revision revision) {
    RowCursor& cursor = rows.finder();
    cursor.seek(commit_key(line, revision));
    return commit_at(cursor, line);
}

Result<std::optional<CommitRow>> newest_commit(const PinnedRows& rows, log::LineNumber line) {
    return commit_ending_by(rows, line, std::numeric_limits<Revision>::max());
}

Result<std::vector<log::LineNumber>> lines_shown(const PinnedRows& rows) {
    std::vector<log::LineNumber> lines;
    RowCursor& cursor = rows.finder();
    for (cursor.seek("l"); cursor.valid() && cursor.key().starts_with('l');) {
        const auto line = log::read_big_endian<log::LineNumber>(cursor.key(), 1);
        lines.push_back(line);
        cursor.seek(after_prefix(commit_prefix(line)));
    }
    TRY(cursor.status());
    return lines;
}

// ---- rows at a moment ------------------------------------------------------------------------

struct Moment::Range {
    std::string_view from;
    std::string_view until;
    Direction direction;

    bool ends_before(std::string_view key) const { return !until.empty() && key >= until; }
};

Moment::Moment(std::shared_ptr<const PinnedRows> rows, const log::LogReader& log,
               log::LineNumber line)
    : rows_(std::move(rows)),
      log_(log),
      line_(line),
      revision_(std::numeric_limits<Revision>::max()),
      now_(true) {}

Moment::Moment(std::shared_ptr<const PinnedRows> rows, const log::LogReader& log,
               log::LineNumber line, Revision revision)
    : rows_(std::move(rows)), log_(log), line_(line), revision_(revision), now_(false) {}

Result<std::optional<std::string>> Moment::get(Table table, std::string_view key) const {
    ++rows_examined_;
    if (reads_current(table))
        return rows_->get(current_key(line_, table, key));
    const std::string prefix = history_prefix(line_, table, key);
    RowCursor& finder = rows_->finder();
    finder.seek(with_revision(prefix, revision_));
    if (!is_version_of(finder, prefix)) {
        TRY(finder.status());
        return std::nullopt;
    }
    const auto row = row_of_history_value(finder.value());
    return row ? std::optional<std::string>(*row) : std::nullopt;
}

Result<std::optional<PlacedThing>> Moment::place(EntityRef thing) const {
    const auto first = TRY(command::first_revision(log_, line_, thing));
    return first ? std::optional(PlacedThing{thing, *first}) : std::nullopt;
}

Result<void> Moment::scan(Table table, std::string_view from, std::string_view until,
                          Direction direction, const Visit& visit) const {
    const Range range{from, until, direction};
    if (reads_current(table))
        return scan_current(table, range, visit);
    return direction == Direction::forward ? scan_history(table, range, visit)
                                           : scan_history_back(table, range, visit);
}

Result<void> Moment::scan_current(Table table, const Range& range, const Visit& visit) const {
    const std::string all = current_key(line_, table, {});
    const bool forward = range.direction == Direction::forward;
    RowCursor cursor = rows_->cursor();
    if (forward)
        cursor.seek(all + std::string(range.from));
    else
        cursor.seek_before(end_of(all, range.until));
    while (cursor.valid() && cursor.key().starts_with(all)) {
        const std::string_view key = cursor.key().substr(all.size());
        if (forward ? range.ends_before(key) : key < range.from)
            break;
        ++rows_examined_;
        if (!TRY(visit(key, cursor.value())))
            break;
        forward ? cursor.next() : cursor.previous();
    }
    return cursor.status();
}

Result<void> Moment::scan_history(Table table, const Range& range, const Visit& visit) const {
    const std::string all = history_prefix(line_, table, {});
    LaterKeys later(*this, table, revision_);
    RowCursor cursor = rows_->cursor();
    cursor.seek(all + std::string(range.from));
    while (cursor.valid() && cursor.key().starts_with(all)) {
        const std::string key(logical_key(cursor.key()));
        if (range.ends_before(key))
            break;
        ++rows_examined_;
        const std::string versions = all + key;
        if (revision_of_history_key(cursor.key()) > revision_)
            cursor.seek(with_revision(versions, revision_)); // Newer than the moment.
        if (!is_version_of(cursor, versions)) {
            if (const auto stretch = TRY(later.around(key)))
                cursor.seek(end_of(all, stretch->until));
            continue;
        }
        if (const auto row = row_of_history_value(cursor.value()); row && key >= range.from)
            if (!TRY(visit(key, *row)))
                break;
        step_over_versions(cursor, versions);
    }
    return cursor.status();
}

Result<void> Moment::scan_history_back(Table table, const Range& range, const Visit& visit) const {
    const std::string all = history_prefix(line_, table, {});
    RowCursor cursor = rows_->cursor();
    cursor.seek_before(end_of(all, range.until));
    LaterKeys later(*this, table, revision_);
    while (cursor.valid() && cursor.key().starts_with(all)) {
        // Here stands the oldest version of a key; the newest one wanted lies before it.
        const std::string key(logical_key(cursor.key()));
        if (key < range.from)
            break;
        ++rows_examined_;
        const std::string versions = all + key;
        if (revision_of_history_key(cursor.key()) > revision_) {
            if (const auto stretch = TRY(later.around(key)))
                cursor.seek_before(all + stretch->from);
            else
                step_back_over_versions(cursor, versions);
            continue;
        }
        std::optional<std::string> row;
        int steps = 0;
        for (; steps < kStepsNearby && is_version_of(cursor, versions)
               && revision_of_history_key(cursor.key()) <= revision_;
             ++steps) {
            const auto found = row_of_history_value(cursor.value());
            row = found ? std::optional<std::string>(*found) : std::nullopt;
            cursor.previous();
        }
        if (steps == kStepsNearby) {
            cursor.seek(with_revision(versions, revision_));
            const auto found = row_of_history_value(cursor.value());
            row = found ? std::optional<std::string>(*found) : std::nullopt;
        }
        if (is_version_of(cursor, versions))
            step_back_over_versions(cursor, versions);
        else if (!cursor.valid())
            TRY(cursor.status());
        if (row && !range.ends_before(key))
            if (!TRY(visit(key, *row)))
                break;
    }
    return cursor.status();
}

} // namespace daybook::projections
