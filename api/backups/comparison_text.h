// What two books have in common, in a sentence: of two backups, or a backup and a company.
#pragma once

#include "engine/backup/comparison.h"
#include "events/catalogue.h"

#include <string>
#include <string_view>

namespace daybook::api {

// "The second is the first plus 312 events."
std::string comparison_sentence(const backup::Comparison& found, Language language);

} // namespace daybook::api
