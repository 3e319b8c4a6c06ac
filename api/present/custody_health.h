// What health says of backups, restore drills and verifications, for a person who is not asked to
// know more.
#pragma once

#include "api/schema.h"
#include "engine/custody/custody_book.h"
#include "engine/domain/refusal.h"

#include <chrono>

namespace daybook::api {

// Without a backup, or a copy that is asked for and fails, for longer than this, health warns.
inline constexpr std::chrono::days kBackupOverdue{8};

// {at, overdue: [company ids], copies, sentence}; `at` is that of the newest backup of any company,
// null while there is none; the sentence tells the oldest. Overdue is also a company whose copies
// have failed for so long. `copies`, per company and target: {company_id, target, in_use,
// copied_at, last_failure, sentence}.
Json show_last_backup(const custody::CustodyBook& book, Timestamp now, Language language);
Schema last_backup_schema();
bool is_backup_overdue(const custody::CustodyBook& book, Timestamp now);

// {at, passed, sentence}; of the drill that was run last, null before the first.
Json show_last_drill(const custody::CustodyBook& book, Language language);
Schema last_drill_schema();

// {at, sound, events, sentence}; of the last verification of the server's own books, null before
// the first.
Json show_last_verification(const custody::CustodyBook& book, Language language);
Schema last_verification_schema();
bool is_found_unsound(const custody::CustodyBook& book);

} // namespace daybook::api
