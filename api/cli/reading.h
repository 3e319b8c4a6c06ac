// What the commands that look into books or take them back have in common: which books, how they
// are shown, and a way to ask. They ask by the routes of the HTTP API (source.h): what a command
// line shows is what a client of the API would have been told.
#pragma once

#include "api/cli/command_line.h"
#include "api/cli/ink.h"
#include "api/cli/source.h"
#include "events/base/json.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace daybook::api {

struct ReadingOptions {
    std::string directory; // Or
    std::string server;
    std::string company;
    std::string language = "en";
    bool json = false;
};

// --data or --server, and --company.
void add_books_options(Command& command, std::string& directory, std::string& server,
                       std::string& company);
void add_reading_options(Command& command, ReadingOptions& options);

// One thing of the books, as it stands or stood.
struct ThingOptions {
    ReadingOptions reading;
    std::string kind;
    std::string name;
    std::string at;
};
// `kinds` says which there are; the moment is the command's own to offer.
void add_thing_options(Command& command, ThingOptions& options, const std::string& kinds);

class BooksReader {
  public:
    // Nothing when the books cannot be opened or chosen; says why, and sets the exit code.
    static std::unique_ptr<BooksReader> open(const ReadingOptions& options, int& exit_code);

    // GET of that path below the company. A refusal is printed, noted in exit_code(), and nothing.
    std::optional<Json> get(const std::string& path, std::vector<Header> query = {});
    // POST, and the answer; `actor` is who acts.
    std::optional<Json> post(const std::string& path, const Json& body, const std::string& actor,
                             std::vector<Header> query = {});
    // Its path below the company: "invoices/<id>", from a kind as people write it and an id, a
    // number, a code, or words that only one thing has.
    std::optional<std::string> find(const std::string& kind, const std::string& name);
    // GET of the thing, or of `part` of it: "/blame".
    std::optional<Json> get_thing(const ThingOptions& options, std::string_view part = {});
    // "invoice" for a kind as people write it; empty for no kind.
    static std::string kind_name(const std::string& kind);
    // The id of another company of the same books, by id, beginning of the id, or name.
    std::optional<std::string> find_company(const std::string& name);

    int exit_code() const { return exit_code_; }
    const Ink& ink() const { return ink_; }

  private:
    BooksReader(std::unique_ptr<BooksSource> source, std::string language);
    Request request_of(std::string_view method, const std::string& path,
                       std::vector<Header> query) const;
    std::optional<Json> ask(Request request);
    std::optional<Json> refused(const Json& problem);

    std::unique_ptr<BooksSource> source_;
    std::string company_; // Empty until it is chosen: then paths begin at the companies.
    std::string language_;
    Ink ink_;
    int exit_code_ = kExitDone;
};

// All companies that `ask` finds, page by page; nothing once it was refused.
std::optional<std::vector<NamedCompany>>
named_companies(const std::function<std::optional<Json>(std::vector<Header> query)>& ask);

// A moment as people write it: "@41", "41", an instant; "now" and nothing are left out of queries.
std::string moment_text(const std::string& given);

// A member as text: what is no text as JSON, null and what is not there as nothing.
std::string member_text(const Json& json, std::string_view member);

} // namespace daybook::api
