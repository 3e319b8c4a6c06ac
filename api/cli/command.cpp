#include "api/cli/command.h"

#include <algorithm>
#include <CLI/CLI.hpp>
#include <iostream>
#include <numeric>
#include <string_view>
#include <utility>

namespace daybook::api {

CommandOption CommandOption::required() {
    option_->required();
    return *this;
}
CommandOption CommandOption::capture_default_str() {
    option_->capture_default_str();
    return *this;
}
CommandOption CommandOption::expected(int values) {
    option_->expected(values);
    return *this;
}
CommandOption CommandOption::each_of(int values) {
    option_->type_size(values);
    option_->allow_extra_args(false);
    return *this;
}
CommandOption CommandOption::delimiter(char between) {
    option_->delimiter(between);
    return *this;
}
CommandOption CommandOption::one_of(std::vector<std::string> values) {
    option_->check(CLI::IsMember(std::move(values)));
    return *this;
}
CommandOption CommandOption::existing_file() {
    option_->check(CLI::ExistingFile);
    return *this;
}
CommandOption CommandOption::check(std::function<std::string(const std::string& value)> fault) {
    option_->check(std::move(fault));
    return *this;
}

Command Command::add_subcommand(const std::string& name, const std::string& teaches) {
    return Command(*app_->add_subcommand(name, teaches));
}
Command Command::add_choice(const std::string& title) {
    CLI::Option_group* choice = app_->add_option_group(title);
    choice->require_option(1);
    return Command(*choice);
}

CommandOption Command::add_option(const std::string& names, std::string& target,
                                  const std::string& help) {
    return CommandOption(*app_->add_option(names, target, help));
}
CommandOption Command::add_option(const std::string& names, std::uint64_t& target,
                                  const std::string& help) {
    return CommandOption(*app_->add_option(names, target, help));
}
CommandOption Command::add_option(const std::string& names, std::vector<std::string>& target,
                                  const std::string& help) {
    return CommandOption(*app_->add_option(names, target, help));
}
void Command::add_flag(const std::string& names, bool& target, const std::string& help) {
    app_->add_flag(names, target, help);
}
void Command::footer(const std::string& examples) { app_->footer(examples); }
void Command::callback(std::function<void()> run) { app_->callback(std::move(run)); }

namespace {

// How many letters of the one have to be put in, taken out or changed to make the other of it.
std::size_t letters_apart(std::string_view one, std::string_view other) {
    std::vector<std::size_t> row(other.size() + 1);
    std::iota(row.begin(), row.end(), 0U);
    for (std::size_t i = 0; i < one.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < other.size(); ++j) {
            const std::size_t changed = diagonal + (one[i] == other[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

// CLI11 takes what is no command for an argument too many, and only says that one is required.
std::string unknown_command(const CLI::App& app, const std::string& said) {
    constexpr std::size_t kLettersApartMax = 2;
    std::string all;
    std::string near;
    for (const CLI::App* command : app.get_subcommands({})) {
        const std::string& name = command->get_name();
        if (name == said)
            return {};
        all += " " + name;
        const std::size_t apart = letters_apart(said, name);
        if (name.starts_with(said) || (apart <= kLettersApartMax && 2 * apart < said.size()))
            near += " " + name;
    }
    return said + ": there is no such command. "
           + (near.empty() ? "There are:" + all : "Do you mean:" + near) + "\n";
}

} // namespace

Program::Program(const std::string& teaches, const std::string& version)
    : app_(std::make_unique<CLI::App>(teaches)), command_(*app_) {
    app_->set_version_flag("--version", version);
    app_->require_subcommand(1);
}
Program::~Program() = default;

bool Program::parse(int argc, const char* const* argv) {
    if (argc > 1 && argv[1][0] != '-')
        if (const std::string fault = unknown_command(*app_, argv[1]); !fault.empty()) {
            std::cerr << fault << "Run with --help for more information.\n";
            return false;
        }
    try {
        app_->parse(argc, argv);
        return true;
    } catch (const CLI::ParseError& error) {
        return app_->exit(error) == 0;
    }
}

} // namespace daybook::api
