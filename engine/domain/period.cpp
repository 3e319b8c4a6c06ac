#include "engine/domain/period.h"

#include "events/base/check.h"
#include "events/base/planted.h"

#include <algorithm>

namespace daybook::domain {
namespace {

EntityRef lock_ref(Uuid id) { return {EntityKind::period, id}; }

// The latest lock in force, one of them left out.
std::optional<Date> locked_without(const Books& books, std::optional<Uuid> left_out) {
    std::optional<Date> latest;
    for (const Uuid& id : books.all(EntityKind::period)) {
        const auto* lock = books.get<PeriodState>(EntityKind::period, id);
        if (lock && !lock->lifted && id != left_out)
            latest = std::max(latest, std::optional(lock->through));
    }
    return latest;
}

} // namespace

std::optional<Date> locked_through(const Books& books) { return locked_without(books, {}); }

Allowed not_locked(const Books& books, Date on, std::string pointer) {
    const std::optional<Date> through = locked_through(books);
    if (!through || on > *through || planted("locks are not looked at"))
        return {};
    Refusal refusal{Code::period_locked, {}, {}, {{"locked_through", to_text(*through)}}};
    refusal.faults.push_back(
        {std::move(pointer), Code::period_locked,
         to_text(on) + " lies in the books locked through " + to_text(*through)});
    return std::unexpected(std::move(refusal));
}

Allowed date_is_open(const Books& books, Date on, const Circumstances& circumstances,
                     std::string pointer) {
    if (on > circumstances.today)
        return refuse_for({{std::move(pointer), Code::dated_in_future,
                            to_text(on) + " is after today, " + to_text(circumstances.today)}});
    return not_locked(books, on, std::move(pointer));
}

Decision decide(const Books& books, const LockPeriod& command, const Circumstances& circumstances) {
    CHECK(!books.find(lock_ref(command.id)), "the id of a new lock is new");
    if (command.through > circumstances.today)
        return refuse_for(
            {{"/through", Code::dated_in_future,
              to_text(command.through) + " is after today, " + to_text(circumstances.today)}});
    const std::optional<Date> current = locked_through(books);
    if (current && command.through <= *current)
        return refuse_for({{"/through", Code::lock_not_later,
                            "the books are locked through " + to_text(*current) + " already"}});
    return happens(lock_ref(command.id), PeriodLocked{command.through, current});
}

Decision decide(const Books& books, const UnlockPeriod& command, const Circumstances&) {
    const auto* lock = books.get<PeriodState>(EntityKind::period, command.id);
    if (!lock || lock->lifted)
        return refuse(Code::lock_not_found);
    TRY(reason_given(command.reason));
    return happens(lock_ref(command.id),
                   PeriodUnlocked{locked_without(books, command.id), locked_through(books)});
}

} // namespace daybook::domain
