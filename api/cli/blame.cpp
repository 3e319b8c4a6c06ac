#include "api/cli/reading.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::api {
namespace {

void print_field(const Json& field, std::size_t width, const Ink& ink) {
    const std::string actor = member_text(*field.find("actor"), "name");
    const std::string back = member_text(field, "returned_at");
    fmt::print("{}  {}  {}  {}  {} = {}{}\n",
               ink.yellow(padded_left("@" + member_text(field, "revision"), 7)),
               ink.dim(member_text(field, "at").substr(0, 19)),
               ink.cyan(padded_right(actor.empty() ? "–" : harmless(actor), 12)),
               padded_right(member_text(field, "event"), width),
               harmless(member_text(field, "pointer")),
               ink.bold(harmless(member_text(field, "value"))),
               back.empty() ? "" : ink.dim(" (came back at @" + back + ")"));
}

int blame(const ThingOptions& options) {
    int exit_code = kExitDone;
    const auto books = BooksReader::open(options.reading, exit_code);
    if (!books)
        return exit_code;
    const auto fields = books->get_thing(options, "/blame");
    if (!fields)
        return books->exit_code();
    if (options.reading.json) {
        fmt::print("{}\n", to_json(*fields));
        return kExitDone;
    }
    std::size_t width = 0;
    for (const Json& field : *fields->if_array())
        width = std::max(width, member_text(field, "event").size());
    for (const Json& field : *fields->if_array())
        print_field(field, width, books->ink());
    return kExitDone;
}

} // namespace

void add_blame(Command& program, int& exit_code) {
    auto options = std::make_shared<ThingOptions>();
    Command command = program.add_subcommand(
        "blame", "Who set each field of a thing to the value it has, and when. A value that a\n"
                 "rollback brought back is still that of the event that wrote it.");
    add_thing_options(command, *options, "invoice, client, payment …");
    command.add_option("--at", options->at, "as it stood then: @41 or an instant");
    command.footer("daybook blame invoice FA-2026-000001 --data books\n"
                   "daybook blame client \"Café Olé\" --data books --at @41");
    command.callback([options, &exit_code] { exit_code = blame(*options); });
}

} // namespace daybook::api
