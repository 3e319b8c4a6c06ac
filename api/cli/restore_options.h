// What `daybook restore` was asked, and what it tells, in a directory and on a server.
#pragma once

#include "events/base/json.h"

#include <string>

namespace daybook::api {

struct RestoreOptions {
    std::string file;
    std::string directory; // Or
    std::string server;
    std::string moment;
    std::string replaces;  // A company as people name it. Neither = a new company.
    std::string goes_back; // Likewise, whose past the file is.
    std::string reason;
    std::string actor;
    std::string pass_phrase_file;
    bool force = false;
    bool dry_run = false;
    bool json = false;
};

// Uploads the file in pieces, and has the server restore it. The exit code.
int restore_on_server(const RestoreOptions& options);

// What is recorded nowhere needs no reason, though it is asked for.
inline constexpr const char* kPreviewReason = "a preview";

// "41" is meant as "@41".
std::string moment_inside_text(const std::string& given);

// The members of api/backups/restore_report.h, or of api/restores/go_back.h, for people.
void print_restore_report(const Json& report, bool dry_run);

} // namespace daybook::api
