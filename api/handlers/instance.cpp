#include "api/handlers/instance.h"

#include "api/backups/backup_sizes.h"
#include "api/json/party_json.h"
#include "api/present/company.h"
#include "api/present/custody_health.h"
#include "api/present/event.h"
#include "api/routing/write.h"
#include "api/version.h"
#include "engine/backup/limits.h"
#include "events/codec/limits.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

using namespace schema;

constexpr std::uint64_t kMebibyte = 1024 * 1024;

// Empty while there is room enough.
std::string disk_sentence(std::uint64_t free, Language language) {
    if (free >= kDiskReserveBytes)
        return {};
    const bool french = language == Language::french;
    if (free < kMebibyte)
        return french ? "Le disque est plein : plus rien ne peut être écrit. Libérez de la place."
                      : "The disk is full: nothing more can be written. Make room.";
    return french ? fmt::format("Le disque est presque plein : {} Mio sont libres. En dessous de "
                                "{} Mio, rien n'est sauvegardé ni restauré.",
                                free / kMebibyte, kDiskReserveBytes / kMebibyte)
                  : fmt::format("The disk is nearly full: {} MiB are free. Below {} MiB nothing is "
                                "backed up or restored.",
                                free / kMebibyte, kDiskReserveBytes / kMebibyte);
}

Reply get_me(const Call& call) {
    if (!call.service.knows_companies()) // None would be a lie.
        return std::unexpected(problem(503, "damaged", call.service.damage().value_or("")));
    JsonArray companies;
    for (const command::CompanyLine& line : call.service.directory()->current()) {
        Json company;
        company.set("id", to_text(line.company));
        company.set("role", "owner"); // Everybody's, until there are accounts.
        company.set("permissions", JsonArray{"read", "write", "issue", "audit", "admin"});
        companies.push_back(std::move(company));
    }
    Json body;
    body.set("actor", show_actor(actor_of(call.request)));
    body.set("companies", std::move(companies));
    return json_response(200, body);
}

Reply get_capabilities(const Call&) {
    JsonArray currencies;
    for (const CurrencyInfo& currency : known_currencies()) {
        Json item;
        item.set("code", currency.code);
        item.set("digits", currency.digits);
        currencies.push_back(std::move(item));
    }
    Json formats;
    formats.set("events", 1);
    formats.set("state_hash", 1);
    formats.set("data_directory", 1);
    formats.set("backup", backup::kFormat);
    Json limits;
    limits.set("lines_per_document", kLinesMax);
    limits.set("taxes_per_line", kTaxesPerLineMax);
    limits.set("record_bytes", kRecordBytesMax);
    limits.set("commit_events", kCommitEventsMax);
    limits.set("commit_bytes", kCommitBytesMax);
    limits.set("body_bytes", kBodyJson);
    limits.set("import_bytes", kBodyImport);
    limits.set("attachment_bytes", kBodyFile);
    limits.set("page", 500);
    Json body;
    body.set("version", kVersion);
    body.set("formats", std::move(formats));
    body.set("currencies", std::move(currencies));
    body.set("locales", JsonArray{"en", "fr"});
    body.set("limits", std::move(limits));
    body.set("features", JsonArray{"as_of", "history", "events", "validate_only", "rollbacks",
                                   "copies", "imports", "lists", "attachments", "backups",
                                   "uploads", "restores", "proofs"});
    return json_response(200, body);
}

Schema capabilities_schema() {
    return object({{"version", text()},
                   {"formats", any()},
                   {"currencies", array(object({{"code", text()}, {"digits", integer()}}))},
                   {"locales", array(text())},
                   {"limits", any()},
                   {"features", array(text())}});
}

Reply get_live(const Call&) { return json_response(200, JsonObject{{"status", "ok"}}); }

Reply get_ready(const Custody& custody, const Call& call) {
    const Service& service = call.service;
    const projections::Lag lag = service.views().lag();
    const std::uint64_t free_bytes = service.disk_free();
    const std::optional<std::string> clock = service.clock_trouble();
    const Timestamp now = call.service.clock().now();
    const auto [overdue, unsound, last_backup, last_drill, last_verification] =
        custody.read([&](const custody::CustodyBook& book) {
            return std::tuple(is_backup_overdue(book, now), is_found_unsound(book),
                              show_last_backup(book, now, call.language),
                              show_last_drill(book, call.language),
                              show_last_verification(book, call.language));
        });
    const bool is_well =
        free_bytes >= kDiskReserveBytes && lag.trouble.empty() && !clock && !overdue;
    const std::string_view status = service.damage() || unsound ? "damaged"
                                    : lag.rebuilding            ? "replaying"
                                    : is_well                   ? "ok"
                                                                : "degraded";
    Json views;
    views.set("behind", lag.behind);
    views.set("rebuilding", lag.rebuilding);
    views.set("trouble", text_or_null(lag.trouble));
    Json body;
    body.set("status", status);
    body.set("writes", !service.damage() && !clock);
    body.set("clock", text_or_null(clock.value_or("")));
    body.set("damage", text_or_null(service.damage().value_or("")));
    body.set("views", std::move(views));
    body.set("last_backup", last_backup);
    body.set("last_drill", last_drill);
    body.set("last_verification", last_verification);
    body.set("disk", text_or_null(disk_sentence(free_bytes, call.language)));
    body.set("disk_free", free_bytes);
    body.set("version", kVersion);
    return json_response(lag.rebuilding || !service.knows_companies() ? 503 : 200, body);
}

Schema ready_schema() {
    return object({{"status", text_of({"ok", "degraded", "damaged", "replaying"})},
                   {"writes", boolean()},
                   {"clock", text_or_null_schema()},
                   {"damage", text_or_null_schema()},
                   {"views", object({{"behind", integer()},
                                     {"rebuilding", boolean()},
                                     {"trouble", text_or_null_schema()}})},
                   {"last_backup", last_backup_schema()},
                   {"last_drill", last_drill_schema()},
                   {"last_verification", last_verification_schema()},
                   {"disk", text_or_null_schema()},
                   {"disk_free", integer()},
                   {"version", text()}});
}

Route open_route(std::string path, std::string_view summary, std::optional<Schema> schema,
                 std::function<Reply(const Call&)> answer) {
    return {"GET",
            std::move(path),
            summary,
            Permission::none,
            kBodyNone,
            {},
            {},
            200,
            std::move(schema),
            reading(std::move(answer))};
}

} // namespace

std::vector<Route> instance_routes(Metrics& metrics, const Custody& custody) {
    const Schema me = object(
        {{"actor", actor_schema()},
         {"companies",
          array(object({{"id", uuid()}, {"role", text()}, {"permissions", array(text())}}))}});
    return {
        open_route("/api/v1/me", "Who asks, and what he may", me, get_me),
        open_route("/api/v1/capabilities", "Version, formats, currencies, limits",
                   capabilities_schema(), get_capabilities),
        open_route("/health/live", "The process answers", object({{"status", text()}}), get_live),
        open_route("/health/ready", "What works and what does not", ready_schema(),
                   [&custody](const Call& call) { return get_ready(custody, call); }),
        open_route("/metrics", "Prometheus", std::nullopt, [&metrics](const Call& call) {
            return Reply(Response{200,
                                  {{"Content-Type", "text/plain; version=0.0.4"}},
                                  metrics.text(call.service),
                                  nullptr});
        })};
}

Route openapi_route(std::shared_ptr<Json> document) {
    return open_route("/api/openapi.json", "This description", any(),
                      [document = std::move(document)](const Call&) {
                          return Reply(json_response(200, *document));
                      });
}

} // namespace daybook::api
