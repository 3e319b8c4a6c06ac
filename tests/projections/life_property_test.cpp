// The whole of it, over long lives: a person works at random, the sequencer decides, the log keeps,
// the views show. At every commit end that is looked at, what is shown as of then is the plainest
// fold of the events and has the state hash it had at the time; rows built anew are the same rows;
// and what is undone at once is as if it had not been.
#include "engine/adapters/posix_files.h"
#include "engine/command/log_timeline.h"
#include "tests/engine/command/desk.h"
#include "tests/projections/expectations.h"
#include "tests/support/count.h"
#include "tests/support/keeper.h"
#include "tests/support/temp_directory.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::tests {
namespace {

constexpr std::size_t kMomentsMax = 12;

class Life {
  public:
    Life() {
        open_views();
        desk_.views = [this](log::LineNumber line, std::span<const RecordedEvent> commit,
                             const Hash& root) {
            if (line == log::kInstanceLine)
                return;
            views_->apply(line, commit, root);
            now_.first = now_.revision + 1;
            now_.revision += commit.size();
            now_.recorded_at = commit.front().envelope.recorded_at;
            for (const RecordedEvent& event : commit) {
                fold_.add(now_, event);
                keeper_.note(event.envelope.entity);
            }
        };
        desk_.open_books();
    }

    void live() {
        const command::LogTimeline timeline(desk_.log, desk_.line().line);
        domain::Command command = keeper_.next(timeline);
        const bool goes_back = std::holds_alternative<domain::RollBack>(command);
        const auto before = goes_back ? std::optional(state_hash()) : std::nullopt;
        const command::Outcome outcome = desk_.ask(asking(std::move(command)));
        RC_ASSERT(!std::holds_alternative<Error>(outcome));
        const auto* done = std::get_if<command::Committed>(&outcome);
        if (before && done && done->first > 0 && !credits(*done))
            undo_and_undo(*before);
        if (roll(60) == 0)
            look();
        if (roll(200) == 0)
            restart();
    }

    // Remembers this moment, to come back to it later.
    void look() {
        catch_up();
        expect_all(*ok(views_->snapshot(kLine)), now_);
        if (moments_.size() < kMomentsMax)
            moments_.emplace_back(now_, state_hash());
    }
    void look_back() {
        catch_up();
        for (const auto& [books, hash] : moments_) {
            const auto shown = ok(views_->snapshot_at(kLine, books.revision));
            expect_all(*shown, books);
            RC_ASSERT(ok(shown->state_hash()) == hash);
        }
    }
    // What is in memory is forgotten; sometimes the views are lost too, and commands go on while
    // nobody has built them again.
    void restart() {
        views_.reset();
        if (roll(2) == 0)
            std::filesystem::remove_all(directory_ / "views");
        open_views();
        desk_.reopen();
    }
    void build_anew() {
        const Hash hash = state_hash();
        ok(views_->rebuild([](const projections::Progress&) {}));
        RC_ASSERT(state_hash() == hash);
    }

  private:
    void open_views() {
        views_ = ok(projections::open_views(files_, directory_.path(), kRealm, desk_.log, {}));
    }
    void catch_up() {
        while (!ok(views_->catch_up_step())) {
        }
    }
    Hash state_hash() {
        catch_up();
        return ok(ok(views_->snapshot(kLine))->state_hash());
    }
    static bool credits(const command::Committed& done) {
        return std::ranges::any_of(done.events, [](const RecordedEvent& event) {
            return std::holds_alternative<CreditNoteIssued>(event.event);
        });
    }
    // As if nothing had happened; then as it was.
    void undo_and_undo(const Hash& before) {
        const Hash after = state_hash();
        for (const Hash& wanted : {before, after}) {
            committed(desk_.ask(asking(domain::UndoCommit{desk_.head(), "after all", {}})));
            RC_ASSERT(state_hash() == wanted);
        }
    }

    TempDirectory directory_;
    PosixFiles files_;
    Desk desk_;
    std::unique_ptr<projections::Views> views_;
    Keeper keeper_;
    NaiveFold fold_;
    NaiveBooks now_;
    std::vector<std::pair<NaiveBooks, Hash>> moments_;
};

RC_GTEST_PROP(Life, IsShownAtEveryMomentAsThePlainFoldSays, ()) {
    Life life;
    const auto longest = static_cast<int>(number_in("DAYBOOK_COMMANDS", 120));
    for (int commands = *rc::gen::inRange(0, longest); commands > 0; --commands)
        life.live();
    life.look();
    life.look_back();
    life.build_anew();
    life.look_back();
}

} // namespace
} // namespace daybook::tests
