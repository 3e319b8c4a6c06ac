#include "api/cli/command.h"

#include <CLI/CLI.hpp>
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

Program::Program(const std::string& teaches, const std::string& version)
    : app_(std::make_unique<CLI::App>(teaches)), command_(*app_) {
    app_->set_version_flag("--version", version);
    app_->require_subcommand(1);
}
Program::~Program() = default;

bool Program::parse(int argc, const char* const* argv) {
    try {
        app_->parse(argc, argv);
        return true;
    } catch (const CLI::ParseError& error) {
        return app_->exit(error) == 0;
    }
}

} // namespace daybook::api
