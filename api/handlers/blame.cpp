#include "api/handlers/blame.h"

#include "api/handlers/resource.h"
#include "api/or_problem.h"
#include "api/present/event.h"
#include "api/private_text.h"
#include "engine/command/fold.h"

#include <algorithm>

namespace daybook::api {
namespace {

struct Blamed {
    std::string pointer;
    Json value;
    Envelope set_by;
    std::optional<Revision> returned_at;
};

// Fields in order of appearance.
class Blaming {
  public:
    Blaming(int digits, const Unseal& unseal) : digits_(digits), unseal_(unseal) {}

    Result<void> set(const domain::State& before, const domain::State& after, const Envelope& by) {
        for (auto& change : TRY(changes_between(before, after, digits_, unseal_))) {
            std::erase_if(fields_, [&](const Blamed& f) { return f.pointer == change.pointer; });
            if (!change.after.is_null())
                fields_.push_back({change.pointer, std::move(change.after), by, std::nullopt});
        }
        return {};
    }
    // The values are those of before, but what lay between had changed some of them.
    Result<void> returned(const domain::State& between, const domain::State& now, Revision at) {
        for (const auto& change : TRY(changes_between(between, now, digits_, unseal_))) {
            const auto field = std::ranges::find(fields_, change.pointer, &Blamed::pointer);
            if (field != fields_.end())
                field->returned_at = at;
        }
        return {};
    }
    const std::vector<Blamed>& fields() const { return fields_; }

  private:
    int digits_;
    const Unseal& unseal_;
    std::vector<Blamed> fields_;
};

// Along the path that leads to the version, on which what was taken back does not lie.
Result<std::vector<Blamed>> blame_fields(Version version, const command::VersionReader& read,
                                         int digits, const Unseal& unseal) {
    Blaming blaming(digits, unseal);
    command::FoldedVersions folded(read);
    domain::State state;
    for (const RecordedEvent& recorded : TRY(command::path_to(version, read))) {
        const Envelope& envelope = recorded.envelope;
        domain::State after = TRY(folded.at(envelope.entity_version));
        if (std::holds_alternative<Returned>(recorded.event))
            TRY(blaming.returned(TRY(folded.at(envelope.entity_version - 1)), after,
                                 envelope.revision));
        else
            TRY(blaming.set(state, after, envelope));
        state = std::move(after);
    }
    return blaming.fields();
}

Reply blame_of(const Call& call, const CompanyView& view, EntityRef thing) {
    const projections::EntityRow row = TRY(find_thing(view, thing));
    const auto read = [&](Version version) {
        return command::read_version(call.service.log(), view.where.line, thing, version);
    };
    const Unseal unseal = unsealing(call.service.log(), view.where.line);
    JsonArray items;
    for (const Blamed& field :
         TRY(or_problem(blame_fields(row.version, read, view.digits, unseal)))) {
        Json item;
        item.set("pointer", field.pointer);
        item.set("value", field.value);
        item.set("revision", field.set_by.revision);
        item.set("at", to_text(field.set_by.recorded_at));
        item.set("actor", show_actor(field.set_by.actor));
        item.set("event", field.set_by.type);
        item.set("returned_at", field.returned_at ? Json(*field.returned_at) : Json());
        items.push_back(std::move(item));
    }
    return json_response(200, items, view);
}

} // namespace

Reply blame(const Call& call, EntityKind kind) {
    const CompanyView view = TRY(open_company(call));
    return blame_of(call, view, {kind, TRY(call.id("id"))});
}

Reply blame_of_company(const Call& call) {
    const CompanyView view = TRY(open_company(call));
    return blame_of(call, view, {EntityKind::company, view.where.book.value});
}

Schema blame_schema() {
    using namespace schema;
    return array(object({{"pointer", text()},
                         {"value", any()},
                         {"revision", integer()},
                         {"at", instant()},
                         {"actor", actor_schema()},
                         {"event", text()},
                         {"returned_at", nullable(integer())}}));
}

} // namespace daybook::api
