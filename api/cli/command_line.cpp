#include "api/cli/command_line.h"

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

std::optional<CompanyId> choose_company(const Application& application, const std::string& id,
                                        int& exit_code) {
    const auto companies = application.directory()->current();
    if (id.empty() && companies.size() == 1)
        return companies.front().company;
    for (const command::CompanyLine& line : companies)
        if (to_text(line.company) == id)
            return line.company;
    fmt::print(stderr, "{}\n",
               id.empty() ? "Say which company with --company ID:"
                          : "There is no such company here. These are:");
    for (const command::CompanyLine& line : companies)
        fmt::print(stderr, "  {}\n", to_text(line.company));
    exit_code = kExitCannotTell;
    return std::nullopt;
}

void print_problem(const Problem& problem) {
    fmt::print(stderr, "{} ({})\n", title_of(problem.code, Language::english), problem.code);
    if (!problem.detail.empty())
        fmt::print(stderr, "  {}\n", problem.detail);
    for (const ProblemFault& fault : problem.faults)
        fmt::print(stderr, "  {}: {}{}{}\n", fault.pointer.empty() ? "/" : fault.pointer,
                   title_of(fault.code, Language::english), fault.detail.empty() ? "" : " – ",
                   fault.detail);
}

} // namespace daybook::api
