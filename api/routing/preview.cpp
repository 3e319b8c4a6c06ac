#include "api/routing/preview.h"

#include "events/catalogue.h"
#include "events/json_walk.h"

namespace daybook::api {
namespace {

constexpr int kUsualDigits = 2; // Of amounts in events of no company.

Json show_planned(const domain::NewEvent& event, Language language, int digits) {
    Json entity;
    entity.set("kind", enum_name(event.thing.kind));
    entity.set("id", to_text(event.thing.id));
    Json json;
    json.set("type", info_of(event.event).name);
    json.set("entity", std::move(entity));
    json.set("sentence", sentence(event.event, language, digits));
    json.set("data", event_to_json(event.event, digits));
    return json;
}

std::optional<std::string> number_preview(const std::vector<domain::NewEvent>& events) {
    for (const domain::NewEvent& event : events) {
        if (const auto* issued = std::get_if<InvoiceIssued>(&event.event))
            return issued->frozen.number;
        if (const auto* issued = std::get_if<CreditNoteIssued>(&event.event))
            return issued->frozen.number;
    }
    return std::nullopt;
}

} // namespace

Json show_preview(Preview preview, Language language, int digits) {
    JsonArray events;
    for (const domain::NewEvent& event : preview.events)
        events.push_back(show_planned(event, language, digits));
    Json body;
    body.set("result", std::move(preview.result));
    body.set("events", std::move(events));
    body.set("diff", std::move(preview.diff));
    if (const auto number = number_preview(preview.events))
        body.set("number_preview", *number);
    return body;
}

Response preview_response(const Call& call, Preview preview) {
    return json_response(200, show_preview(std::move(preview), call.language, kUsualDigits));
}

Result<Json> show_prospect(const command::Prospect& prospect, int digits, const Unseal& unseal) {
    const auto changes = TRY(changes_between(prospect.before, prospect.after, digits, unseal));
    const char* stays = domain::exists(prospect.after) ? "changed" : "removed";
    Json item;
    item.set("kind", enum_name(prospect.thing.kind));
    item.set("id", to_text(prospect.thing.id));
    item.set("change", domain::exists(prospect.before) ? stays : "added");
    item.set("changes", to_json_changes(changes));
    return item;
}

Schema schema::preview_schema() {
    const Schema event =
        named("PlannedEvent",
              object({{"type", text()}, {"entity", any()}, {"sentence", text()}, {"data", any()}}));
    const Schema change = named(
        "Prospect",
        object({{"kind", text()},
                {"id", uuid()},
                {"change", text_of({"added", "changed", "removed"})},
                {"changes",
                 array(object({{"pointer", text()}, {"before", any()}, {"after", any()}}))}}));
    return named("Preview", object({{"result", any()},
                                    {"events", array(event)},
                                    {"diff", array(change)},
                                    optional("number_preview", text())}));
}

} // namespace daybook::api
