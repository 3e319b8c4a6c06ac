// Restoring over HTTP as an operation: the file is opened first, so that what is no backup of ours,
// or was cut on its way, is refused at once; then noted, inspected aside, and proposed or done.
//
// A proposal is run as it was proposed: a book that moved on since is 409 stale_revision.
#pragma once

#include "api/operations/operation_answer.h"
#include "api/uploads/inspections.h"

#include <string>

namespace daybook::api {

enum class RestoreMode { as_new, into, replace };
std::string_view mode_name(RestoreMode mode); // "new", "into", "replace"
std::optional<RestoreMode> parse_mode(std::string_view name);

struct RestoreRequest {
    RestoreMode mode = RestoreMode::as_new;
    Uuid upload;
    bool own_upload = false;          // Body or kept backup: it goes with the operation.
    std::optional<CompanyId> company; // Of into and replace.
    std::string at;                   // "@41", an instant; empty = the file's end.
    std::string reason;
    std::string pass_phrase; // Of a sealed file; noted nowhere.
    bool force = false;
    bool propose = false;
    command::Submission asked;  // Actor, source, idempotency key and request hash of the caller.
    std::string asserted_actor; // As the caller named it.
};

class BackupJobs;

struct RestoreDesk {
    Service& service;
    Operations& operations;
    Uploads& uploads;
    Inspections& inspections;
    const BackupJobs* backups = nullptr; // That are kept here; none: of uploads alone.
};

inline constexpr std::string_view kRestoreKind = "restore";
inline constexpr std::string_view kInspectKind = "inspect";

// Calls back once, with what a proposal would report.
using RestorePreviewed = std::function<void(std::expected<Json, Problem>)>;
void preview_restore(RestoreDesk& desk, RestoreRequest request, RestorePreviewed previewed);
// Each calls back once: when it has ended, or with what is under way after that long.
void start_restore(RestoreDesk& desk, RestoreRequest request, std::chrono::seconds wait,
                   OperationAnswered answered);
void run_restore_proposal(RestoreDesk& desk, const Operation& proposal,
                          const command::Submission& asked, std::string asserted_actor,
                          std::string pass_phrase, std::chrono::seconds wait,
                          OperationAnswered answered);
void discard_restore_proposal(RestoreDesk& desk, Operation proposal,
                              const OperationAnswered& answered);
void start_inspection(RestoreDesk& desk, const Uuid& upload, std::string pass_phrase,
                      const command::Submission& asked, std::chrono::seconds wait,
                      OperationAnswered answered);

} // namespace daybook::api
