#include "api/cli/reading.h"

#include "api/handlers/kind_paths.h"
#include "engine/adapters/terminal.h"
#include "events/base/reflect.h"
#include "events/base/strict_json.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::api {
namespace {

constexpr int kStandardOutput = 1;

// "invoice", "invoices", "credit-note", "credit_note" -> "invoices", "credit-notes".
std::optional<KindPath> kind_of(std::string name) {
    std::ranges::replace(name, '_', '-');
    for (const KindPath& kind : kKindPaths)
        if (name == kind.path || name + "s" == kind.path
            || name == std::string(enum_name(kind.kind)))
            return kind;
    return std::nullopt;
}

std::string kinds_there_are() {
    std::string names;
    for (const KindPath& kind : kKindPaths)
        names += (names.empty() ? "" : ", ") + std::string(kind.path);
    return names;
}

} // namespace

void add_books_options(Command& command, std::string& directory, std::string& server,
                       std::string& company) {
    Command where = command.add_choice("where the books are");
    where.add_option("--data", directory, "data directory");
    where.add_option("--server", server, "a server's address: http://127.0.0.1:8080");
    command.add_option("--company", company,
                       "a company's id, the beginning of its id, or its name; not needed when "
                       "there is one");
}

void add_reading_options(Command& command, ReadingOptions& options) {
    add_books_options(command, options.directory, options.server, options.company);
    command.add_option("--language", options.language, "en or fr").capture_default_str();
    command.add_flag("--json", options.json, "the API's own answer");
}

void add_thing_options(Command& command, ThingOptions& options, const std::string& kinds) {
    add_reading_options(command, options.reading);
    command.add_option("KIND", options.kind, kinds).required();
    command.add_option("NAME", options.name, "its id, number, code, or words only it has")
        .required();
}

std::unique_ptr<BooksReader> BooksReader::open(const ReadingOptions& options, int& exit_code) {
    auto source = options.server.empty() ? open_local_books(options.directory, exit_code)
                                         : remote_books(options.server);
    if (!source)
        return nullptr;
    std::unique_ptr<BooksReader> reader(new BooksReader(std::move(source), options.language));
    const auto company = reader->find_company(options.company);
    exit_code = reader->exit_code();
    if (!company)
        return nullptr;
    reader->company_ = *company;
    return reader;
}

BooksReader::BooksReader(std::unique_ptr<BooksSource> source, std::string language)
    : source_(std::move(source)),
      language_(std::move(language)),
      ink_(shows_colours(kStandardOutput)) {}

Request BooksReader::request_of(std::string_view method, const std::string& path,
                                std::vector<Header> query) const {
    Request request;
    request.method = method;
    request.path = "/api/v1/companies" + (company_.empty() ? "" : "/" + company_)
                   + (path.empty() ? "" : "/" + path);
    for (std::size_t from = 1; from <= request.path.size();) {
        const std::size_t slash = std::min(request.path.find('/', from), request.path.size());
        request.segments.push_back(request.path.substr(from, slash - from));
        from = slash + 1;
    }
    std::erase_if(query, [](const Header& parameter) { return parameter.second.empty(); });
    request.query = std::move(query);
    request.headers = {{"accept-language", language_}};
    return request;
}

std::optional<Json> BooksReader::get(const std::string& path, std::vector<Header> query) {
    return ask(request_of("GET", path, std::move(query)));
}

std::optional<Json> BooksReader::get_thing(const ThingOptions& options, std::string_view part) {
    const auto thing = find(options.kind, options.name);
    if (!thing)
        return std::nullopt;
    return get(*thing + std::string(part), {{"as_of", moment_text(options.at)}});
}

std::optional<Json> BooksReader::post(const std::string& path, const Json& body,
                                      const std::string& actor, std::vector<Header> query) {
    Request request = request_of("POST", path, std::move(query));
    request.body = to_json(body);
    request.headers.push_back({"content-type", "application/json"});
    request.headers.push_back({"prefer", "wait=60"}); // Nothing here counts: it waits for the end.
    if (!actor.empty())
        request.headers.push_back({"daybook-actor", actor});
    return ask(std::move(request));
}

std::optional<Json> BooksReader::ask(Request request) {
    const auto answered = source_->ask(std::move(request));
    if (!answered) {
        fmt::print(stderr, "{}\n", answered.error().what);
        exit_code_ = kExitCannotTell;
        return std::nullopt;
    }
    const Response& answer = *answered;
    auto body = parse_strict_json(answer.body);
    if (answer.status < 300 && body)
        return std::move(*body);
    return refused(body ? *body : Json());
}

std::optional<Json> BooksReader::refused(const Json& problem) {
    exit_code_ = kExitRefused;
    print_refusal(problem);
    return std::nullopt;
}

std::optional<std::string> BooksReader::find(const std::string& kind, const std::string& name) {
    const auto found = kind_of(kind);
    if (!found) {
        fmt::print(stderr, "{}: no kind of thing; there are {}\n", kind, kinds_there_are());
        exit_code_ = kExitCannotTell;
        return std::nullopt;
    }
    const std::string path(found->path);
    if (parse_uuid(name))
        return path + "/" + name;
    const bool is_document = found->kind == EntityKind::invoice
                             || found->kind == EntityKind::credit_note
                             || found->kind == EntityKind::payment;
    const bool is_record = found->kind == EntityKind::client || found->kind == EntityKind::product;
    std::vector<Header> asked = {{is_document ? "number" : "code", name}, {"q", name}};
    if (!is_document && !is_record)
        asked.clear();
    for (const Header& filter : asked) {
        const auto list = get(path, {filter, {"limit", "5"}});
        if (!list)
            return std::nullopt;
        const JsonArray& items = *list->find("items")->if_array();
        if (items.size() == 1)
            return path + "/" + member_text(items.front(), "id");
        if (items.empty())
            continue;
        fmt::print(stderr, "\"{}\" is more than one of the {}:\n", name, path);
        for (const Json& item : items)
            fmt::print(stderr, "  {}  {}\n", member_text(item, "id"),
                       harmless(member_text(item, is_document ? "number" : "name")));
        exit_code_ = kExitCannotTell;
        return std::nullopt;
    }
    fmt::print(stderr, "There is no \"{}\" among the {}.\n", name, path);
    exit_code_ = kExitRefused;
    return std::nullopt;
}

std::string BooksReader::kind_name(const std::string& kind) {
    const auto found = kind_of(kind);
    return found ? enum_name(found->kind) : "";
}

std::optional<std::string> BooksReader::find_company(const std::string& name) {
    const std::string mine = std::exchange(company_, {});
    const auto companies =
        named_companies([this](std::vector<Header> query) { return get({}, std::move(query)); });
    company_ = mine;
    return companies ? choose_among(*companies, name, exit_code_) : std::nullopt;
}

std::optional<std::vector<NamedCompany>>
named_companies(const std::function<std::optional<Json>(std::vector<Header> query)>& ask) {
    std::vector<NamedCompany> companies;
    for (std::vector<Header> query{{"limit", "500"}};;) {
        const auto page = ask(query);
        if (!page)
            return std::nullopt;
        for (const Json& company : *page->find("items")->if_array())
            companies.push_back({member_text(company, "id"), member_text(company, "name")});
        const std::string next = member_text(*page, "next");
        if (next.empty())
            return companies;
        query = {{"limit", "500"}, {"cursor", next}};
    }
}

std::string moment_text(const std::string& given) {
    if (given == "now")
        return {};
    const bool number =
        !given.empty() && std::ranges::all_of(given, [](char c) { return c >= '0' && c <= '9'; });
    return number ? "@" + given : given;
}

std::string member_text(const Json& json, std::string_view member) {
    const Json* value = json.find(member);
    if (!value || value->is_null())
        return {};
    return value->is_string() ? *value->if_string() : to_json(*value);
}

} // namespace daybook::api
