#include "api/cli/reading.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

struct DiffOptions {
    ReadingOptions reading;
    std::string from;
    std::string to;
    std::vector<std::string> of; // Kind and name of one thing.
    std::string with;
};

std::string value_text(const Json* value) {
    if (!value || value->is_null())
        return "–";
    return harmless(value->is_string() ? *value->if_string() : to_json(*value));
}

void print_item(const Json& item, const Ink& ink) {
    const std::string change = member_text(item, "change");
    const std::string title =
        member_text(item, "kind") + " " + harmless(member_text(item, "label"));
    if (change == "added")
        fmt::print("{}\n", ink.green("+ " + title));
    else if (change == "removed")
        fmt::print("{}\n", ink.red("- " + title));
    else
        fmt::print("{}\n", ink.yellow("~ " + title));
    if (change != "changed")
        return; // It is new, or gone, as a whole; --json has each field.
    for (const Json& field : *item.find("changes")->if_array())
        fmt::print("    {}  {} → {}\n", harmless(member_text(field, "pointer")),
                   ink.red(value_text(field.find("before"))),
                   ink.green(value_text(field.find("after"))));
}

void print_figure(std::string_view name, const Json& change, const Ink& ink) {
    const std::string difference = member_text(change, "difference");
    if (difference.find_first_not_of("0.-") == std::string::npos)
        return; // The same.
    const bool less = difference.starts_with('-');
    fmt::print("  {}{} → {}  {}\n", padded_right(name, 18),
               padded_left(member_text(change, "before"), 14),
               padded_left(member_text(change, "after"), 14),
               less ? ink.red(difference) : ink.green("+" + difference));
}

void print_sums(const Json& sums, const Ink& ink) {
    for (const auto& [name, change] : *sums.find("counts")->if_object())
        print_figure(name, change, ink);
    for (const Json& money : *sums.find("money")->if_array())
        for (const char* name : {"receivable", "overdue", "credit_open", "unallocated"})
            print_figure(fmt::format("{} {}", name, member_text(money, "currency")),
                         *money.find(name), ink);
}

std::string moment_of(const Json& moment) { return "@" + member_text(moment, "revision"); }

int print_diff(BooksReader& books, const DiffOptions& options, const std::string& path,
               const std::vector<Header>& query) {
    Json whole; // All pages as one.
    JsonArray items;
    bool any = false;
    for (std::string cursor = "first"; !cursor.empty();) {
        auto asked = query;
        if (any)
            asked.emplace_back("cursor", cursor);
        auto page = books.get(path, std::move(asked));
        if (!page)
            return books.exit_code();
        for (const Json& item : *page->find("items")->if_array())
            if (options.reading.json)
                items.push_back(item);
            else
                print_item(item, books.ink());
        cursor = member_text(*page, "next");
        if (!any)
            whole = std::move(*page);
        any = true;
    }
    if (options.reading.json) {
        whole.set("items", std::move(items));
        if (whole.find("next"))
            whole.set("next", nullptr);
        fmt::print("{}\n", to_json(whole));
        return kExitDone;
    }
    fmt::print("{}\n", books.ink().dim("from " + moment_of(*whole.find("from")) + " to "
                                       + moment_of(*whole.find("to"))));
    if (const Json* sums = whole.find("sums"))
        print_sums(*sums, books.ink());
    return kExitDone;
}

int diff(const DiffOptions& options) {
    int exit_code = kExitDone;
    const auto books = BooksReader::open(options.reading, exit_code);
    if (!books)
        return exit_code;
    std::string path = "diff";
    if (!options.of.empty()) {
        const auto thing = books->find(options.of.front(), options.of.back());
        if (!thing)
            return books->exit_code();
        path = *thing + "/diff";
    }
    std::string other;
    if (!options.with.empty()) {
        const auto company = books->find_company(options.with);
        if (!company)
            return books->exit_code();
        other = *company;
    }
    std::vector<Header> query = {
        {"from", moment_text(options.from)}, {"to", moment_text(options.to)}, {"with", other}};
    if (options.of.empty())
        query.emplace_back("limit", "500");
    return print_diff(*books, options, path, query);
}

} // namespace

void add_diff(Command& program, int& exit_code) {
    auto options = std::make_shared<DiffOptions>();
    Command command = program.add_subcommand(
        "diff", "What differs between two moments, thing by thing, field by field, and in sums.\n"
                "A moment is @41, an instant like 2026-11-22T10:00:00Z, or now.");
    add_reading_options(command, options->reading);
    command.add_option("FROM", options->from, "the moment before").required();
    command.add_option("TO", options->to, "the moment after; now when it is left out");
    command.add_option("--of", options->of, "only one thing: its kind, and its number, code or id")
        .expected(2);
    command.add_option("--with", options->with,
                       "another company, such as a copy, that TO is a moment of");
    command.footer("daybook diff @41 --data books\n"
                   "daybook diff 2026-11-22T10:00:00Z now --data books\n"
                   "daybook diff @41 @50 --of invoice FA-2026-000001 --data books\n"
                   "daybook diff now --with \"what if\" --data books");
    command.callback([options, &exit_code] { exit_code = diff(*options); });
}

} // namespace daybook::api
