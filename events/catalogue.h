// The catalogue: one row an event, saying its name, its thing, whether a rollback keeps it, and
// the sentence that tells it to a person, in English and in French.
#pragma once

#include "events/event.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace daybook {

// What a rollback does with a thing that has such an event after the target (domain.md 2, *).
enum class Kept {
    no,           // The thing goes back.
    always,       // Irrevocable.
    once_touched, // An import: irrevocable from the moment something native refers to it.
};

enum class Language { english, french };

struct EventInfo {
    std::string_view name;
    EntityKind entity; // none: any thing
    Kept kept;
    // Placeholders name fields by path: "Invoice {frozen.number} was issued".
    std::string_view english;
    std::string_view french;
};

// Indexed by Event::index().
std::span<const EventInfo> catalogue();
const EventInfo& info_of(const Event& event);
std::optional<std::size_t> find_event_type(std::string_view name);

// One sentence for a person. `digits` are the minor digits of amounts whose currency the event
// does not carry itself.
std::string sentence(const Event& event, Language language, int digits);

} // namespace daybook
