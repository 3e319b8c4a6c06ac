// Verbs on one document: POST …/{id}/issue and its like. Each is a body that becomes a command; If-
// Match, the reason and the answer are the same for all.
#pragma once

#include "api/handlers/reading_body.h"
#include "api/handlers/resource.h"

#include <functional>
#include <string>

namespace daybook::api {

// What a verb is asked of, and what reading its body adds.
struct Asked {
    const Call& call;
    Uuid id;
    std::string reason; // Stands in the envelope of what happens.

    template <class TypedIdT>
    TypedIdT fresh() const {
        return TypedIdT{call.service.ids().next_id()};
    }
    // …/write-offs/{write_off}: nil when the segment is no id, which then names nothing.
    Uuid segment(std::string_view name) const { return call.id(name).value_or(Uuid{}); }
    std::string read_reason(Input& input) {
        return reason = input.text("reason", Need::optional, 2'000);
    }
};

using ReadVerb = std::function<domain::Command(Input&, Asked&)>;

// A row of the table of routes: POST <item>/<verb>, answering with the thing.
Route verb_route(const Resource& resource, std::string_view verb, std::string_view summary,
                 Permission permission, Schema request, ReadVerb read);

// What never was is 404, whatever else is wrong with the request. What went back by a rollback is
// left to the sequencer, which first looks whether this very request was answered before.
std::expected<void, Problem> was_ever_there(const Call& call, EntityRef thing);

// {tags?, private_note?} of an annotation. What is left out stays as it is; null is none.
struct Annotation {
    std::vector<std::string> tags;
    std::optional<Hash> private_note;
};
struct Annotated {
    Annotation before; // Of the thing as it stands.
    std::function<domain::Command(const Annotation&)> command;
};
// `find` makes of the state how it is annotated.
Route annotate_route(const Resource& resource,
                     std::function<Annotated(const domain::State&, const Uuid&)> find);

} // namespace daybook::api
