#include "api/cli/reading.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::api {
namespace {

constexpr std::uint64_t kEventsAtOnce = 1'000;

struct HistoryOptions {
    ReadingOptions reading;
    std::uint64_t last = 50;
};

void print_event(const Json& event, const HistoryOptions& options, const Ink& ink) {
    if (options.reading.json)
        return fmt::print("{}\n", to_json(event));
    const std::string actor = member_text(*event.find("actor"), "name");
    const std::string reason = member_text(event, "reason");
    fmt::print("{}  {}  {}  {}{}\n", ink.yellow(padded_left(member_text(event, "revision"), 8)),
               ink.dim(member_text(event, "recorded_at").substr(0, 19)),
               ink.cyan(padded_right(actor.empty() ? "–" : harmless(actor), 16)),
               harmless(member_text(event, "sentence")),
               reason.empty() ? "" : " (" + harmless(reason) + ")");
}

int print_history(const HistoryOptions& options) {
    int exit_code = kExitDone;
    const auto books = BooksReader::open(options.reading, exit_code);
    if (!books)
        return exit_code;
    const auto newest = books->get("events", {{"limit", "1"}});
    if (!newest)
        return books->exit_code();
    const std::uint64_t head = std::stoull(member_text(*newest, "revision"));
    std::string after = std::to_string(head - std::min(head, options.last));
    for (std::uint64_t left = options.last; left > 0 && !after.empty();) {
        const std::uint64_t most = std::min(left, kEventsAtOnce);
        const auto page = books->get("events", {{"after", after}, {"limit", std::to_string(most)}});
        if (!page)
            return books->exit_code();
        for (const Json& event : *page->find("items")->if_array())
            print_event(event, options, books->ink());
        left -= most;
        after = member_text(*page, "next");
    }
    return kExitDone;
}

} // namespace

void add_history(Command& program, int& exit_code) {
    auto options = std::make_shared<HistoryOptions>();
    Command command = program.add_subcommand(
        "history", "Tell what happened to a company, event by event, the newest last: revision,\n"
                   "time, who, what, why.");
    add_reading_options(command, options->reading);
    command.add_option("--last", options->last, "how many events, counted from the newest")
        .capture_default_str();
    command.callback([options, &exit_code] { exit_code = print_history(*options); });
}

} // namespace daybook::api
