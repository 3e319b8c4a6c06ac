#include "api/cli/command_line.h"

#include "api/application.h"
#include "api/cli/ink.h"
#include "api/cli/reading.h"
#include "events/base/strict_json.h"
#include "projections/search_text.h"

#include <cstdio>
#include <fmt/format.h>

namespace daybook::api {

std::unique_ptr<Application> open_directory(const std::string& directory, int& exit_code) {
    PosixFiles files;
    // A command never makes a directory by mistyping its name; only `serve` does.
    const auto there = files.exists(directory);
    if (!there || !*there) {
        fmt::print(stderr, "{}: no such data directory\n", directory);
        exit_code = kExitCannotTell;
        return nullptr;
    }
    auto opened = Application::open({.data_directory = directory, .serving = false});
    if (opened) {
        const auto caught_up = (*opened)->catch_up();
        if (caught_up)
            return std::move(*opened);
        fmt::print(stderr, "{}\n", caught_up.error().what);
    } else {
        fmt::print(stderr, "{}\n", opened.error().what);
    }
    exit_code = kExitCannotTell;
    return nullptr;
}

namespace {

std::vector<NamedCompany> companies_of(const Application& application) {
    std::vector<NamedCompany> companies;
    for (const command::CompanyLine& line : application.directory()->current()) {
        companies.push_back({to_text(line.company), {}});
        const auto snapshot = application.views().snapshot(line.line);
        if (!snapshot)
            continue;
        const auto row = (*snapshot)->find({EntityKind::company, line.book.value});
        if (row && *row)
            if (const auto* company = std::get_if<domain::CompanyState>(&(*row)->state))
                companies.back().name = company->profile.party.name;
    }
    return companies;
}

std::string replaced_bars(const std::string& answers) {
    std::string text;
    for (const char c : answers)
        text += c == '|' ? ", " : std::string(1, c);
    return text;
}

} // namespace

std::optional<std::string> choose_among(const std::vector<NamedCompany>& companies,
                                        const std::string& said, int& exit_code) {
    std::vector<NamedCompany> meant;
    const std::string folded = projections::fold_text(said);
    for (const NamedCompany& company : companies)
        if (said.empty() || company.id.starts_with(said)
            || projections::fold_text(company.name) == folded)
            meant.push_back(company);
    if (meant.size() == 1)
        return meant.front().id;
    fmt::print(stderr, "{}\n",
               said.empty()    ? "Say which company with --company, an id or a name:"
               : meant.empty() ? "There is no such company here. These are:"
                               : "More than one company is called so:");
    for (const NamedCompany& company : meant.empty() ? companies : meant)
        fmt::print(stderr, "  {}  {}\n", company.id, harmless(company.name));
    exit_code = kExitCannotTell;
    return std::nullopt;
}

std::optional<CompanyId> choose_company(const Application& application, const std::string& said,
                                        int& exit_code) {
    const auto chosen = choose_among(companies_of(application), said, exit_code);
    const auto id = chosen ? parse_uuid(*chosen) : fail(ErrorKind::invalid, "none");
    return id ? std::optional(CompanyId{*id}) : std::nullopt;
}

std::optional<OpenedBooks> open_books(const std::string& directory, const std::string& company,
                                      int& exit_code) {
    auto application = open_directory(directory, exit_code);
    if (!application)
        return std::nullopt;
    const auto chosen = choose_company(*application, company, exit_code);
    if (!chosen)
        return std::nullopt;
    return OpenedBooks{std::move(application), *chosen};
}

void print_refusal(const Json& refusal) {
    const std::string code = member_text(refusal, "code");
    const std::string told = member_text(refusal, "title");
    const std::string title = told.empty() ? std::string(title_of(code, Language::english)) : told;
    fmt::print(stderr, "{} ({})\n", harmless(title), code);
    if (const std::string detail = member_text(refusal, "detail"); detail != title)
        fmt::print(stderr, "  {}\n", harmless(detail));
    if (const Json* things = refusal.find("things"); things && things->if_array())
        for (const Json& thing : *things->if_array())
            fmt::print(stderr, "  {} {}: {}\n", member_text(thing, "kind"),
                       member_text(thing, "id"), harmless(member_text(thing, "detail")));
    const Json* errors = refusal.find("errors");
    if (!errors || !errors->if_array())
        return;
    for (const Json& error : *errors->if_array()) {
        const std::string pointer = member_text(error, "pointer");
        fmt::print(stderr, "  {}: {} ({})\n", pointer.empty() ? "/" : harmless(pointer),
                   harmless(member_text(error, "detail")), member_text(error, "code"));
        // An open question names its answers in a member of its own: "none|exclusive|inclusive".
        const std::string answers = member_text(error, "code") == "needs_choice" && !pointer.empty()
                                        ? member_text(refusal, pointer.substr(1))
                                        : "";
        if (!answers.empty())
            fmt::print(stderr, "    one of: {}\n", harmless(replaced_bars(answers)));
    }
}

void print_problem(const Problem& problem) {
    if (const auto body = parse_strict_json(to_response(problem, Language::english, "", "").body))
        print_refusal(*body);
}

} // namespace daybook::api
