#include "api/version.h"

#include "events/base/planted.h"

namespace daybook::api {

// What has planted bugs is no release, and must not be taken for one.
const char* const kVersion = kPlantedBugs ? "0.1.0+planted-bugs" : "0.1.0";

} // namespace daybook::api
