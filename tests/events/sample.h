// One value of every event, with every field filled: the same in every run and every release, and
// no two fields alike, so that a mix-up of fields cannot hide. The golden bytes are made of these.
#pragma once

#include "events/event.h"

#include <boost/core/demangle.hpp>
#include <map>
#include <string>
#include <typeinfo>

namespace daybook::tests {

// How many fields each table has, "Frozen" -> 17. A release is known by it: what was added later
// stays blank in the samples of that release.
using FieldCounts = std::map<std::string, std::size_t>;

// "Frozen" for daybook::Frozen: what the table is called in the schema.
template <class T>
std::string table_name() {
    const std::string name = boost::core::demangle(typeid(T).name());
    return name.substr(name.rfind(':') + 1);
}

// The sample of the event at that place of the catalogue; of a release, when its counts are given.
Event sample_event(std::size_t index, const FieldCounts* released = nullptr);
Envelope sample_envelope(const FieldCounts* released = nullptr);

} // namespace daybook::tests
