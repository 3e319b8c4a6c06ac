// JSON Schema (2020-12) of requests and answers, written as values beside the code that reads and
// writes them, and published in OpenAPI.
#pragma once

#include "events/base/json.h"

#include <initializer_list>
#include <string_view>
#include <vector>

namespace daybook::api {

struct Schema {
    Json value;
};

struct Member {
    std::string_view name;
    Schema schema;
    bool required = true;
};

namespace schema {

Schema text();
Schema text_of(std::initializer_list<std::string_view> values); // An enumeration.
Schema uuid();
Schema date();
Schema instant();
Schema decimal(); // A plain decimal number as text; never a JSON number.
Schema integer();
Schema boolean();
Schema hex();
Schema any();
Schema money(); // {"amount": "1234.50", "currency": "EUR"}
Schema array(Schema items);
Schema nullable(Schema schema);
// Closed: other members are forbidden.
Schema object(std::vector<Member> members);
// The same with more members.
Schema extended(const Schema& base, std::vector<Member> members);
// A name under components/schemas; `definition` is published once.
Schema named(std::string_view name, const Schema& definition);
Schema list_of(const Schema& item); // {items, next, prev, revision, total?, sums?}

inline Member optional(std::string_view name, Schema schema) {
    return {name, std::move(schema), false};
}

} // namespace schema

} // namespace daybook::api
