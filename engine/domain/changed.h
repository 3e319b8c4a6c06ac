// Which fields of a described value differ: "party.name", "base_currency". Two levels deep, as a
// person would name them; what lies deeper or in lists is named by the field that holds it.
#pragma once

#include "events/base/reflect.h"

#include <string>
#include <vector>

namespace daybook::domain {

template <Described T>
std::vector<std::string> changed_fields(const T& before, const T& after, int depth = 2,
                                        const std::string& prefix = {}) {
    std::vector<std::string> names;
    for_each_field<T>([&](auto, const char* name, auto member) {
        using Field = std::remove_cvref_t<decltype(before.*member)>;
        if (before.*member == after.*member)
            return;
        if constexpr (Described<Field>) {
            if (depth > 1) {
                const std::string inside = prefix + name + ".";
                const auto nested =
                    changed_fields(before.*member, after.*member, depth - 1, inside);
                names.insert(names.end(), nested.begin(), nested.end());
                return;
            }
        }
        names.push_back(prefix + name);
    });
    return names;
}

} // namespace daybook::domain
