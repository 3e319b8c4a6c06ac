#include "api/imports/import_run.h"

#include "api/imports/list_import.h"
#include "engine/adapters/zones.h"
#include "engine/import/csv_reader.h"
#include "engine/import/plan.h"
#include "engine/import/workbook_reader.h"
#include "engine/log/merkle.h"
#include "events/json_walk.h"

#include <algorithm>

namespace daybook::api {
namespace {

std::expected<import::CompanyFacts, Problem> facts_of(Service& service, CompanyId company) {
    const auto* where = service.directory()->find(company);
    if (!where)
        return std::unexpected(problem(404, "not_found", "no such company"));
    const auto snapshot = service.views().snapshot(where->line);
    if (!snapshot)
        return std::unexpected(problem_of(snapshot.error()));
    const auto row = (*snapshot)->find({EntityKind::company, where->book.value});
    if (!row)
        return std::unexpected(problem_of(row.error()));
    if (!*row)
        return std::unexpected(problem(404, "not_found", "no such company"));
    const auto& profile = std::get<domain::CompanyState>((*row)->state).profile;
    const auto today = service.local_date(service.clock().now(), profile.time_zone);
    return import::CompanyFacts{profile.party,  profile.base_currency,  profile.time_zone,
                                profile.locale, today.value_or(Date{}), instant_of};
}

std::expected<PlannedImport, Problem> plan_documents(Service& service, CompanyId company,
                                                     const ImportSource& source) {
    const auto options = import::parse_options(source.options);
    if (!options)
        return std::unexpected(problem_of(options.error()));
    const import::CompanyFacts facts = TRY(facts_of(service, company));
    const auto table = import::read_csv(source.bytes, options->separator);
    if (!table)
        return std::unexpected(problem_of(table.error()));
    const ImportFile file{
        source.file_name, log::sha256(source.bytes), source.bytes.size(), "csv", {}};
    auto books = import::plan_import(*table, *options, file, facts, service.ids());
    if (!books)
        return std::unexpected(problem_of(books.error()));
    PlannedImport planned;
    planned.record = books->record;
    planned.units = books->documents.size();
    planned.command = std::move(*books);
    return planned;
}

std::string option_of(const ImportSource& source, std::string_view name) {
    const auto found = std::ranges::find(source.options, name, &NamedText::name);
    return found == source.options.end() ? std::string() : found->value;
}

// Nothing where it is no list.
std::expected<std::optional<ListHeader>, Problem> list_header(Service& service, CompanyId company,
                                                              const ImportSource& source,
                                                              const import::Row& header) {
    SavedReading told{split_mapping(option_of(source, "mapping")), option_of(source, "list")};
    if (told.mapping.empty()) {
        SavedReading saved = TRY(saved_reading(service, company, header));
        told.mapping = std::move(saved.mapping);
        if (told.list.empty())
            told.list = std::move(saved.list);
    }
    return recognise_list(header, told.mapping, told.list);
}

// Documents would need to know of each number and date whether it is one, or a text.
std::expected<PlannedImport, Problem> plan_workbook(Service& service, CompanyId company,
                                                    const ImportSource& source) {
    const auto table = import::read_workbook(source.bytes);
    if (!table)
        return std::unexpected(problem_of(table.error()));
    const auto header = TRY(list_header(service, company, source, table->header));
    if (!header)
        return std::unexpected(problem(422, "unknown_format",
                                       "The first sheet is no list of clients or products; "
                                       "documents come as CSV."));
    return plan_list(service, company, source, *table, *header);
}

// The header decides; only a list is read further here. What cannot be read as a table is left to
// the documents, whose options may say more about it.
std::expected<std::optional<PlannedImport>, Problem>
plan_as_list(Service& service, CompanyId company, const ImportSource& source) {
    std::string separator = option_of(source, "separator");
    if (separator == "tab")
        separator = "\t";
    const auto given =
        separator.size() == 1 ? std::optional(separator.front()) : std::optional<char>();
    const std::string_view bytes = source.bytes;
    const auto first = import::read_csv(bytes.substr(0, bytes.find('\n')), given);
    if (!first)
        return std::nullopt;
    const auto header = TRY(list_header(service, company, source, first->header));
    if (!header)
        return std::nullopt;
    const auto table = import::read_csv(bytes, given);
    if (!table)
        return std::unexpected(problem_of(table.error()));
    return TRY(plan_list(service, company, source, *table, *header));
}

} // namespace

std::expected<PlannedImport, Problem> plan(Service& service, CompanyId company,
                                           const ImportSource& source) {
    if (import::is_workbook(source.bytes))
        return plan_workbook(service, company, source);
    if (auto list = TRY(plan_as_list(service, company, source)))
        return *std::move(list);
    return plan_documents(service, company, source);
}

command::Submission import_submission(CompanyId company, PlannedImport planned, Actor actor,
                                      Source source) {
    source.import_id = planned.record.import_id;
    command::Submission submission;
    submission.company = company;
    submission.command = std::move(planned.command);
    submission.persons = std::move(planned.persons);
    submission.actor = std::move(actor);
    submission.source = std::move(source);
    return submission;
}

Json import_report(const ImportRecorded& record) {
    Json counts = JsonObject{};
    for (const NamedCount& count : record.counts)
        counts.set(count.name, count.count);
    Json report;
    report.set("import_id", to_text(record.import_id));
    report.set("file", to_json_value(record.file, 2));
    report.set("counts", std::move(counts));
    JsonArray sums;
    for (const ImportSum& sum : record.sums)
        sums.push_back(to_json_value(sum, 2));
    report.set("sums", std::move(sums));
    report.set("differences", to_json_value(record.differences, 2));
    report.set("warnings", to_json_value(record.warnings, 2));
    return report;
}

} // namespace daybook::api
