// How a backup, its links and its schedule are shown.
#pragma once

#include "api/schema.h"
#include "engine/custody/custody_book.h"

namespace daybook::api {

// {target, at, why} of the last copy that failed, or null.
Json show_not_copied(const std::optional<custody::NotCopied>& failure);
Schema not_copied_schema();

Json show_backup(const custody::Backup& backup);
Schema backup_schema();

} // namespace daybook::api
