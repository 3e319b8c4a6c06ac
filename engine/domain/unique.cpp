#include "engine/domain/unique.h"

#include "events/base/reflect.h"

namespace daybook::domain {

Allowed free_for(const Books& books, std::string_view claim, EntityRef thing, std::string pointer) {
    const std::optional<EntityRef> holder = books.claimant(claim);
    if (!holder || *holder == thing)
        return {};
    Refusal refusal{Code::code_taken, {}, {}, {}};
    const std::string kind = enum_name(holder->kind);
    refusal.faults = {
        {std::move(pointer), Code::code_taken, "held by " + kind + " " + to_text(holder->id)}};
    refusal.facts = {{"held_by_kind", kind}, {"held_by_id", to_text(holder->id)}};
    return std::unexpected(std::move(refusal));
}

} // namespace daybook::domain
