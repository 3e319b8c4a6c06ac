#include "api/application.h"
#include "api/cli/command_line.h"
#include "engine/log/base64.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

int rotate_key(const std::string& directory, const std::string& reason) {
    int exit_code = kExitDone;
    const auto application = open_directory(directory, exit_code);
    if (!application)
        return exit_code;
    const std::string former = log::to_base64(application->public_key());
    if (const auto rotated = application->rotate_key(reason); !rotated)
        return fmt::print(stderr, "{}\n", rotated.error().what), kExitRefused;
    fmt::print("{}\n", log::to_base64(application->public_key()));
    fmt::print(stderr, "This key signs from now on; the one before, {}, signed it and is gone.\n",
               former);
    return kExitDone;
}

} // namespace

void add_rotate_key(Command& program, int& exit_code) {
    struct RotateKeyOptions {
        std::string directory, reason;
    };
    auto options = std::make_shared<RotateKeyOptions>();
    Command command = program.add_subcommand(
        "rotate-key", "Let a new key sign from now on, while nobody serves the directory. The key\n"
                      "that goes signs the one that comes, so whoever knows the one can follow to\n"
                      "the other; what it signed stays good. Prints the new key.");
    command.add_option("--data", options->directory, "data directory").required();
    command.add_option("--reason", options->reason, "why; the books keep it").required();
    command.callback(
        [options, &exit_code] { exit_code = rotate_key(options->directory, options->reason); });
}

} // namespace daybook::api
