#include "api/handlers/restores.h"

#include "api/backups/backup_jobs.h"
#include "api/handlers/backups.h"
#include "api/handlers/operation_reply.h"
#include "api/handlers/pass_phrase.h"
#include "api/handlers/short_list.h"
#include "api/handlers/small_resource.h"
#include "api/http/file_name.h"
#include "api/or_problem.h"
#include "api/restores/switch_back.h"
#include "api/routing/prefer.h"
#include "api/routing/preview.h"
#include "engine/backup/sealed_files.h"
#include "engine/import/workbook_reader.h"

#include <array>

namespace daybook::api {
namespace {

using namespace schema;

constexpr std::string_view kZip = "PK\x03\x04"; // What a ZIP archive begins with.
constexpr std::size_t kFirstBytes = 64; // Enough to tell a backup from a list in a workbook.

bool begins_sealed(std::string_view begins) {
    return begins.starts_with(backup::kSealedAnyRelease);
}

bool is_list(std::string_view begins) {
    return !begins_sealed(begins) && (!begins.starts_with(kZip) || import::is_workbook(begins));
}

std::expected<bool, Problem> flag(const Call& call, std::string_view name, bool fallback) {
    const auto text = call.request.parameter(name);
    if (!text)
        return fallback;
    if (*text != "true" && *text != "false")
        return bad_parameter(name, "true or false");
    return *text == "true";
}

std::expected<std::optional<CompanyId>, Problem> company_in(const Call& call, RestoreMode mode) {
    const auto text = call.request.parameter("company");
    if (mode == RestoreMode::as_new)
        return std::nullopt;
    if (!text)
        return bad_parameter("company", "whose book it goes into, or replaces");
    const auto id = parse_uuid(*text);
    if (!id || !call.service.directory()->find(CompanyId{*id}))
        return std::unexpected(problem(404, "not_found", "no such company"));
    return CompanyId{*id};
}

command::Submission import_asked_by(const Call& call) {
    command::Submission asked;
    asked.actor = actor_of(call.request);
    asked.source = source_of(call.request, "import");
    asked.idempotency_key = call.request.header("idempotency-key");
    asked.request_hash = hash_without_pass_phrase(call.request);
    return asked;
}

// A backup that is kept here is restored from where it lies.
std::expected<Upload, Problem> stand_for_backup(const RestoreDesk& desk, const std::string& id) {
    const auto wanted = parse_uuid(id);
    const auto found =
        !wanted || !desk.backups
            ? std::nullopt
            : desk.backups->ports().custody.read(
                [&](const custody::CustodyBook& book) -> std::optional<custody::Backup> {
                    const custody::Backup* backup = book.find(*wanted);
                    return backup && desk.backups->shelf().holds(*backup) ? std::optional(*backup)
                                                                          : std::nullopt;
                });
    if (!found)
        return std::unexpected(problem(404, "not_found", "no such backup"));
    if (found->expired_at)
        return std::unexpected(problem(410, "backup_expired",
                                       "its file was removed at " + to_text(*found->expired_at)));
    return desk.uploads.stand_for(found->name, desk.backups->shelf().full_path(found->path),
                                  found->bytes);
}

// A file that is here already may be sealed; the body then holds its pass phrase, and no file.
std::expected<std::string, Problem> pass_phrase_beside(const Call& call) {
    if (!call.request.body.empty() && !call.request.body.starts_with('{'))
        return bad_parameter("upload", "either upload=<id>, backup=<id> or the file as the body");
    return pass_phrase_in(call);
}

std::expected<RestoreRequest, Problem> read_restore(RestoreDesk& desk, const Call& call) {
    const auto parameter = [&](std::string_view name) {
        return std::string(call.request.parameter(name).value_or(""));
    };
    RestoreRequest request;
    const auto mode = parse_mode(parameter("mode").empty() ? "new" : parameter("mode"));
    if (!mode)
        return bad_parameter("mode", "new, into or replace");
    request.mode = *mode;
    request.company = TRY(company_in(call, request.mode));
    request.at = parameter("at");
    request.reason = parameter("reason");
    request.force = TRY(flag(call, "force", false));
    request.propose = !TRY(flag(call, "start", true));
    request.asked = import_asked_by(call);
    request.asserted_actor = call.request.header("daybook-actor");
    if (request.mode != RestoreMode::as_new && request.reason.empty())
        return std::unexpected(
            problem_of(domain::Refusal{domain::Code::reason_required, "reason=…", {}, {}, {}}));
    const std::string upload = parameter("upload");
    const std::string backup = parameter("backup");
    if (!upload.empty() || !backup.empty())
        request.pass_phrase = TRY(pass_phrase_beside(call));
    if (!upload.empty()) {
        const auto id = parse_uuid(upload);
        if (!id)
            return std::unexpected(problem(404, "not_found", "no such upload"));
        request.upload = *id;
        TRY(desk.uploads.file_of(request.upload));
        return request;
    }
    request.own_upload = true;
    if (!backup.empty()) {
        request.upload = TRY(stand_for_backup(desk, backup)).id;
        return request;
    }
    if (begins_sealed(call.request.body))
        return std::unexpected(problem(422, "pass_phrase_required",
                                       "beside a file there is no place for one: upload it, then "
                                       "send {\"pass_phrase\": …} with upload=<id>"));
    request.upload =
        TRY(desk.uploads.keep(parse_file_name(call.request.header("x-filename")).value_or(""),
                              call.request.body))
            .id;
    return request;
}

// ---- replacements -------------------------------------------------------------------------------

Schema epoch_schema() {
    return object({{"epoch", integer()},
                   {"log_id", uuid()},
                   {"revision", integer()},
                   {"current", boolean()},
                   {"replaced_epoch", nullable(integer())}});
}

Reply list_replacements(const Call& call) {
    TRY(asks_of_now(call));
    const CompanyId company{TRY(call.id("company"))};
    const auto directory = call.service.directory();
    const auto* now = directory->find(company);
    if (!now)
        return std::unexpected(problem(404, "not_found", "no such company"));
    JsonArray items;
    for (Epoch epoch = directory->newest_epoch(company); epoch > 0; --epoch) {
        const auto* where = directory->find(company, epoch);
        if (!where)
            continue;
        const auto replaced = directory->replaced_by(company, epoch);
        Json item;
        item.set("epoch", epoch);
        item.set("log_id", to_text(where->log_id));
        item.set("revision", TRY(or_problem(call.service.log().head(where->line))).revision);
        item.set("current", epoch == now->epoch);
        item.set("replaced_epoch", replaced ? Json(*replaced) : Json());
        items.push_back(std::move(item));
    }
    static constexpr std::array<std::string_view, 5> kEpochColumns = {"epoch", "log_id", "revision",
                                                                      "current", "replaced_epoch"};
    static const Schema kItems = epoch_schema();
    return short_list(call, {"replacements", kEpochColumns, kItems}, std::move(items), now->line,
                      "epoch");
}

Json show_book(const command::CompanyLine& where, Revision revision) {
    Json json;
    json.set("company_id", to_text(where.company));
    json.set("epoch", where.epoch);
    json.set("log_id", to_text(where.log_id));
    json.set("revision", revision);
    return json;
}

// The book that would be current again, with what it learns of the time between.
std::expected<Preview, Problem> preview_switch(const Service& service, CompanyId company,
                                               const command::Submission& submission) {
    const auto& back = std::get<command::SwitchBack>(submission.command);
    const auto directory = service.directory();
    const command::CompanyLine& to = *directory->find(company, back.epoch);
    const auto head = TRY(or_problem(service.log().head(to.line)));
    Preview preview{show_book(to, head.revision + back.events.size()), back.events, {}};
    preview.events.push_back({{EntityKind::company, company.value},
                              LineActivated{company, to.log_id, to.epoch, to.line},
                              {},
                              {}});
    return preview;
}

void post_undo(const Call& call, const Respond& respond) {
    if (const auto damage = call.service.damage())
        return refuse(call, respond, problem(503, "read_only", *damage));
    const auto company = call.id("company");
    const auto reason =
        read_body<std::string>(call, [](Input& input) { return read_reason(input); });
    if (!company || !reason)
        return refuse(call, respond, company ? reason.error() : company.error());
    if (reason->empty())
        return refuse(call, respond,
                      problem_of(domain::Refusal{domain::Code::reason_required, {}, {}, {}, {}}));
    auto submission =
        switch_back(call.service, CompanyId{*company}, call.path.find("epoch")->second);
    if (!submission)
        return refuse(call, respond, submission.error());
    if (call.is_preview()) {
        auto preview = preview_switch(call.service, CompanyId{*company}, *submission);
        return preview ? respond(preview_response(call, *std::move(preview)))
                       : refuse(call, respond, preview.error());
    }
    submission->actor = actor_of(call.request);
    submission->source = source_of(call.request, "api");
    submission->reason = *reason;
    Service& service = call.service;
    service.submit(*std::move(submission), [=, &service](const command::Outcome& outcome) {
        if (const auto* refusal = std::get_if<domain::Refusal>(&outcome))
            return refuse(call, respond, problem_of(*refusal));
        if (const auto* error = std::get_if<Error>(&outcome))
            return refuse(call, respond, problem_of(*error));
        const auto directory = service.directory();
        const command::CompanyLine& now = *directory->find(CompanyId{*company});
        const auto head = service.log().head(now.line);
        const Json body = show_book(now, head ? head->revision : 0);
        service.when_shown([=] { respond(json_response(200, body)); });
    });
}

} // namespace

bool is_restore(const Request& request) {
    const auto mode = request.parameter("mode");
    return mode == "new" || mode == "replace" || !is_list(request.body)
           || request.parameter("upload") || request.parameter("backup");
}

std::expected<bool, Problem> take_list(const RestoreDesk& desk, Request& request) {
    const auto upload = request.parameter("upload");
    if (!upload)
        return false;
    const auto id = parse_uuid(*upload);
    if (!id)
        return std::unexpected(problem(404, "not_found", "no such upload"));
    if (!is_list(TRY(desk.uploads.read(*id, kFirstBytes))))
        return false;
    const Upload found = TRY(desk.uploads.find(*id));
    if (found.size > kBodyImport)
        return std::unexpected(problem(
            413, "body_too_large", "a list has at most " + std::to_string(kBodyImport) + " bytes"));
    if (!request.body.empty())
        return bad_parameter("upload", "either upload=<id> or the file as the body");
    request.body = TRY(desk.uploads.read(*id, found.size));
    if (request.header("x-filename").empty())
        request.headers.emplace_back("x-filename", found.name);
    return true;
}

void post_restore(RestoreDesk& desk, Call call, const Respond& respond) {
    auto request = read_restore(desk, call);
    call.request.body.clear();
    if (!request)
        return reply_with(call, 0, std::unexpected(request.error()), respond);
    if (call.is_preview())
        return preview_restore(desk, *std::move(request),
                               [call, respond](const std::expected<Json, Problem>& report) {
                                   report ? respond(preview_response(call, {*report, {}, {}}))
                                          : refuse(call, respond, report.error());
                               });
    start_restore(desk, *std::move(request), preferred_wait(call.request.header("prefer")),
                  [call, respond](const std::expected<OperationAnswer, Problem>& outcome) {
                      reply_with(call, 202, outcome, respond);
                  });
}

void run_restore(RestoreDesk& desk, const Call& call, const Operation& proposal,
                 OperationAnswered answered) {
    auto pass_phrase = pass_phrase_in(call);
    if (!pass_phrase)
        return answered(std::unexpected(pass_phrase.error()));
    command::Submission asked = import_asked_by(call);
    asked.idempotency_key.clear(); // A proposal is run once.
    run_restore_proposal(desk, proposal, asked, std::string(call.request.header("daybook-actor")),
                         *std::move(pass_phrase), preferred_wait(call.request.header("prefer")),
                         std::move(answered));
}

std::vector<Parameter> restore_parameters() {
    return {{"upload", "of a backup: an upload that is complete, instead of the body"},
            {"backup", "id of a backup that is kept here, instead of the body"},
            {"at", "of a backup: @<revision> or an instant inside; its end where nothing is said"},
            {"reason", "of a backup that replaces a book or takes it back: why"},
            {"force", "of a backup: true although it does not balance, or is of another company"}};
}

std::vector<Route> replacement_routes(RestoreDesk&) {
    return {{.method = "GET",
             .pattern = settings_path("replacements"),
             .summary = "The books that the company has and had, newest first",
             .permission = Permission::read,
             .parameters = custody_list_parameters(),
             .status = 200,
             .response = list_of(epoch_schema()),
             .handler = reading(list_replacements)},
            {.method = "POST",
             .pattern = settings_path("replacements/{epoch}/undo"),
             .summary = "Take a replacement back: the book of before is current again",
             .permission = Permission::admin,
             .body_max = kBodyJson,
             .request = reason_schema(),
             .status = 200,
             .response = object({{"company_id", uuid()},
                                 {"epoch", integer()},
                                 {"log_id", uuid()},
                                 {"revision", integer()}}),
             .handler = previewing(post_undo)}};
}

} // namespace daybook::api
