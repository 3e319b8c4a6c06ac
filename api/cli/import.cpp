#include "api/application.h"
#include "api/cli/server_requests.h"
#include "api/imports/import_run.h"
#include "api/routing/links.h"
#include "events/base/whole_number.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::api {
namespace {

struct ImportOptions {
    std::string file;
    std::string directory; // Or
    std::string server;
    std::string company;
    std::vector<NamedText> given; // Of the contract, by name.
    std::string actor;
    bool dry_run = false;
    bool json = false;
};

// The names under which POST /imports and this command take the same answers.
constexpr const char* kImportOptions[] = {
    "currency",      "date_order", "decimal",          "separator", "time_zone",
    "tax_treatment", "tax_rate",   "client_for_blank", "mapping",   "list"};

void print_report(const Json& report, bool json) {
    if (json)
        return fmt::print("{}\n", to_json(report));
    for (const auto& [name, count] : *report.find("counts")->if_object())
        fmt::print("  {:<40}{:>10}\n", name, to_json(count));
    for (const Json& sum : *report.find("sums")->if_array())
        fmt::print("  {} invoices {}, credit notes {}, together {}\n", member_text(sum, "currency"),
                   member_text(sum, "invoices"), member_text(sum, "credit_notes"),
                   member_text(sum, "total"));
    for (const Json& warning : *report.find("warnings")->if_array())
        fmt::print("  warning {}: {} ({})\n", member_text(warning, "code"),
                   harmless(member_text(warning, "detail")), member_text(warning, "count"));
}

// Nothing was written where `added` is nothing.
int print_imported(const ImportOptions& options, const Json& report, std::uint64_t added,
                   std::uint64_t last) {
    if (!options.json) {
        if (options.dry_run)
            fmt::print("Nothing was written; this is what the file would bring:\n");
        else if (added == 0)
            fmt::print("Everything in this file is already there; nothing was added.\n");
        else
            fmt::print("Imported as revisions {} to {}.\n", last - added + 1, last);
    }
    print_report(report, options.json);
    return kExitDone;
}

int import_here(const ImportOptions& options, ImportSource source) {
    int exit_code = kExitDone;
    const auto books = open_books(options.directory, options.company, exit_code);
    if (!books)
        return exit_code;
    const auto& [application, company] = *books;
    source.options = options.given;
    auto planned = plan(*application, company, source);
    if (!planned)
        return print_problem(planned.error()), kExitRefused;
    const Json report = import_report(planned->record);

    Actor actor;
    actor.kind = ActorKind::user;
    actor.name = options.actor;
    actor.asserted = true;
    Source from;
    from.channel = "cli";
    from.program = application->software();
    command::Submission submission = import_submission(company, std::move(*planned), actor, from);
    submission.validate_only = options.dry_run;
    const command::Outcome outcome = application->submit_and_wait(std::move(submission));
    if (const auto* refusal = std::get_if<domain::Refusal>(&outcome))
        return print_problem(problem_of(*refusal)), kExitRefused;
    if (const auto* error = std::get_if<Error>(&outcome))
        return fmt::print(stderr, "{}\n", error->what), kExitCannotTell;
    const auto* committed = std::get_if<command::Committed>(&outcome);
    if (!committed || committed->first == 0)
        return print_imported(options, report, 0, 0);
    return print_imported(options, report, committed->last - committed->first + 1, committed->last);
}

Request import_request(const ImportOptions& options, const std::string& company,
                       ImportSource source) {
    Request request = server_request("POST", {"imports"});
    request.query = {{"company", company}};
    for (const NamedText& option : options.given)
        request.query.emplace_back(option.name, option.value);
    if (options.dry_run)
        request.query.emplace_back("start", "false");
    request.headers = {{"content-type", "application/octet-stream"},
                       {"x-filename", "UTF-8''" + percent_encoded(source.file_name)},
                       {"prefer", "wait=60"}};
    request.body = std::move(source.bytes);
    return request;
}

int import_there(const ImportOptions& options, ImportSource source) {
    ServerRequests server(options.server, options.actor);
    const auto company = server.company(options.company);
    if (!company)
        return server.exit_code;
    const auto operation = server.ask(import_request(options, *company, std::move(source)));
    if (!operation)
        return server.exit_code;
    const std::string state = member_text(*operation, "state");
    const std::string id = member_text(*operation, "id");
    if (state == "failed")
        return print_refusal(*operation->find("error")), kExitRefused;
    if (state == "proposed" && !server.ask(server_request("POST", {"operations", id, "discard"})))
        return server.exit_code;
    if (state == "running" || state == "pending")
        return fmt::print("Still under way: operation {} of the server.\n", id), kExitDone;
    const Json& result = *operation->find("result");
    const auto number = [&](const char* member) {
        return whole_number<std::uint64_t>(member_text(result, member)).value_or(0);
    };
    return print_imported(options, result, number("added"), number("revision"));
}

int import(const ImportOptions& options) {
    PosixFiles files;
    auto bytes = files.read_all(options.file);
    if (!bytes)
        return fmt::print(stderr, "{}\n", bytes.error().what), kExitCannotTell;
    ImportSource source{options.file.substr(options.file.rfind('/') + 1), std::move(*bytes), {}};
    return options.server.empty() ? import_here(options, std::move(source))
                                  : import_there(options, std::move(source));
}

} // namespace

void add_import(Command& program, int& exit_code) {
    auto options = std::make_shared<ImportOptions>();
    Command command = program.add_subcommand(
        "import", "Take a file of invoices into a company, in one commit: all of it or nothing.\n"
                  "What the file does not say (its currency, the order of its dates …) is asked\n"
                  "for; the same file again adds nothing.");
    command
        .add_option("file", options->file,
                    "CSV file; of clients or products also a workbook (XLSX)")
        .required();
    add_books_options(command, options->directory, options->server, options->company);
    options->given.reserve(std::size(kImportOptions));
    for (const char* name : kImportOptions) {
        std::string dashed = name;
        std::ranges::replace(dashed, '_', '-');
        options->given.push_back({name, ""});
        command.add_option("--" + dashed, options->given.back().value,
                           "as in POST /imports: " + std::string(name));
    }
    command.add_option("--actor", options->actor, "who imports, for the history");
    command.add_flag("--dry-run", options->dry_run, "check and report, write nothing");
    command.add_flag("--json", options->json, "print the report as JSON");
    command.callback([options, &exit_code] {
        std::erase_if(options->given, [](const NamedText& said) { return said.value.empty(); });
        exit_code = import(*options);
    });
}

} // namespace daybook::api
