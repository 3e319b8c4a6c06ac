// How a backup, its links and its schedule are shown.
#pragma once

#include "api/schema.h"
#include "engine/custody/custody_book.h"

namespace daybook::api {

Json show_backup(const custody::Backup& backup);
Schema backup_schema();

} // namespace daybook::api
