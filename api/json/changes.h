// Field changes as every answer shows them: [{pointer, before, after}].
#pragma once

#include "projections/difference.h"

namespace daybook::api {

inline Json to_json_changes(const std::vector<projections::FieldChange>& changes) {
    JsonArray items;
    for (const projections::FieldChange& change : changes) {
        Json item;
        item.set("pointer", change.pointer);
        item.set("before", change.before);
        item.set("after", change.after);
        items.push_back(std::move(item));
    }
    return items;
}

} // namespace daybook::api
