// Holds an answer to the schema that its route publishes. Knows the words that api/schema.cpp
// writes and fails on any other, so that no rule is passed over in silence.
#pragma once

#include "api/schema.h"
#include "events/base/check.h"

#include <algorithm>
#include <optional>
#include <regex>
#include <string>

namespace daybook::tests {

inline std::optional<std::string> schema_fault(const Json& schema, const Json& value,
                                               const std::string& at = "");

inline bool has_type(const Json& value, const std::string& type) {
    if (type == "object")
        return value.is_object();
    if (type == "array")
        return value.is_array();
    if (type == "string")
        return value.is_string();
    if (type == "boolean")
        return value.is_bool();
    if (type == "null")
        return value.is_null();
    return type == "integer" && value.integer().has_value();
}

inline std::optional<std::string> object_fault(const Json& schema, const Json& value,
                                               const std::string& at) {
    const Json* properties = schema.find("properties");
    for (const auto& [name, member] : *value.if_object()) {
        const Json* rule = properties ? properties->find(name) : nullptr;
        if (!rule && schema.find("additionalProperties"))
            return at + "/" + name + " is not in the schema";
        if (rule)
            if (auto fault = schema_fault(*rule, member, at + "/" + name))
                return fault;
    }
    if (const Json* required = schema.find("required"))
        for (const Json& name : *required->if_array())
            if (!value.find(*name.if_string()))
                return at + "/" + *name.if_string() + " is missing";
    return std::nullopt;
}

inline std::optional<std::string> schema_fault(const Json& schema, const Json& value,
                                               const std::string& at) {
    if (const Json* definition = schema.find("x-definition"))
        return schema_fault(*definition, value, at);
    if (const Json* either = schema.find("anyOf")) {
        std::optional<std::string> first;
        for (const Json& one : *either->if_array()) {
            auto fault = schema_fault(one, value, at);
            if (!fault)
                return std::nullopt;
            if (!first)
                first = std::move(fault);
        }
        return first;
    }
    if (const Json* type = schema.find("type"); type && !has_type(value, *type->if_string()))
        return at + " is no " + *type->if_string() + ": " + to_json(value);
    if (const Json* allowed = schema.find("enum"))
        if (std::ranges::find(*allowed->if_array(), value) == allowed->if_array()->end())
            return at + " is none of the values: " + to_json(value);
    if (const Json* pattern = schema.find("pattern"))
        if (!std::regex_match(*value.if_string(), std::regex(*pattern->if_string())))
            return at + " does not fit the pattern: " + to_json(value);
    if (value.is_object())
        return object_fault(schema, value, at);
    if (const Json* items = schema.find("items"))
        for (std::size_t i = 0; i < value.if_array()->size(); ++i)
            if (auto fault =
                    schema_fault(*items, (*value.if_array())[i], at + "/" + std::to_string(i)))
                return fault;
    return std::nullopt;
}

} // namespace daybook::tests
