// The schemas as plain values, so that they can be compared: read from .fbs files by flatc, or made
// from the descriptions of the C++ structs.
#pragma once

#include "tests/events/sample.h"

#include <map>
#include <string>
#include <vector>

namespace daybook::tests {

struct SchemaField {
    std::string name;
    std::string type; // "long", "string", "[Tax]", "enum Nature", "struct Uuid"
    bool nullable = false;

    bool operator==(const SchemaField&) const = default;
};

// By name; fields in the order of their numbers, enumerators in that of their values, from 0.
struct Schema {
    std::map<std::string, std::vector<SchemaField>> tables;
    std::map<std::string, std::vector<std::string>> enums;

    FieldCounts field_counts() const;
};

// What events/event.h describes: every event, the envelope, and all that they hold.
Schema described_schema();
// What <folder>/events.fbs and all that it includes say.
Schema read_schema(const std::string& folder);

// Why a record of the older schema would be misread under the newer one; empty when it would not.
// Stricter than `flatc --conform`, which lets tables and fields vanish and change their names.
std::vector<std::string> evolution_faults(const Schema& older, const Schema& newer);

} // namespace daybook::tests
