#include "api/present/event.h"

#include "api/json/party_json.h"
#include "engine/domain/traces.h"
#include "engine/log/merkle.h"
#include "events/catalogue.h"
#include "events/json_walk.h"

namespace daybook::api {
namespace {

using namespace schema;

Json show_commit(const Envelope& envelope) {
    Json commit;
    commit.set("first", envelope.commit_first);
    commit.set("last", envelope.commit_last);
    return commit;
}

Schema commit_schema() { return object({{"first", integer()}, {"last", integer()}}); }

} // namespace

Json show_entity(EntityRef thing) {
    Json json;
    json.set("kind", enum_name(thing.kind));
    json.set("id", to_text(thing.id));
    return json;
}

Schema entity_schema() { return named("Entity", object({{"kind", text()}, {"id", uuid()}})); }

Json show_actor(const Actor& actor) {
    Json json;
    json.set("kind", enum_name(actor.kind));
    json.set("name", text_or_null(actor.name));
    json.set("asserted", actor.asserted);
    return json;
}

Schema actor_schema() {
    return named(
        "Actor",
        object({{"kind", text()}, {"name", text_or_null_schema()}, {"asserted", boolean()}}));
}

Json show_event(const RecordedEvent& recorded, const std::string& stored_bytes, bool live,
                Language language, int digits) {
    const Envelope& envelope = recorded.envelope;
    Json entity = show_entity(envelope.entity);
    entity.set("version", envelope.entity_version);
    JsonArray touches;
    for (const EntityRef touched : domain::touched_by(recorded.event))
        touches.push_back(show_entity(touched));
    Json json;
    json.set("epoch", envelope.epoch);
    json.set("revision", envelope.revision);
    json.set("commit", show_commit(envelope));
    json.set("id", to_text(envelope.event_id));
    json.set("type", envelope.type);
    json.set("schema_version", envelope.schema_version);
    json.set("entity", std::move(entity));
    json.set("touches", std::move(touches));
    json.set("recorded_at", to_text(envelope.recorded_at));
    json.set("effective_on", date_or_null(envelope.effective_on));
    json.set("actor", show_actor(envelope.actor));
    json.set("reason", text_or_null(envelope.reason));
    json.set("source", to_json_value(envelope.source, digits));
    json.set("leaf", to_hex(log::leaf_hash(stored_bytes)));
    json.set("sentence", sentence(recorded.event, language, digits));
    json.set("live", live);
    json.set("data", event_to_json(recorded.event, digits));
    return json;
}

Schema event_schema() {
    return named(
        "Event",
        object({{"epoch", integer()},
                {"revision", integer()},
                {"commit", commit_schema()},
                {"id", uuid()},
                {"type", text()},
                {"schema_version", integer()},
                {"entity", object({{"kind", text()}, {"id", uuid()}, {"version", integer()}})},
                {"touches", array(entity_schema())},
                {"recorded_at", instant()},
                {"effective_on", date_or_null_schema()},
                {"actor", actor_schema()},
                {"reason", text_or_null_schema()},
                {"source", any()},
                {"leaf", hex()},
                {"sentence", text()},
                {"live", boolean()},
                {"data", any()}}));
}

Json show_history_item(const RecordedEvent& recorded, const std::vector<FieldChange>& changes,
                       Language language, int digits) {
    const Envelope& envelope = recorded.envelope;
    Json entity = show_entity(envelope.entity);
    entity.set("version", envelope.entity_version);
    Json json;
    json.set("revision", envelope.revision);
    json.set("commit", show_commit(envelope));
    json.set("at", to_text(envelope.recorded_at));
    json.set("actor", show_actor(envelope.actor));
    json.set("event", envelope.type);
    json.set("sentence", sentence(recorded.event, language, digits));
    json.set("reason", text_or_null(envelope.reason));
    json.set("entity", std::move(entity));
    json.set("source", to_json_value(envelope.source, digits));
    json.set("changes", to_json_changes(changes));
    return json;
}

Schema history_schema() {
    return named(
        "HistoryItem",
        object({{"revision", integer()},
                {"commit", commit_schema()},
                {"at", instant()},
                {"actor", actor_schema()},
                {"event", text()},
                {"sentence", text()},
                {"reason", text_or_null_schema()},
                {"entity", object({{"kind", text()}, {"id", uuid()}, {"version", integer()}})},
                {"source", any()},
                {"changes",
                 array(object({{"pointer", text()}, {"before", any()}, {"after", any()}}))}}));
}

} // namespace daybook::api
