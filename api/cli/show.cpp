#include "api/cli/document_page.h"
#include "api/cli/reading.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

// Members as an outline; what is not given is left out.
void print_outline(const Json& json, const std::string& indent, const Ink& ink) {
    const auto print = [&](const std::string& name, const Json& value) {
        if (value.is_object() || value.is_array()) {
            fmt::print("{}{}\n", indent, ink.dim(name));
            print_outline(value, indent + "  ", ink);
        } else if (!value.is_null()) {
            fmt::print("{}{} {}\n", indent, ink.dim(padded_right(name, 18)),
                       harmless(value.is_string() ? *value.if_string() : to_json(value)));
        }
    };
    if (const JsonObject* members = json.if_object())
        for (const auto& [name, value] : *members) {
            const bool empty = (value.if_array() && value.if_array()->empty())
                               || (value.if_object() && value.if_object()->empty());
            if (name != "actions" && !empty)
                print(name, value);
        }
    if (const JsonArray* items = json.if_array())
        for (const Json& item : *items)
            print("-", item);
}

int show(const ThingOptions& options) {
    int exit_code = kExitDone;
    const auto books = BooksReader::open(options.reading, exit_code);
    if (!books)
        return exit_code;
    const auto thing = books->get_thing(options);
    if (!thing)
        return books->exit_code();
    if (options.reading.json)
        fmt::print("{}\n", to_json(*thing));
    else if (thing->find("lines"))
        fmt::print("{}", document_page(*thing, books->ink()));
    else
        print_outline(*thing, "", books->ink());
    return kExitDone;
}

} // namespace

void add_show(Command& program, int& exit_code) {
    auto options = std::make_shared<ThingOptions>();
    Command command = program.add_subcommand(
        "show", "A thing as it stands, or as it stood at a moment; an invoice like an invoice.");
    add_thing_options(command, *options, "invoice, credit-note, payment, client, product …");
    command.add_option("--at", options->at, "as it stood then: @41 or an instant");
    command.footer("daybook show invoice FA-2026-000001 --data books\n"
                   "daybook show invoice FA-2026-000001 --data books --at 2026-11-22T10:00:00Z\n"
                   "daybook show client \"Café Olé\" --data books");
    command.callback([options, &exit_code] { exit_code = show(*options); });
}

} // namespace daybook::api
