// A recorded event as answers show it, and the history items made from it.
#pragma once

#include "api/present/form.h"
#include "api/routing/call.h"
#include "api/schema.h"

namespace daybook::api {

// GET …/events/{n}: {epoch, revision, commit, id, type, schema_version, entity, touches,
// recorded_at, effective_on, actor, reason, source, leaf, sentence, live, data}. `live`: it still
// counts today (engine/command/live_versions.h).
Json show_event(const RecordedEvent& recorded, const std::string& stored_bytes, bool live,
                Language language, int digits);
Schema event_schema();

Json show_actor(const Actor& actor);
Schema actor_schema();

// {kind, id}
Json show_entity(EntityRef thing);
Schema entity_schema();

// One line of history: what happened, and what it changed in the thing.
Json show_history_item(const RecordedEvent& recorded, const std::vector<FieldChange>& changes,
                       Language language, int digits);
Schema history_schema();

} // namespace daybook::api
