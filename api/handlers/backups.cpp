#include "api/handlers/backups.h"

#include "api/backups/backup_sizes.h"
#include "api/handlers/operation_reply.h"
#include "api/handlers/pass_phrase.h"
#include "api/handlers/reading_body.h"
#include "api/handlers/short_list.h"
#include "api/handlers/small_resource.h"
#include "api/json/party_json.h"
#include "api/or_problem.h"
#include "api/present/backup.h"
#include "api/routing/prefer.h"
#include "api/routing/preview.h"
#include "engine/backup/sealed_files.h"

#include <array>

namespace daybook::api {
namespace {

using namespace schema;
using custody::Backup;
using custody::CustodyBook;

// ---- making -------------------------------------------------------------------------------------

std::expected<BackupRequest, Problem> read_wanted(const Call& call) {
    return read_body<BackupRequest>(call, [](Input& input) {
        BackupRequest request;
        const std::string name = input.text("name", Need::optional, 250);
        const auto file_name = file_name_of(name);
        if (input.has("name") && !file_name)
            input.fault("name", domain::Code::invalid_input,
                        "1 to 200 bytes, no slash, no control character");
        request.name = file_name.value_or("");
        request.options.attachments = input.boolean("attachments").value_or(true);
        request.options.emails = input.boolean("emails").value_or(true);
        request.options.history = input.boolean("history").value_or(true);
        request.pass_phrase = input.text("pass_phrase", Need::optional, backup::kPassPhraseMax);
        if (input.has("pass_phrase") && request.pass_phrase.size() < backup::kPassPhraseMin)
            input.fault("pass_phrase", domain::Code::out_of_range,
                        "at least " + std::to_string(backup::kPassPhraseMin) + " bytes");
        return request;
    });
}

std::expected<BackupRequest, Problem> read_request(const Call& call) {
    BackupRequest request = TRY(read_wanted(call));
    request.asked = asked_by(call);
    request.asked.idempotency_key = call.request.header("idempotency-key");
    request.asked.request_hash = hash_without_pass_phrase(call.request);
    return request;
}

// Which files there would be; what they hold is known once they are made.
Preview preview_of(const Call& call, const BackupRequest& request) {
    Preview preview;
    JsonArray companies;
    for (const CompanyId company : request.companies) {
        companies.push_back(to_text(company));
        CustodyNoted noted;
        noted.company_id = company;
        const EntityRef backup{EntityKind::backup, call.service.ids().next_id()};
        preview.events.push_back({backup, BackupMade{noted}, {}, {}});
        preview.events.push_back({backup, BackupVerified{noted}, {}, {}});
    }
    preview.result.set("companies", std::move(companies));
    preview.result.set("name", text_or_null(request.name));
    preview.result.set("attachments", request.options.attachments);
    preview.result.set("emails", request.options.emails);
    preview.result.set("history", request.options.history);
    preview.result.set("sealed", !request.pass_phrase.empty());
    return preview;
}

void start(BackupJobs& jobs, const Call& call, const Respond& respond,
           const std::expected<BackupRequest, Problem>& request) {
    if (!request)
        return refuse(call, respond, request.error());
    if (const auto damage = call.service.damage())
        return refuse(call, respond,
                      problem(503, "read_only",
                              *damage
                                  + "; a backup of what is sound is made by `daybook backup` while "
                                    "the server is stopped"));
    if (call.is_preview())
        return respond(preview_response(call, preview_of(call, *request)));
    jobs.start(*request, preferred_wait(call.request.header("prefer")),
               [call, respond](const std::expected<OperationAnswer, Problem>& outcome) {
                   if (!outcome)
                       return refuse(call, respond, outcome.error());
                   respond(operation_reply(202, *outcome));
               });
}

void post_backup(BackupJobs& jobs, const Call& call, const Respond& respond) {
    auto company = company_in(call);
    auto request = read_request(call);
    if (!company)
        return start(jobs, call, respond, std::unexpected(company.error()));
    if (request)
        request->companies = {*company};
    start(jobs, call, respond, request);
}

// One file each, in one action: a file of two companies would belong to neither.
void post_all(BackupJobs& jobs, const Call& call, const Respond& respond) {
    auto request = read_request(call);
    if (request) {
        request->all = true;
        if (!request->name.empty())
            return start(jobs, call, respond,
                         std::unexpected(problem_of(domain::Refusal{
                             domain::Code::invalid_input,
                             "each company's backup has a name of its own: leave name out",
                             {{"/name", domain::Code::invalid_input, ""}},
                             {}})));
        for (const command::CompanyLine& line : call.service.directory()->current())
            request->companies.push_back(line.company);
    }
    start(jobs, call, respond, request);
}

Schema input_schema(bool with_name) {
    std::vector<Member> members = {optional("attachments", boolean()),
                                   optional("emails", boolean()), optional("history", boolean()),
                                   optional("pass_phrase", nullable(text()))};
    if (with_name)
        members.push_back(optional("name", nullable(text())));
    return named(with_name ? "BackupInput" : "BackupsInput", object(std::move(members)));
}

// ---- looking ------------------------------------------------------------------------------------

Reply list_backups(const BackupJobs& jobs, const Call& call) {
    static constexpr std::array<std::string_view, 13> kBackupColumns = {
        "id",       "name",   "state",     "bytes",   "sha256",  "log_id",     "epoch",
        "revision", "sealed", "scheduled", "made_at", "made_by", "verified_at"};
    static const Schema kItems = backup_schema();
    const CompanyId company = TRY(company_in(call));
    JsonArray items;
    jobs.ports().custody.read([&](const CustodyBook& book) {
        for (const Backup* backup : book.backups_of(company))
            if (jobs.shelf().holds(*backup))
                items.push_back(show_backup(*backup));
    });
    return short_list(call, {"backups", kBackupColumns, kItems}, std::move(items),
                      call.service.directory()->find(company)->line);
}

Reply get_backup(const BackupJobs& jobs, const Call& call) {
    return json_response(200, show_backup(TRY(backup_in(jobs, call))));
}

Reply get_new(const Call& call) {
    const CompanyId company = TRY(company_in(call));
    const BackupSubject subject = TRY(or_problem(backup_subject(call.service, company)));
    JsonArray parts;
    std::uint64_t total = 0;
    for (const PartSize& size : TRY(or_problem(backup_sizes(call.service, subject.subject)))) {
        Json part;
        part.set("part", size.part);
        part.set("count", size.count);
        part.set("bytes", size.bytes);
        part.set("estimated", size.estimated);
        total += size.bytes;
        parts.push_back(std::move(part));
    }
    Json body;
    body.set("name", subject.name);
    body.set("revision", subject.subject.until);
    body.set("parts", std::move(parts));
    body.set("bytes", total);
    body.set("disk_free", call.service.disk_free());
    return json_response(200, body);
}

Schema new_schema() {
    return object({{"name", text()},
                   {"revision", integer()},
                   {"parts", array(object({{"part", text()},
                                           {"count", integer()},
                                           {"bytes", integer()},
                                           {"estimated", boolean()}}))},
                   {"bytes", integer()},
                   {"disk_free", integer()}});
}

// ---- removing -----------------------------------------------------------------------------------

// Noted first: a crash between leaves a file that the next start removes, never a note of a file
// that is not there.
void delete_backup(BackupJobs& jobs, const Call& call, const Respond& respond) {
    const auto backup = kept_backup_in(jobs, call);
    if (!backup)
        return refuse(call, respond, backup.error());
    CustodyNoted noted = custody::noted_of(*backup);
    noted.target = backup->path;
    noted.result = "removed";
    if (call.is_preview()) {
        Backup removed = *backup;
        removed.expired_at = call.service.clock().now();
        const EntityRef thing{EntityKind::backup, backup->id};
        return respond(preview_response(
            call, {show_backup(removed), {{thing, BackupExpired{noted}, {}, {}}}, {}}));
    }
    command::Submission asked = asked_by(call);
    asked.reason = call.request.parameter("reason").value_or("");
    jobs.ports().custody.note({EntityKind::backup, backup->id}, {BackupExpired{noted}}, asked,
                              [&jobs, call, respond, gone = *backup](const Result<void>& done) {
                                  if (!done)
                                      return refuse(call, respond, problem_of(done.error()));
                                  // Not here: this is the sequencer's thread, and a large file
                                  // takes its time to go.
                                  call.service.work([&jobs, call, respond, gone] {
                                      if (const auto removed = jobs.remove(gone); !removed)
                                          return refuse(call, respond, problem_of(removed.error()));
                                      jobs.ports().custody.read([&](const CustodyBook& book) {
                                          respond(
                                              json_response(200, show_backup(*book.find(gone.id))));
                                      });
                                  });
                              });
}

} // namespace

// ---- what handlers of backups have in common ----------------------------------------------------

std::expected<void, Problem> asks_of_now(const Call& call) {
    if (!call.request.parameter("as_of"))
        return {};
    Problem no = problem(400, "unknown_parameter",
                         "as_of: backups, their schedule and replacements are custody, kept in the "
                         "instance's book; they have no past moments of the company's book");
    no.faults.push_back({"?as_of", "unknown_parameter", ""});
    return std::unexpected(std::move(no));
}

std::vector<Parameter> custody_parameters() {
    return {{"as_of", "refused: this is custody, and no part of the company's book"}};
}

std::vector<Parameter> custody_list_parameters() {
    std::vector<Parameter> parameters = custody_parameters();
    std::ranges::move(short_list_parameters(), std::back_inserter(parameters));
    return parameters;
}

std::expected<CompanyId, Problem> company_in(const Call& call) {
    TRY(asks_of_now(call));
    const CompanyId company{TRY(call.id("company"))};
    if (!call.service.directory()->find(company))
        return std::unexpected(problem(404, "not_found", "no such company"));
    return company;
}

std::expected<Backup, Problem> backup_in(const BackupJobs& jobs, const Call& call) {
    const CompanyId company = TRY(company_in(call));
    const Uuid id = TRY(call.id("id"));
    return jobs.ports().custody.read(
        [&](const CustodyBook& book) -> std::expected<Backup, Problem> {
            const Backup* backup = book.find(id);
            if (!backup || backup->company != company || !jobs.shelf().holds(*backup))
                return std::unexpected(problem(404, "not_found", "no such backup"));
            return *backup;
        });
}

std::expected<Backup, Problem> kept_backup_in(const BackupJobs& jobs, const Call& call) {
    Backup backup = TRY(backup_in(jobs, call));
    if (backup.expired_at)
        return std::unexpected(problem(410, "backup_expired",
                                       "its file was removed at " + to_text(*backup.expired_at)));
    return backup;
}

command::Submission asked_by(const Call& call) {
    command::Submission asked;
    asked.actor = actor_of(call.request);
    asked.source = source_of(call.request, "api");
    return asked;
}

std::vector<Route> backup_routes(BackupJobs& jobs) {
    const std::string all = settings_path("backups");
    const std::string one = all + "/{id}";
    const auto get = [](std::string path, std::string_view summary, Schema response,
                        std::vector<Parameter> parameters,
                        std::function<Reply(const Call&)> handler) {
        return Route{.method = "GET",
                     .pattern = std::move(path),
                     .summary = summary,
                     .permission = Permission::admin,
                     .parameters = std::move(parameters),
                     .response = std::move(response),
                     .handler = reading(std::move(handler))};
    };
    const auto post = [](std::string path, std::string_view summary, Schema input,
                         Handler handler) {
        return Route{.method = "POST",
                     .pattern = std::move(path),
                     .summary = summary,
                     .permission = Permission::admin,
                     .body_max = kBodyJson,
                     .request = std::move(input),
                     .status = 202,
                     .response = operation_schema(),
                     .handler = previewing(std::move(handler))};
    };
    return {
        post(all, "Make a backup of the company: one file, verified before it is listed",
             input_schema(true),
             [&jobs](const Call& call, const Respond& respond) {
                 post_backup(jobs, call, respond);
             }),
        post("/api/v1/backups", "Make a backup of each company: one file each", input_schema(false),
             [&jobs](const Call& call, const Respond& respond) { post_all(jobs, call, respond); }),
        get(all, "Backups of the company, newest first; removed ones too", list_of(backup_schema()),
            custody_list_parameters(),
            [&jobs](const Call& call) { return list_backups(jobs, call); }),
        get(all + "/new", "What a backup made now would be called, and how large its parts are",
            new_schema(), custody_parameters(), get_new),
        get(one, "One backup", backup_schema(), custody_parameters(),
            [&jobs](const Call& call) { return get_backup(jobs, call); }),
        {.method = "DELETE",
         .pattern = one,
         .summary = "Remove the file of a backup, and its copies at the schedule's target",
         .permission = Permission::admin,
         .parameters = {{"reason", "why; kept in the instance's book"}},
         .response = backup_schema(),
         .handler = previewing([&jobs](const Call& call, const Respond& respond) {
             delete_backup(jobs, call, respond);
         })}};
}

} // namespace daybook::api
