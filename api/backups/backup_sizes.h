// How large a backup will be, before it is made: told part by part, so that a person can leave one
// out. Records are sampled and compressed, never read whole; files are counted exactly.
#pragma once

#include "api/backups/backup_subject.h"
#include "engine/backup/manifest.h"

namespace daybook::api {

struct PartSize {
    std::string_view part;   // "events", "readable", "attachments", "emails"
    std::uint64_t count = 0; // Records; files.
    std::uint64_t bytes = 0; // In the backup.
    bool estimated = false;
};

Result<std::vector<PartSize>> backup_sizes(Service& service, const backup::Subject& subject);

// Books that have no room to grow cannot be written, and end the process: what is made beside them
// leaves this much, as health asks for.
inline constexpr std::uint64_t kDiskReserveBytes = 256 * 1024 * 1024;
// ErrorKind::full when so many bytes more would eat into the reserve.
Result<void> check_room(const Service& service, std::uint64_t bytes);

// What the books in a file take, about: their records, indexes and views, and their attachments.
std::uint64_t room_for_books(const backup::Manifest& manifest);

} // namespace daybook::api
