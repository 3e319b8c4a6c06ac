// A checkpoint that was kept elsewhere, held against the books in a backup: whether they begin with
// the records that were signed then.
#pragma once

#include "api/backups/backup_books.h"
#include "engine/log/checkpoint.h"

namespace daybook::api {

enum class KeptHead { same, differs, of_another_book, beyond_the_end };

// Of the line that a record says it is of, so also of those that the book went on from; and of the
// book whose history was left out, at the moment when it was.
Result<KeptHead> hold_against(const BackupBooks& books, const ForkParent& origin,
                              const log::Checkpoint& kept);

} // namespace daybook::api
