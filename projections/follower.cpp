#include "projections/follower.h"

#include "events/codec/codec.h"

#include <fmt/format.h>

namespace daybook::projections {
namespace {

// A step projects this much before it writes. Sorted files pay off when they are large.
constexpr std::size_t kBatchBytes = 4 * 1024 * 1024;
constexpr std::size_t kSortedFileBytes = 48 * 1024 * 1024;

} // namespace

// ---- where the store stands ------------------------------------------------------------------

Result<bool> Follower::fits() const {
    const auto rows = store_->pin();
    for (const log::LineNumber line : TRY(lines_shown(*rows))) {
        const auto newest = TRY(newest_commit(*rows, line));
        const log::LineHead head = TRY(log_.head(line));
        if (!newest || !newest->root || newest->last > head.revision
            || TRY(log_.root_at(line, newest->last)) != *newest->root)
            return false;
    }
    return true;
}

Result<Revision> Follower::position(log::LineNumber line) {
    if (const auto known = positions_.find(line); known != positions_.end())
        return known->second;
    const auto newest = TRY(newest_commit(*store_->pin(), line));
    return positions_[line] = newest ? newest->last : 0;
}

Revision Follower::shown() const {
    Revision sum = 0;
    for (const auto& [line, revision] : positions_)
        sum += revision;
    return sum;
}

std::string Follower::stopped_lines() const {
    std::string all;
    for (const auto& [line, why] : stopped_)
        all += (all.empty() ? "" : "; ") + why;
    return all;
}

std::unique_ptr<PendingRows> Follower::begin_rows(log::LineNumber line) const {
    return std::make_unique<PendingRows>(std::make_unique<Moment>(store_->pin(), log_, line), line);
}

Result<void> Follower::store_rows(log::LineNumber line, PendingRows& rows, const Hash& root) {
    if (rows.last() == 0)
        return {};
    rows.set_root(root);
    TRY(writing_ == Writing::sorted_files ? store_->ingest(rows.rows())
                                          : store_->write(rows.rows()));
    positions_[line] = rows.last();
    return {};
}

// ---- one commit, as it happens ---------------------------------------------------------------

Result<void> Follower::apply(log::LineNumber line, std::span<const RecordedEvent> commit,
                             const Hash& root) {
    const Revision shown_before = TRY(position(line));
    if (stopped_.contains(line) || shown_before >= commit.back().envelope.revision)
        return {};
    if (shown_before + 1 != commit.front().envelope.revision)
        return catch_up_line(line, TRY(log_.head(line)).revision);
    const auto rows = begin_rows(line);
    if (auto done = Projector(log_, line).project(*rows, commit); !done) {
        if (is_of_disk(done.error()))
            return done;
        stopped_[line] = fmt::format("line {} stops: {}", line, done.error().what);
        return {};
    }
    return store_rows(line, *rows, root);
}

// ---- many commits, from the log --------------------------------------------------------------

Result<bool> Follower::step() {
    for (const log::LineNumber line : TRY(log_.lines())) {
        if (line == log::kInstanceLine || stopped_.contains(line))
            continue;
        const Revision head = TRY(log_.head(line)).revision;
        if (TRY(position(line)) >= head)
            continue;
        TRY(catch_up_line(line, head));
        return false;
    }
    return true;
}

// Whole commits, as many as one read gives; of a commit that it cuts, the rest as well.
Result<std::vector<RecordedEvent>> Follower::read_commits(log::LineNumber line,
                                                          Revision from) const {
    std::vector<RecordedEvent> events;
    for (bool whole = false; !whole;) {
        const auto records = TRY(log_.read(line, from + events.size(), {}));
        for (const log::StoredRecord& record : records) {
            auto event = decode_record(record.bytes);
            // What can be read before the broken one is shown; the next read begins with it.
            if (!event) {
                while (!events.empty() && events.back().envelope.commit_last >= record.revision)
                    events.pop_back();
                if (!events.empty())
                    return events;
                return std::unexpected(
                    event.error().within(fmt::format("revision {}", record.revision)));
            }
            events.push_back(*std::move(event));
        }
        whole = records.empty()
                || events.back().envelope.revision == events.back().envelope.commit_last;
        if (!whole && events.front().envelope.commit_last != events.back().envelope.commit_last) {
            while (events.back().envelope.commit_last > records.back().revision)
                events.pop_back();
            whole = true;
        }
    }
    return events;
}

// False when the line stops here.
Result<bool> Follower::project_next(log::LineNumber line, Projector& projector, PendingRows& rows,
                                    Revision from) {
    const auto stop = [&](const Error& error) -> Result<bool> {
        if (is_of_disk(error))
            return std::unexpected(error);
        stopped_[line] = fmt::format("line {} stops: {}", line, error.what);
        return false;
    };
    const auto events = read_commits(line, from);
    if (!events)
        return stop(events.error());
    if (events->empty())
        return stop({ErrorKind::corrupt,
                     fmt::format("revision {} is not there, though the log is longer", from)});
    for (std::span<const RecordedEvent> rest(*events); !rest.empty();) {
        const Envelope& first = rest.front().envelope;
        if (first.commit_last < first.revision || first.commit_last - first.revision >= rest.size())
            return stop(
                {ErrorKind::corrupt, fmt::format("revision {} says that its commit ends at {}",
                                                 first.revision, first.commit_last)});
        const std::size_t size = first.commit_last - first.revision + 1;
        if (auto done = projector.project(rows, rest.first(size)); !done)
            return stop(done.error());
        rest = rest.subspan(size);
    }
    return true;
}

Result<void> Follower::catch_up_line(log::LineNumber line, Revision head) {
    const std::size_t bytes_max =
        writing_ == Writing::sorted_files ? kSortedFileBytes : kBatchBytes;
    Revision shown_last = TRY(position(line));
    const auto rows = begin_rows(line);
    Projector projector(log_, line);
    while (shown_last < head && rows->bytes() < bytes_max) {
        if (!TRY(project_next(line, projector, *rows, shown_last + 1)))
            break;
        shown_last = rows->last();
    }
    if (rows->last() == 0)
        return {};
    return store_rows(line, *rows, TRY(log_.root_at(line, rows->last())));
}

} // namespace daybook::projections
