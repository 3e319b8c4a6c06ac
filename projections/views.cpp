#include "projections/views.h"

#include "projections/follower.h"
#include "projections/generations.h"
#include "projections/line_snapshot.h"

#include <algorithm>
#include <atomic>

namespace daybook::projections {
namespace {

class StoredViews final : public Views {
  public:
    StoredViews(Files& files, const std::string& directory, const Uuid& realm,
                const log::LogReader& log, const RowStoreOptions& options)
        : log_(log), generations_(files, directory, realm, options) {}

    Result<void> open();

    void apply(log::LineNumber line, std::span<const RecordedEvent> commit,
               const Hash& root) override;
    Result<bool> catch_up_step() override;
    Lag lag() const override;
    Result<void> rebuild(const std::function<void(const Progress&)>& progress) override;

    Result<std::unique_ptr<Snapshot>> snapshot(log::LineNumber line) const override;
    Result<std::unique_ptr<Snapshot>> snapshot_at(log::LineNumber line,
                                                  Revision revision) const override;
    Result<Revision> revision_at(log::LineNumber line, Timestamp at) const override;
    Result<std::pair<Revision, Revision>> commit_of(log::LineNumber line,
                                                    Revision revision) const override;
    std::uint64_t keys_written() const override;

  private:
    Result<bool> step();
    Result<bool> resume_writes();
    Result<void> begin_rebuild();
    Result<void> adopt_rebuilt();
    void tell(std::string write_trouble);
    Result<std::shared_ptr<const PinnedRows>> pin() const;
    Result<Revision> records_in_log() const;

    const log::LogReader& log_;
    Generations generations_;
    std::unique_ptr<Follower> current_;
    std::unique_ptr<Follower> rebuilding_;
    bool write_failed_ = false;
    bool rebuilt_ = false; // Since it was opened.

    // What other threads see.
    std::atomic<std::shared_ptr<RowStore>> shown_;
    std::atomic<std::shared_ptr<const Lag>> told_ = std::make_shared<const Lag>();
};

// ---- opening, rebuilding, switching ----------------------------------------------------------

Result<void> StoredViews::open() {
    if (auto store = TRY(generations_.open_current())) {
        auto follower = std::make_unique<Follower>(log_, store, Writing::batches);
        if (follower->fits().value_or(false)) { // Whatever is wrong, the log makes it good.
            current_ = std::move(follower);
            shown_ = current_->store();
        }
    }
    if (!current_)
        TRY(begin_rebuild());
    // There is nothing to wait for beside a log without books, or one that cannot be read.
    if (rebuilding_ && records_in_log().value_or(0) == 0)
        TRY(adopt_rebuilt());
    return {};
}

Result<void> StoredViews::begin_rebuild() {
    rebuilt_ = true;
    rebuilding_.reset();
    rebuilding_ =
        std::make_unique<Follower>(log_, TRY(generations_.begin_next()), Writing::sorted_files);
    tell({});
    return {};
}

Result<void> StoredViews::adopt_rebuilt() {
    std::shared_ptr<RowStore> store = rebuilding_->store();
    TRY(generations_.adopt_next(*store, current_ ? current_->store().get() : nullptr));
    current_ = std::make_unique<Follower>(log_, store, Writing::batches);
    rebuilding_.reset();
    shown_ = std::move(store);
    tell({});
    return {};
}

Result<void> StoredViews::rebuild(const std::function<void(const Progress&)>& progress) {
    const Revision total = TRY(records_in_log());
    TRY(begin_rebuild());
    while (rebuilding_) {
        progress({rebuilding_->shown(), total});
        TRY(catch_up_step());
    }
    progress({total, total});
    return {};
}

// ---- following -------------------------------------------------------------------------------

void StoredViews::apply(log::LineNumber line, std::span<const RecordedEvent> commit,
                        const Hash& root) {
    if (line == log::kInstanceLine || commit.empty() || !current_)
        return; // A rebuild reads it from the log.
    Result<void> done;
    if (write_failed_)
        done = current_->store()->resume();
    if (done)
        done = current_->apply(line, commit, root);
    tell(done ? std::string() : done.error().what);
}

Result<bool> StoredViews::catch_up_step() {
    auto done = step();
    tell(done ? std::string() : done.error().what);
    return done;
}

// After an error: true when the store takes writes again. One that never will is left to its
// readers, and another is built from the log.
Result<bool> StoredViews::resume_writes() {
    const Follower& follower = rebuilding_ ? *rebuilding_ : *current_;
    const auto resumed = follower.store()->resume();
    if (resumed)
        return true;
    if (resumed.error().kind == ErrorKind::busy)
        return std::unexpected(resumed.error());
    TRY(begin_rebuild());
    return false;
}

Result<bool> StoredViews::step() {
    if (write_failed_ && (rebuilding_ || current_) && !TRY(resume_writes()))
        return false;
    if (rebuilding_) {
        if (TRY(rebuilding_->step()))
            TRY(adopt_rebuilt());
        return false;
    }
    if (!current_) {
        TRY(begin_rebuild());
        return false;
    }
    if (!TRY(current_->step()))
        return false;
    if (current_->stopped_lines().empty() || rebuilt_)
        return true;
    // A row that was damaged on disk stops a line as an unreadable event does. Building again heals
    // the one, and shows the other for what it is.
    TRY(begin_rebuild());
    return false;
}

void StoredViews::tell(std::string write_trouble) {
    write_failed_ = !write_trouble.empty();
    Lag lag{.rebuilding = rebuilding_ != nullptr, .trouble = std::move(write_trouble)};
    const Follower* follower = rebuilding_ ? rebuilding_.get() : current_.get();
    if (lag.trouble.empty() && follower != nullptr)
        lag.trouble = follower->stopped_lines();
    told_ = std::make_shared<const Lag>(std::move(lag));
}

Result<Revision> StoredViews::records_in_log() const {
    Revision records = 0;
    for (const log::LineNumber line : TRY(log_.lines()))
        if (line != log::kInstanceLine)
            records += TRY(log_.head(line)).revision;
    return records;
}

Lag StoredViews::lag() const {
    Lag lag = *told_.load();
    const auto count_shown = [&]() -> Result<Revision> {
        Revision shown = 0;
        const auto rows = TRY(pin());
        for (const log::LineNumber line : TRY(lines_shown(*rows)))
            if (const auto newest = TRY(newest_commit(*rows, line)))
                shown += newest->last;
        return shown;
    };
    const Result<Revision> records = records_in_log();
    if (!records)
        lag.trouble = records.error().what;
    const Revision shown = count_shown().value_or(0);
    lag.behind = records.value_or(shown) - std::min(shown, records.value_or(shown));
    return lag;
}

// ---- showing ---------------------------------------------------------------------------------

Result<std::shared_ptr<const PinnedRows>> StoredViews::pin() const {
    const std::shared_ptr<RowStore> store = shown_;
    if (!store)
        return fail(ErrorKind::busy, "the views are being built again from the log");
    return std::shared_ptr<const PinnedRows>(store->pin());
}

Result<std::unique_ptr<Snapshot>> StoredViews::snapshot(log::LineNumber line) const {
    const auto rows = TRY(pin());
    const auto newest = TRY(newest_commit(*rows, line));
    return make_snapshot(std::make_unique<Moment>(rows, log_, line), newest ? newest->last : 0);
}

Result<std::unique_ptr<Snapshot>> StoredViews::snapshot_at(log::LineNumber line,
                                                           Revision revision) const {
    const auto rows = TRY(pin());
    const auto newest = TRY(newest_commit(*rows, line));
    const auto wanted = TRY(commit_ending_by(*rows, line, revision));
    const Revision last = wanted ? wanted->last : 0;
    auto moment = newest && newest->last == last ? std::make_unique<Moment>(rows, log_, line)
                                                 : std::make_unique<Moment>(rows, log_, line, last);
    return make_snapshot(std::move(moment), last);
}

// Commits rise in time as they do in revision, so the instant is searched for by halves.
Result<Revision> StoredViews::revision_at(log::LineNumber line, Timestamp at) const {
    const auto rows = TRY(pin());
    const auto newest = TRY(newest_commit(*rows, line));
    Revision found = 0;
    for (Revision low = 1, high = newest ? newest->last : 0; low <= high;) {
        const auto commit = TRY(commit_reaching(*rows, line, low + (high - low) / 2));
        if (!commit)
            return fail(ErrorKind::corrupt, "a change list of the views is missing");
        if (commit->recorded_at <= at) {
            found = commit->last;
            low = commit->last + 1;
        } else {
            high = commit->first - 1;
        }
    }
    return found;
}

Result<std::pair<Revision, Revision>> StoredViews::commit_of(log::LineNumber line,
                                                             Revision revision) const {
    const auto rows = TRY(pin());
    const auto commit = TRY(commit_reaching(*rows, line, revision));
    if (!commit || commit->first > revision)
        return fail(ErrorKind::invalid, "line " + std::to_string(line) + " shows no revision "
                                            + std::to_string(revision));
    return std::pair{commit->first, commit->last};
}

std::uint64_t StoredViews::keys_written() const {
    const std::shared_ptr<RowStore> store = shown_;
    return store ? store->keys_written() : 0;
}

} // namespace

Result<std::unique_ptr<Views>> open_views(Files& files, const std::string& directory,
                                          const Uuid& realm, const log::LogReader& log,
                                          const RowStoreOptions& options) {
    auto views = std::make_unique<StoredViews>(files, directory, realm, log, options);
    TRY(views->open());
    return views;
}

} // namespace daybook::projections
