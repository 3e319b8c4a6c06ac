#include "api/cli/backup_file.h"
#include "api/cli/command_line.h"
#include "api/cli/verify_bundle.h"
#include "api/version.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

int main(int argc, char** argv) {
    using namespace daybook::api;
    // What a command was asked for is its standard output; what it has to say besides is not.
    spdlog::set_default_logger(spdlog::stderr_color_mt("daybook"));
    Program program("Daybook: event-sourced books with an audit trail that can be proven.\n"
                    "Every change is an event that is never altered; everything you see is made\n"
                    "from the events, now or as of any moment.",
                    std::string("daybook ") + kVersion);
    program.command().footer("Start here:  daybook serve --data books\n"
                             "then         curl http://127.0.0.1:8080/api/v1/companies");
    int exit_code = kExitDone;
    for (const AddCommand add :
         {add_serve,   add_import,   add_log,        add_show,       add_diff,
          add_blame,   add_rollback, add_undo,       add_copy,       add_proof,
          add_backup,  add_inspect,  add_verify,     add_restore,    add_repair,
          add_history, add_rebuild,  add_state_hash, add_rotate_key, add_stamp})
        add(program.command(), exit_code);
    if (!program.parse(argc, argv))
        return kExitCannotTell;
    return exit_code;
}
