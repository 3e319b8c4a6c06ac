#include "api/cli/reading.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

struct LogOptions {
    ReadingOptions reading;
    std::uint64_t last = 20;
    std::string actor;
    std::string type;
    std::string entity;
    std::string from;
    std::string to;
};

std::vector<Header> query_of(const LogOptions& options, const std::string& cursor) {
    return {{"limit", "1"},
            {"cursor", cursor},
            {"actor", options.actor},
            {"type", options.type},
            {"entity", options.entity},
            {"from", moment_text(options.from)},
            {"to", moment_text(options.to)}};
}

// What a command says it did is in its first event; what a filter looked for, in the one it found.
std::optional<Json> headline(BooksReader& books, const LogOptions& options, const Json& newest) {
    const Json& commit = *newest.find("commit");
    const std::string first = member_text(commit, "first");
    const bool filtered =
        !options.actor.empty() || !options.type.empty() || !options.entity.empty();
    if (filtered || first == member_text(newest, "revision"))
        return newest;
    const auto page =
        books.get("history", {{"limit", "1"}, {"from", "@" + first}, {"to", "@" + first}});
    return page ? std::optional(page->find("items")->if_array()->front()) : std::nullopt;
}

std::string range_of(const std::string& first, const std::string& last) {
    return first == last ? "@" + first : "@" + first + "-" + last;
}

void print_commit(const Json& item, const LogOptions& options, const Ink& ink) {
    const std::string first = member_text(*item.find("commit"), "first");
    const std::string last = member_text(*item.find("commit"), "last");
    const std::uint64_t events = std::stoull(last) - std::stoull(first) + 1;
    if (options.reading.json) {
        Json line;
        for (const char* member :
             {"commit", "at", "actor", "event", "sentence", "reason", "source"})
            line.set(member, *item.find(member));
        line.set("events", events);
        fmt::print("{}\n", to_json(line));
        return;
    }
    const std::string actor = member_text(*item.find("actor"), "name");
    const std::string reason = member_text(item, "reason");
    fmt::print("{}  {}  {}  {}{}{}\n", ink.yellow(padded_left(range_of(first, last), 9)),
               ink.dim(member_text(item, "at").substr(0, 19)),
               ink.cyan(padded_right(actor.empty() ? "–" : harmless(actor), 12)),
               harmless(member_text(item, "sentence")),
               events > 1 ? ink.dim(fmt::format(" (+{})", events - 1)) : "",
               reason.empty() ? "" : " – " + harmless(reason));
}

int print_log(const LogOptions& options) {
    int exit_code = kExitDone;
    const auto books = BooksReader::open(options.reading, exit_code);
    if (!books)
        return exit_code;
    std::string cursor;
    for (std::uint64_t commits = 0; commits < options.last;) {
        const auto page = books->get("history", query_of(options, cursor));
        if (!page)
            return books->exit_code();
        const JsonArray& items = *page->find("items")->if_array();
        if (!items.empty()) {
            const auto told = headline(*books, options, items.front());
            if (!told)
                return books->exit_code();
            print_commit(*told, options, books->ink());
            ++commits;
        }
        // The rest of a commit is passed over; a page without items only got on.
        cursor = items.empty() ? member_text(*page, "next")
                               : member_text(*items.front().find("commit"), "first");
        if (cursor.empty() || cursor == "1")
            break;
    }
    return kExitDone;
}

} // namespace

void add_log(Command& program, int& exit_code) {
    auto options = std::make_shared<LogOptions>();
    Command command = program.add_subcommand(
        "log", "What happened, a line for each commit, newest first: revisions, time, who, what.");
    add_reading_options(command, options->reading);
    command.add_option("--last", options->last, "how many commits").capture_default_str();
    command.add_option("--actor", options->actor, "only what that person did");
    command.add_option("--type", options->type, "only events of that type, like InvoiceIssued");
    command.add_option("--entity", options->entity, "only of that thing: invoice/<id>");
    command.add_option("--from", options->from, "recorded from then on: @41 or an instant");
    command.add_option("--to", options->to, "recorded until then: @41 or an instant");
    command.footer("daybook log --data books\n"
                   "daybook log --data books --company \"Atelier Martin\" --last 100\n"
                   "daybook log --data books --type InvoiceIssued --from 2026-11-01T00:00:00Z");
    command.callback([options, &exit_code] { exit_code = print_log(*options); });
}

} // namespace daybook::api
