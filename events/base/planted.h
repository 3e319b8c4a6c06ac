// Bugs planted on purpose, to learn whether a suite finds them (tests/planted). A build with the
// CMake option DAYBOOK_PLANTED_BUGS has the one that DAYBOOK_PLANTED_BUG names in its environment,
// and says of itself that it is no release (api/version.h). In every other build planted() is false
// while compiling, so that nothing is left of it.
#pragma once

#include <string_view>

namespace daybook {

#ifdef DAYBOOK_PLANTED_BUGS
inline constexpr bool kPlantedBugs = true;
bool planted(std::string_view bug);
#else
inline constexpr bool kPlantedBugs = false;
constexpr bool planted(std::string_view) { return false; }
#endif

} // namespace daybook
