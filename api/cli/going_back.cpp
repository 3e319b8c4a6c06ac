// rollback, undo, copy: the past as a place to return to. Each shows what it would do with
// --dry-run, and what it did in the same words.
#include "api/cli/reading.h"

#include "events/base/whole_number.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::api {
namespace {

struct GoingBackOptions {
    ReadingOptions reading;
    std::string moment;
    std::vector<std::string> things; // Kind and name, in pairs.
    std::string reason;
    std::string actor;
    std::string name;
    bool credit = false;
    bool dry_run = false;
};

// Of "@41" or "41"; nothing of anything else, "@41x" and instants among it.
std::optional<std::uint64_t> revision_in(const std::string& given) {
    const std::string text = moment_text(given);
    return text.starts_with('@') ? whole_number<std::uint64_t>(text.substr(1)) : std::nullopt;
}

// {"revision": n} or {"at": instant}; what is neither is refused as an instant.
Json target_json(const std::string& given) {
    Json target;
    if (const auto revision = revision_in(given))
        target.set("revision", *revision);
    else
        target.set("at", given);
    return target;
}

void print_things(const Json& told, std::string_view member, std::string_view title,
                  const Ink& ink) {
    const JsonArray& things = *told.find(member)->if_array();
    if (things.empty())
        return;
    fmt::print("{}\n", ink.bold(fmt::format("{} {}", things.size(), title)));
    constexpr std::size_t kShown = 20; // --json has them all.
    for (std::size_t i = 0; i < std::min(things.size(), kShown); ++i) {
        const Json& thing = things[i];
        fmt::print("  {}  {}\n", padded_right(member_text(thing, "kind"), 12),
                   harmless(member_text(thing, "label")));
        if (const std::string why = member_text(thing, "sentence"); !why.empty()) {
            const Json* because = thing.find("because");
            fmt::print("  {}\n",
                       ink.dim(padded_right("", 14) + why
                               + (because ? " (" + harmless(member_text(*because, "label")) + ")"
                                          : std::string())));
        }
    }
    if (things.size() > kShown)
        fmt::print("  {}\n", ink.dim(fmt::format("… and {} more", things.size() - kShown)));
}

int tell(const BooksReader& books, const Json& answer, const GoingBackOptions& options) {
    if (options.reading.json)
        return fmt::print("{}\n", to_json(answer)), kExitDone;
    const Json& told = options.dry_run ? *answer.find("result") : answer;
    const bool nothing =
        told.find("returned")->if_array()->empty() && told.find("credited")->if_array()->empty();
    print_things(told, "returned", options.dry_run ? "would go back" : "went back", books.ink());
    print_things(told, "kept", options.dry_run ? "would stay" : "stayed", books.ink());
    print_things(told, "credited", options.dry_run ? "would be credited" : "credited", books.ink());
    if (nothing)
        fmt::print("Nothing has to go back; nothing was written.\n");
    else if (options.dry_run)
        fmt::print(
            "Nothing was written. Without --dry-run this is one commit, and undone by one.\n");
    else
        fmt::print("Written up to revision {0}; `daybook undo {0}` takes it back.\n",
                   member_text(told, "revision"));
    return kExitDone;
}

std::vector<Header> query_of(const GoingBackOptions& options) {
    return {{"validate_only", options.dry_run ? "true" : ""}};
}

int roll_back(const GoingBackOptions& options) {
    int exit_code = kExitDone;
    const auto books = BooksReader::open(options.reading, exit_code);
    if (!books)
        return exit_code;
    JsonArray entities;
    for (std::size_t i = 0; i + 1 < options.things.size(); i += 2) {
        const auto path = books->find(options.things[i], options.things[i + 1]);
        const auto thing = path ? books->get(*path) : std::nullopt;
        if (!thing)
            return books->exit_code();
        Json entity;
        entity.set("kind", BooksReader::kind_name(options.things[i]));
        entity.set("id", member_text(*thing, "id"));
        entities.push_back(std::move(entity));
    }
    Json body;
    body.set("to", target_json(options.moment));
    body.set("reason", options.reason);
    body.set("issued", options.credit ? "credit" : "keep");
    if (!entities.empty())
        body.set("entities", std::move(entities));
    const auto answer = books->post("rollbacks", body, options.actor, query_of(options));
    return answer ? tell(*books, *answer, options) : books->exit_code();
}

int undo(const GoingBackOptions& options) {
    int exit_code = kExitDone;
    const auto books = BooksReader::open(options.reading, exit_code);
    if (!books)
        return exit_code;
    Json body;
    const auto revision = revision_in(options.moment);
    body.set("commit", revision ? Json(*revision) : Json(options.moment)); // A text is refused.
    body.set("reason", options.reason);
    const auto answer = books->post("undo", body, options.actor, query_of(options));
    return answer ? tell(*books, *answer, options) : books->exit_code();
}

int copy(const GoingBackOptions& options) {
    int exit_code = kExitDone;
    const auto books = BooksReader::open(options.reading, exit_code);
    if (!books)
        return exit_code;
    Json body;
    body.set("at", target_json(options.moment));
    if (!options.name.empty())
        body.set("name", options.name);
    const auto operation = books->post("copies", body, options.actor);
    if (!operation)
        return books->exit_code();
    if (options.reading.json)
        fmt::print("{}\n", to_json(*operation));
    const std::string state = member_text(*operation, "state");
    if (state == "running") { // A server, which lets nobody wait for ever.
        fmt::print(stderr, "The copy goes on; ask {}/api/v1/operations/{}\n",
                   options.reading.server, member_text(*operation, "id"));
        return kExitDone;
    }
    const bool done = state == "succeeded";
    if (!options.reading.json && done)
        fmt::print("Copied as company {}, a sandbox.\n",
                   member_text(*operation->find("result"), "company_id"));
    if (!done)
        fmt::print(stderr, "The copy failed: {}\n", member_text(*operation, "error"));
    return done ? kExitDone : kExitRefused;
}

Command add(Command& program, const char* name, const char* teaches,
            const std::shared_ptr<GoingBackOptions>& options) {
    Command command = program.add_subcommand(name, teaches);
    add_reading_options(command, options->reading);
    command.add_option("--actor", options->actor,
                       "who does it; asserted, as there are no accounts");
    return command;
}

void add_reason(Command& command, const std::shared_ptr<GoingBackOptions>& options) {
    command.add_option("--reason", options->reason, "why; an auditor will ask").required();
    command.add_flag("--dry-run", options->dry_run, "show what would happen; write nothing");
}

} // namespace

void add_rollback(Command& program, int& exit_code) {
    auto options = std::make_shared<GoingBackOptions>();
    Command command = add(program, "rollback",
                          "Take the books, or chosen things, back to an earlier moment. Issued\n"
                          "documents and money are facts and stay; what stays is named, with why.",
                          options);
    add_reason(command, options);
    command.add_option("--to", options->moment, "the moment: @41, or an instant").required();
    command.add_option("--only", options->things, "a kind and a name; may be given again")
        .each_of(2);
    command.add_flag("--credit-issued", options->credit,
                     "credit what was issued since and may not go back");
    command.footer("daybook rollback --to @41 --reason \"wrong prices\" --dry-run --data books\n"
                   "daybook rollback --to @41 --reason \"typo\" --only client \"Café Olé\" "
                   "--data books");
    command.callback([options, &exit_code] { exit_code = roll_back(*options); });
}

void add_undo(Command& program, int& exit_code) {
    auto options = std::make_shared<GoingBackOptions>();
    Command command = add(program, "undo",
                          "Undo one commit on which nothing later stands, or a rollback.", options);
    add_reason(command, options);
    command.add_option("COMMIT", options->moment, "a revision of the commit (daybook log)")
        .required();
    command.footer("daybook undo 1204 --reason \"wrong file\" --data books");
    command.callback([options, &exit_code] { exit_code = undo(*options); });
}

void add_copy(Command& program, int& exit_code) {
    auto options = std::make_shared<GoingBackOptions>();
    Command command = add(program, "copy",
                          "Copy a company as of a moment, as a sandbox of its own: same records,\n"
                          "same proofs, numbers that begin with TEST-.",
                          options);
    command.add_option("--at", options->moment, "the moment: @41, or an instant").required();
    command.add_option("--name", options->name, "what the copy is called");
    command.footer("daybook copy --at @41 --name \"Before the import\" --data books");
    command.callback([options, &exit_code] { exit_code = copy(*options); });
}

} // namespace daybook::api
