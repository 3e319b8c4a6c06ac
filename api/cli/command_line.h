// The command line: one file a command, each a function from its options to an exit code.
//
// Exit codes (http-api.md, "Command line"): 0 done, 1 refused or not sound, 2 could not tell
// (usage, no such directory, held by another process).
#pragma once

#include "api/cli/command.h"
#include "api/problem.h"

#include <functional>
#include <memory>
#include <string>

namespace daybook::api {

class Application;

inline constexpr int kExitDone = 0;
inline constexpr int kExitRefused = 1;
inline constexpr int kExitCannotTell = 2;

// Adds a command to the program; `run` is called once when it was chosen and its options parsed.
using AddCommand = void (*)(Command& program, int& exit_code);

void add_serve(Command& program, int& exit_code);
void add_import(Command& program, int& exit_code);
void add_rebuild(Command& program, int& exit_code);
void add_history(Command& program, int& exit_code);
void add_state_hash(Command& program, int& exit_code);
void add_rotate_key(Command& program, int& exit_code);
void add_stamp(Command& program, int& exit_code);
void add_log(Command& program, int& exit_code);
void add_show(Command& program, int& exit_code);
void add_diff(Command& program, int& exit_code);
void add_blame(Command& program, int& exit_code);
void add_rollback(Command& program, int& exit_code);
void add_undo(Command& program, int& exit_code);
void add_copy(Command& program, int& exit_code);

// Opens a directory for a command that is no server. Prints why not and sets the exit code.
std::unique_ptr<Application> open_directory(const std::string& directory, int& exit_code);

struct NamedCompany {
    std::string id;
    std::string name;
};

// The company with that id, that beginning of an id, or that name without regard to accents and
// case; or the only one, when nothing is said. Prints the choice there is when it is not clear.
std::optional<std::string> choose_among(const std::vector<NamedCompany>& companies,
                                        const std::string& said, int& exit_code);
std::optional<CompanyId> choose_company(const Application& application, const std::string& said,
                                        int& exit_code);

// A directory opened for one company of it.
struct OpenedBooks {
    std::unique_ptr<Application> application; // Never null.
    CompanyId company;
};
std::optional<OpenedBooks> open_books(const std::string& directory, const std::string& company,
                                      int& exit_code);

// One readable paragraph on standard error: title, detail, each fault by pointer, and the answers
// that an open question takes. `refusal` is the body of application/problem+json.
void print_refusal(const Json& refusal);
void print_problem(const Problem& problem);

} // namespace daybook::api
