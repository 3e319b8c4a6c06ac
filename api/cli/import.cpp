#include "api/cli/command_line.h"

#include "api/application.h"
#include "api/imports/import_run.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

struct ImportOptions {
    std::string file;
    std::string directory;
    std::string company;
    std::vector<std::pair<std::string, std::string>> given; // Of the contract, by name.
    std::string actor;
    bool dry_run = false;
    bool json = false;
};

// The names under which POST /imports and this command take the same answers.
constexpr const char* kImportOptions[] = {"currency",  "date_order",       "decimal",
                                          "separator", "time_zone",        "tax_treatment",
                                          "tax_rate",  "client_for_blank", "mapping"};

void print_report(const ImportRecorded& record, bool json) {
    if (json)
        return fmt::print("{}\n", to_json(import_report(record)));
    for (const NamedCount& count : record.counts)
        fmt::print("  {:<40}{:>10}\n", count.name, count.count);
    for (const ImportSum& sum : record.sums) {
        const int digits = sum.currency.digits().value_or(2);
        fmt::print("  {} invoices {}, credit notes {}, together {}\n", sum.currency.code,
                   to_text(sum.invoices, digits), to_text(sum.credit_notes, digits),
                   to_text(sum.total, digits));
    }
    for (const ImportWarning& warning : record.warnings)
        fmt::print("  warning {}: {} ({})\n", warning.code, warning.detail, warning.count);
}

int import(const ImportOptions& options) {
    PosixFiles files;
    auto bytes = files.read_all(options.file);
    if (!bytes)
        return fmt::print(stderr, "{}\n", bytes.error().what), kExitCannotTell;
    int exit_code = kExitDone;
    const auto books = open_books(options.directory, options.company, exit_code);
    if (!books)
        return exit_code;
    const auto& [application, company] = *books;

    const std::string file_name = options.file.substr(options.file.rfind('/') + 1);
    ImportSource source{file_name, std::move(*bytes), {}};
    for (const auto& [name, value] : options.given)
        if (!value.empty())
            source.options.push_back({name, value});
    auto planned = plan(*application, company, source);
    if (!planned)
        return print_problem(planned.error()), kExitRefused;
    const ImportRecorded record = planned->record;

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
    if (!options.json) {
        if (options.dry_run)
            fmt::print("Nothing was written; this is what the file would bring:\n");
        else if (committed->first == 0)
            fmt::print("Everything in this file is already there; nothing was added.\n");
        else
            fmt::print("Imported as revisions {} to {}.\n", committed->first, committed->last);
    }
    print_report(record, options.json);
    return kExitDone;
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
    command.add_option("--data", options->directory, "data directory").required();
    command.add_option("--company", options->company, "company id; not needed when there is one");
    options->given.reserve(std::size(kImportOptions));
    for (const char* name : kImportOptions) {
        std::string dashed = name;
        std::ranges::replace(dashed, '_', '-');
        options->given.emplace_back(name, "");
        command.add_option("--" + dashed, options->given.back().second,
                           "as in POST /imports: " + std::string(name));
    }
    command.add_option("--actor", options->actor, "who imports, for the history");
    command.add_flag("--dry-run", options->dry_run, "check and report, write nothing");
    command.add_flag("--json", options->json, "print the report as JSON");
    command.callback([options, &exit_code] { exit_code = import(*options); });
}

} // namespace daybook::api
