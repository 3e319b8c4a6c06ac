#include "api/cli/command_line.h"

#include "api/application.h"
#include "api/cli/progress_bar.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

struct RebuildOptions {
    std::string directory;
    bool json = false;
};

// Each company's state hash: what a rebuild must reproduce.
int print_hashes(const Application& application, bool json) {
    JsonArray items;
    for (const command::CompanyLine& line : application.directory()->current()) {
        const auto snapshot = application.views().snapshot(line.line);
        if (!snapshot)
            return fmt::print(stderr, "{}\n", snapshot.error().what), kExitCannotTell;
        const auto hash = (*snapshot)->state_hash();
        if (!hash)
            return fmt::print(stderr, "{}\n", hash.error().what), kExitCannotTell;
        Json item;
        item.set("company_id", to_text(line.company));
        item.set("revision", (*snapshot)->revision());
        item.set("state_hash", to_hex(*hash));
        if (!json)
            fmt::print("{}  @{}  {}\n", to_text(line.company), (*snapshot)->revision(),
                       to_hex(*hash));
        items.push_back(std::move(item));
    }
    if (json)
        fmt::print("{}\n", to_json(items));
    return kExitDone;
}

int rebuild(const RebuildOptions& options) {
    int exit_code = kExitDone;
    const auto application = open_directory(options.directory, exit_code);
    if (!application)
        return exit_code;
    const auto before = application->clock().monotonic();
    std::uint64_t events = 0;
    {
        ProgressBar bar("rebuilding", "events");
        const auto rebuilt = application->mutable_views().rebuild([&](const auto& progress) {
            events = progress.total;
            bar.show(progress.done, progress.total);
        });
        if (!rebuilt)
            return fmt::print(stderr, "{}\n", rebuilt.error().what), kExitRefused;
    }
    const auto seconds =
        std::chrono::duration<double>(application->clock().monotonic() - before).count();
    if (!options.json)
        fmt::print("{} events in {:.2f} s, {:.0f} events/s\n", events, seconds,
                   seconds > 0 ? static_cast<double>(events) / seconds : 0.0);
    return print_hashes(*application, options.json);
}

} // namespace

void add_rebuild(Command& program, int& exit_code) {
    auto options = std::make_shared<RebuildOptions>();
    Command command = program.add_subcommand(
        "rebuild", "Build all views again from the events, beside the old ones, and switch.\n"
                   "Prints events per second and the state hash of each company, which must be\n"
                   "the same before and after.");
    command.add_option("--data", options->directory, "data directory").required();
    command.add_flag("--json", options->json, "print JSON");
    command.callback([options, &exit_code] { exit_code = rebuild(*options); });
}

} // namespace daybook::api
