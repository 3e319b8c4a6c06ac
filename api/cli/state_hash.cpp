#include "api/cli/reading.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

struct HashOptions {
    ReadingOptions reading;
    std::string at;
};

int print_state_hash(const HashOptions& options) {
    int exit_code = kExitDone;
    const auto books = BooksReader::open(options.reading, exit_code);
    if (!books)
        return exit_code;
    const auto found = books->get("state-hash", {{"as_of", moment_text(options.at)}});
    if (!found)
        return books->exit_code();
    fmt::print("{}\n", options.reading.json ? to_json(*found) : member_text(*found, "state_hash"));
    return kExitDone;
}

} // namespace

void add_state_hash(Command& program, int& exit_code) {
    auto options = std::make_shared<HashOptions>();
    Command command = program.add_subcommand(
        "state-hash", "Print the state hash (form 1) of a company, now or as of a moment.\n"
                      "Two books with the same hash say the same, on whatever machine.");
    add_reading_options(command, options->reading);
    command.add_option("--at", options->at, "as of then: @41 or an instant");
    command.callback([options, &exit_code] { exit_code = print_state_hash(*options); });
}

} // namespace daybook::api
