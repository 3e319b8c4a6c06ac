#include "api/merge_patch.h"

namespace daybook::api {

Json merge_patch(const Json& target, const Json& patch) {
    const JsonObject* members = patch.if_object();
    if (!members)
        return patch;
    JsonObject merged;
    if (const JsonObject* old = target.if_object())
        for (const auto& [name, value] : *old)
            if (!patch.find(name))
                merged.emplace_back(name, value);
    for (const auto& [name, value] : *members) {
        if (value.is_null())
            continue;
        const Json* old = target.find(name);
        merged.emplace_back(name, merge_patch(old ? *old : Json(), value));
    }
    return merged;
}

} // namespace daybook::api
