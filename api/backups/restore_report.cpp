#include "api/backups/restore_report.h"

#include "engine/log/base64.h"

#include <map>

namespace daybook::api {
namespace {

using namespace schema;

// Of documents that the restored book will not know; enough for a person to look at.
constexpr std::size_t kDocumentsShown = 200;

Json counts_of(const projections::Summary& summary) {
    Json counts;
    counts.set("clients", summary.clients);
    counts.set("products", summary.products);
    counts.set("drafts", summary.drafts);
    counts.set("issued", summary.issued);
    counts.set("credit_notes", summary.credit_notes);
    counts.set("payments", summary.payments);
    return counts;
}

Json sums_of(const projections::Summary& summary) {
    std::map<std::string, Json> by_currency;
    const auto add = [&](const char* name, const std::vector<projections::Money>& sums) {
        for (const projections::Money& sum : sums) {
            Json& row = by_currency[sum.currency.code];
            row.set("currency", sum.currency.code);
            row.set(name, sum.amount);
        }
    };
    add("receivable", summary.receivable);
    add("credit_open", summary.credit_open);
    add("unallocated", summary.unallocated);
    JsonArray rows;
    for (auto& [currency, row] : by_currency)
        rows.push_back(std::move(row));
    return rows;
}

// What the manifest tells people, against what the records come to: nothing, in a sound file.
JsonArray differences_of(const Json& stated, const Json& counts) {
    JsonArray differences;
    for (const auto& [name, found] : *counts.if_object()) {
        const Json* said = stated.find(name);
        if (!said || to_json(*said) == to_json(found))
            continue;
        Json item;
        item.set("name", name);
        item.set("stated", *said);
        item.set("found", found);
        differences.push_back(std::move(item));
    }
    return differences;
}

Json file_json(const backup::BackupFile& file) {
    const backup::Manifest& manifest = file.manifest();
    Json options;
    options.set("attachments", manifest.options.attachments);
    options.set("emails", manifest.options.emails);
    options.set("history", manifest.options.history);
    Json json;
    json.set("sha256", to_hex(file.sha256()));
    json.set("bytes", file.archive().file_bytes());
    json.set("made_at", to_text(manifest.made_at));
    json.set("software", manifest.software);
    json.set("realm", to_text(manifest.realm));
    json.set("signing_key", log::to_base64(manifest.signing_key));
    json.set("options", std::move(options));
    return json;
}

Json verification_json(const InspectedBackup& backup) {
    const backup::Manifest& manifest = backup.file->manifest();
    JsonArray findings;
    for (const audit::Finding& finding : backup.ledger.findings) {
        Json item;
        item.set("where", finding.where);
        item.set("what", finding.what);
        findings.push_back(std::move(item));
    }
    Json json;
    json.set("events", backup.verified.events);
    json.set("persons", backup.verified.persons);
    json.set("persons_erased", backup.verified.persons_absent);
    json.set("root", to_hex(manifest.root));
    json.set("state_hash", to_hex(manifest.state.hash));
    json.set("state_hash_form", manifest.state.form);
    json.set("balanced", backup.ledger.is_sound());
    json.set("findings", std::move(findings));
    return json;
}

Json replaced_json(const Replaced& replaced) {
    Json json;
    json.set("company_id", to_text(replaced.where.company));
    json.set("name", replaced.name);
    json.set("epoch", replaced.where.epoch);
    json.set("revision", replaced.seen.head);
    json.set("shared", replaced.shared);
    json.set("events_only_there", replaced.seen.head - replaced.shared);
    return json;
}

JsonArray documents_json(const std::vector<OnlyInParent>& documents, int digits) {
    JsonArray items;
    for (const OnlyInParent& document : documents) {
        if (items.size() == kDocumentsShown)
            break;
        Json item;
        item.set("kind", enum_name(document.thing.kind));
        item.set("id", to_text(document.thing.id));
        item.set("number", document.number);
        item.set("total", to_text(document.total, digits));
        items.push_back(std::move(item));
    }
    return items;
}

} // namespace

Result<void> add_numbers(Json& report, const projections::Snapshot& snapshot,
                         const backup::Manifest& manifest, Revision until) {
    const projections::Summary summary = TRY(snapshot.summary(Date{}));
    const Json counts = counts_of(summary);
    report.set("differences", until == manifest.revisions ? differences_of(manifest.summary, counts)
                                                          : JsonArray{});
    report.set("counts", counts);
    report.set("sums", sums_of(summary));
    return {};
}

Result<Json> inspection_report(const InspectedBackup& backup, Revision until) {
    const backup::Manifest& manifest = backup.file->manifest();
    const BackupBooks& books = *backup.books;
    const auto snapshot = TRY(books.views().snapshot_at(books.where().line, until));
    Json company, line, range;
    company.set("id", to_text(manifest.company));
    company.set("name", manifest.company_name);
    line.set("log_id", to_text(manifest.log_id));
    line.set("epoch", manifest.epoch);
    range.set("first", 1);
    range.set("last", manifest.revisions);
    range.set("last_recorded_at", to_text(manifest.last_recorded_at));
    Json json;
    json.set("file", file_json(*backup.file));
    json.set("company", std::move(company));
    json.set("line", std::move(line));
    json.set("range", std::move(range));
    json.set("verification", verification_json(backup));
    TRY(add_numbers(json, *snapshot, manifest, until));
    return json;
}

Result<Json> restore_report(const InspectedBackup& backup, const Restoration& wanted,
                            const RestorePlan& plan) {
    Json json = TRY(inspection_report(backup, wanted.until));
    const BackupBooks& books = *backup.books;
    const auto snapshot = TRY(books.views().snapshot_at(books.where().line, wanted.until));
    const auto row = TRY(snapshot->find({EntityKind::company, books.where().book.value}));
    const auto* company = row ? std::get_if<domain::CompanyState>(&row->state) : nullptr;
    const int digits = company ? company->profile.base_currency.likely_digits() : 2;
    JsonArray warnings;
    for (const RestoreWarning& warning : plan.warnings) {
        Json item;
        item.set("code", warning.code);
        item.set("detail", warning.detail);
        warnings.push_back(std::move(item));
    }
    json.set("mode", wanted.replaces ? "replace" : "new");
    json.set("at", wanted.until);
    json.set("name", plan.name);
    json.set("replaces", wanted.replaces ? replaced_json(*wanted.replaces) : Json());
    json.set("documents_unknown", documents_json(plan.documents, digits));
    json.set("warnings", std::move(warnings));
    return json;
}

void add_restored(Json& report, const RestoredCompany& restored) {
    report.set("company_id", to_text(restored.where.company));
    report.set("log_id", to_text(restored.where.log_id));
    report.set("epoch", restored.where.epoch);
    report.set("name", restored.name);
    report.set("restored", restored.restored);
}

Schema inspection_schema() {
    return named("Inspection", object({{"file", any()},
                                       {"company", object({{"id", uuid()}, {"name", text()}})},
                                       {"line", object({{"log_id", uuid()}, {"epoch", integer()}})},
                                       {"range", object({{"first", integer()},
                                                         {"last", integer()},
                                                         {"last_recorded_at", instant()}})},
                                       {"verification", any()},
                                       {"counts", any()},
                                       {"sums", array(any())},
                                       {"differences", array(any())}}));
}

} // namespace daybook::api
