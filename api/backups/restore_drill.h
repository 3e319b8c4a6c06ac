// A restore, for practice: a backup becomes books again on a data directory of its own, by the code
// that would restore it on an empty machine, and must come to the state that it says. Then the
// directory is gone; the books that people work in are not touched.
#pragma once

#include "engine/custody/custody_book.h"
#include "engine/large_files.h"

#include <string>

namespace daybook::api {

// `scratch` must not exist, and does not afterwards. An error says what would have gone wrong on
// the day it was needed. Blocks as long as a restore does; never on the writer's thread.
Result<void> run_restore_drill(Files& files, LargeFiles& large_files, const std::string& path,
                               const custody::Backup& backup, const std::string& scratch);

} // namespace daybook::api
