#include "api/cli/reading.h"
#include "api/cli/verify_bundle.h"
#include "engine/adapters/posix_files.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

struct ProofOptions {
    ThingOptions thing;
    std::string output;
};

int prove(const ProofOptions& options) {
    int exit_code = kExitDone;
    const auto books = BooksReader::open(options.thing.reading, exit_code);
    if (!books)
        return exit_code;
    const auto bundle = books->get_thing(options.thing, "/proof");
    if (!bundle)
        return books->exit_code();
    const std::string text = to_json(*bundle) + "\n";
    if (options.output.empty())
        return fmt::print("{}", text), kExitDone;
    if (const auto written = PosixFiles().replace(options.output, text, 0644); !written)
        return fmt::print(stderr, "{}\n", written.error().what), kExitCannotTell;
    fmt::print("{}\n", options.output);
    return kExitDone;
}

} // namespace

void add_proof(Command& program, int& exit_code) {
    auto options = std::make_shared<ProofOptions>();
    Command command = program.add_subcommand(
        "proof", "One small file that proves an issued invoice or credit note: its record, the\n"
                 "path to a signed head, the key. Whoever has it checks it offline, with verify.");
    add_thing_options(command, options->thing, "invoice or credit-note");
    command.add_option("--output", options->output, "a file; else it is printed");
    command.footer("daybook proof invoice FA-2026-000001 --data books --output proof.json\n"
                   "daybook verify proof.json");
    command.callback([options, &exit_code] { exit_code = prove(*options); });
}

} // namespace daybook::api
