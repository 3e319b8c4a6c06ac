#include "engine/import/plan.h"

#include "engine/import/faults.h"
#include "engine/import/report.h"
#include "engine/import/text.h"

#include <charconv>
#include <fmt/format.h>

namespace daybook::import {
namespace {

using domain::Code;
using domain::Fault;
using domain::ImportBooks;
using domain::ImportedDocument;
using domain::Refusal;

// The row that a pointer of the calculator, "/lines/12/unit_price", speaks of.
const Item& item_at(std::string_view pointer, const SourceDocument& source) {
    constexpr std::string_view kLines = "/lines/";
    std::size_t index = 0;
    if (pointer.starts_with(kLines)) {
        pointer.remove_prefix(kLines.size());
        std::from_chars(pointer.data(), pointer.data() + pointer.size(), index);
    }
    return source.items[index < source.items.size() ? index : 0];
}

// What is wrong with a document, in the terms of the file.
void translate(const Refusal& refusal, const SourceDocument& source, const Columns& columns,
               Faults& faults) {
    const auto add = [&](const Item& item, Code code, std::string_view detail) {
        faults.add(
            row_pointer(item.line, columns.name(Role::number)), code,
            fmt::format("line {}, document {}: {}", item.line, in_quotes(source.number), detail));
    };
    if (refusal.faults.empty())
        add(source.items.front(), refusal.code, refusal.detail);
    for (const Fault& fault : refusal.faults)
        add(item_at(fault.pointer, source), fault.code, fault.detail);
}

std::expected<void, Refusal> check_zone(const std::string& zone, const CompanyFacts& company) {
    if (company.instant_of(zone, company.today, 0))
        return {};
    return domain::refuse(Code::unknown_time_zone, {},
                          {{"/time_zone", Code::unknown_time_zone,
                            fmt::format("there is no zone {}", in_quotes(zone))}});
}

External external_of(const SourceDocument& source, const Issuer& issuer, const ImportFile& file,
                     const CompanyFacts& company) {
    External external{.system = issuer.system,
                      .file_sha256 = file.sha256,
                      .table = "documents",
                      .id = source.number,
                      .row = source.items.front().line};
    if (source.at.second_of_day) {
        const auto instant =
            company.instant_of(issuer.choices.time_zone, source.at.date, *source.at.second_of_day);
        if (instant)
            external.occurred_at = *instant;
    }
    return external;
}

std::expected<std::vector<ImportedDocument>, Refusal>
freeze_all(std::span<const SourceDocument> sources, const Clients& clients, const Issuer& issuer,
           const Columns& columns, const std::function<External(const SourceDocument&)>& external,
           IdSource& ids) {
    std::vector<ImportedDocument> documents;
    Faults faults;
    for (const SourceDocument& source : sources) {
        const Uuid id = ids.next_id();
        auto imported = freeze(source, clients.buyer(source), issuer, ids);
        if (imported)
            documents.push_back({id, *std::move(imported), CreditKind::other, external(source)});
        else
            translate(imported.error(), source, columns, faults);
    }
    if (!faults.empty())
        return std::unexpected(
            std::move(faults).refusal(Code::import_broken_row, "Documents that cannot be"));
    return documents;
}

// The answers that were used, said or inferred, so that the import can be understood later.
void note_choices(const Choices& choices, char separator, ImportRecorded& record) {
    const auto note = [&](const char* name, std::string value) {
        if (!value.empty())
            record.options.push_back({name, std::move(value)});
    };
    note("currency", choices.currency.code);
    note("date_order", enum_name(choices.date_order));
    note("decimal", std::string(1, choices.decimal));
    note("separator", separator == '\t' ? "tab" : std::string(1, separator));
    note("time_zone", choices.time_zone);
    note("tax_treatment", enum_name(choices.tax_treatment));
    if (choices.tax_treatment != TaxTreatment::none)
        note("tax_rate", to_text(choices.tax_rate));
    note("client_for_blank", enum_name(choices.client_for_blank));
}

void note_mapping(const Columns& columns, ImportRecorded& record) {
    for (std::size_t i = 0; i < columns.places.size(); ++i)
        if (const auto place = columns.places[i])
            record.mapping.push_back({columns.names[*place], enum_name(static_cast<Role>(i))});
}

} // namespace

std::expected<ImportBooks, Refusal> plan_import(const Table& table, const Options& options,
                                                const ImportFile& file, const CompanyFacts& company,
                                                IdSource& ids) {
    const Columns columns = TRY(recognise(table.header, options.mapping));
    if (table.rows.empty())
        return domain::refuse(Code::import_empty, "The file has a header and no row.");
    const Choices choices =
        TRY(settle(options, table, columns, {company.base_currency, company.time_zone}));
    TRY(check_zone(choices.time_zone, company));
    auto items = TRY(read_items(table, columns, choices));
    const auto sources = TRY(group_documents(std::move(items), columns));

    ImportBooks command;
    command.record.import_id = {ids.next_id()};
    command.record.file = file;
    const Clients clients(sources,
                          {columns.system, file.sha256, choices.client_for_blank,
                           company.locale.starts_with("fr"), company.base_currency},
                          ids);
    command.clients = clients.all();
    const Issuer issuer{company.seller, columns.system, choices, columns.name(Role::country)};
    command.documents = TRY(freeze_all(
        sources, clients, issuer, columns,
        [&](const SourceDocument& source) { return external_of(source, issuer, file, company); },
        ids));

    note_choices(choices, table.separator, command.record);
    note_mapping(columns, command.record);
    const Observed observed{
        table,        columns, choices, sources, command.documents, clients, company.base_currency,
        company.today};
    if (!report(observed, command.record))
        return domain::refuse(Code::amount_overflow, "The file's sums exceed what books can hold.");
    return command;
}

} // namespace daybook::import
