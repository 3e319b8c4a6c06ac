#include "events/json_difference.h"

namespace daybook {
namespace {

const std::string* id_of(const Json& item) {
    const Json* id = item.find("id");
    return id ? id->if_string() : nullptr;
}

const Json kNothing;

void compare(const Json& before, const Json& after, const std::string& pointer,
             std::vector<FieldChange>& changes);

void compare_objects(const Json& before, const Json& after, const std::string& pointer,
                     std::vector<FieldChange>& changes) {
    if (const JsonObject* members = before.if_object())
        for (const auto& [name, value] : *members) {
            const Json* now = after.find(name);
            compare(value, now ? *now : kNothing, pointer + "/" + to_pointer_token(name), changes);
        }
    if (const JsonObject* members = after.if_object())
        for (const auto& [name, value] : *members)
            if (!before.find(name))
                compare(kNothing, value, pointer + "/" + to_pointer_token(name), changes);
}

const Json* find_by_id(const JsonArray& items, const std::string& id) {
    for (const Json& item : items)
        if (const std::string* other = id_of(item); other && *other == id)
            return &item;
    return nullptr;
}

// Items with ids are named by them; the others by position.
void compare_arrays(const JsonArray& before, const JsonArray& after, const std::string& pointer,
                    std::vector<FieldChange>& changes) {
    for (std::size_t i = 0; i < before.size(); ++i) {
        const std::string* id = id_of(before[i]);
        const Json* now = id ? find_by_id(after, *id) : i < after.size() ? &after[i] : nullptr;
        compare(before[i], now ? *now : kNothing, pointer + "/" + (id ? *id : std::to_string(i)),
                changes);
    }
    for (std::size_t i = 0; i < after.size(); ++i) {
        const std::string* id = id_of(after[i]);
        const bool is_new = id ? !find_by_id(before, *id) : i >= before.size();
        if (is_new)
            compare(kNothing, after[i], pointer + "/" + (id ? *id : std::to_string(i)), changes);
    }
}

void compare(const Json& before, const Json& after, const std::string& pointer,
             std::vector<FieldChange>& changes) {
    if (before == after)
        return;
    const bool objects =
        (before.is_object() || before.is_null()) && (after.is_object() || after.is_null());
    const bool arrays =
        (before.is_array() || before.is_null()) && (after.is_array() || after.is_null());
    static const JsonArray kEmpty;
    if (objects)
        compare_objects(before, after, pointer, changes);
    else if (arrays)
        compare_arrays(before.is_array() ? *before.if_array() : kEmpty,
                       after.is_array() ? *after.if_array() : kEmpty, pointer, changes);
    else
        changes.push_back({pointer, before, after});
}

} // namespace

std::vector<FieldChange> changes_between(const Json& before, const Json& after) {
    std::vector<FieldChange> changes;
    compare(before, after, "", changes);
    return changes;
}

} // namespace daybook
