// Files on their way in (api/uploads/uploads.h), and looking into those that are backups.
#pragma once

#include "api/restores/restore_job.h"
#include "api/routing/route.h"

namespace daybook::api {

inline constexpr std::uint64_t kBodyPiece = 16 * 1024 * 1024;

// What is asked of `desk`, which outlives the routes.
std::vector<Route> upload_routes(RestoreDesk& desk);

} // namespace daybook::api
