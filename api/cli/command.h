// One command of the program as it describes itself: its options, and what it runs. The part of
// CLI11 that the commands use, by its own names. CLI11 is seen by command.cpp alone: reading and
// compiling it costs each file that includes it seven seconds.
//
// Both classes are handles, copied freely; what they name lives as long as the Program. A target of
// an option is written when the command line is parsed, and has to live until then.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace daybook::api {

// An option or, where its name has no dashes, an argument.
class CommandOption {
  public:
    explicit CommandOption(CLI::Option& option) : option_(&option) {}

    CommandOption required();
    // --help shows what the target holds before anything is said.
    CommandOption capture_default_str();
    // Takes that many values, once.
    CommandOption expected(int values);
    // Takes that many values each time it is given.
    CommandOption each_of(int values);
    CommandOption delimiter(char between);
    CommandOption one_of(std::vector<std::string> values);
    CommandOption existing_file();
    // `fault` says what is wrong with a value; nothing (an empty text) where it is right.
    CommandOption check(std::function<std::string(const std::string& value)> fault);

  private:
    CLI::Option* option_;
};

class Command {
  public:
    explicit Command(CLI::App& app) : app_(&app) {}

    Command add_subcommand(const std::string& name, const std::string& teaches);
    // Options of which exactly one has to be given.
    Command add_choice(const std::string& title);

    CommandOption add_option(const std::string& names, std::string& target,
                             const std::string& help);
    CommandOption add_option(const std::string& names, std::uint64_t& target,
                             const std::string& help);
    CommandOption add_option(const std::string& names, std::vector<std::string>& target,
                             const std::string& help);
    void add_flag(const std::string& names, bool& target, const std::string& help);
    // Examples, below the options in --help.
    void footer(const std::string& examples);
    // Called once, when this is the command that was given and its options are read.
    void callback(std::function<void()> run);

  private:
    CLI::App* app_;
};

// The program itself, of which one command has to be given.
class Program {
  public:
    Program(const std::string& teaches, const std::string& version);
    ~Program();

    Command& command() { return command_; }
    // Runs the command that was given. False where the line is not one: CLI11 has said why. True
    // after --help and --version, too.
    bool parse(int argc, const char* const* argv);

  private:
    std::unique_ptr<CLI::App> app_;
    Command command_;
};

} // namespace daybook::api
