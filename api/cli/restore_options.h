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
    std::string replaces; // A company as people name it; empty = a new company.
    std::string reason;
    std::string actor;
    std::string pass_phrase_file;
    bool force = false;
    bool dry_run = false;
    bool json = false;
};

// Uploads the file in pieces, and has the server restore it. The exit code.
int restore_on_server(const RestoreOptions& options);

// The members of api/backups/restore_report.h, for people.
void print_restore_report(const Json& report, bool dry_run);

} // namespace daybook::api
