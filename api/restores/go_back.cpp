#include "api/restores/go_back.h"

#include "api/backups/restore_company.h"
#include "api/backups/restore_report.h"
#include "api/handlers/going_back.h"
#include "api/or_problem.h"
#include "api/routing/moment.h"
#include "api/routing/route.h"
#include "engine/adapters/awaited.h"
#include "engine/backup/verification.h"
#include "events/base/strict_json.h"

namespace daybook::api {
namespace {

std::expected<Revision, Problem> moment_of(Service& service, const command::CompanyLine& where,
                                           const std::string& at, Revision last) {
    if (at.empty())
        return last;
    const Moment moment = TRY(read_moment("at", at));
    const auto* instant = std::get_if<Timestamp>(&moment);
    const Revision revision =
        instant ? TRY(or_problem(service.views().revision_at(where.line, *instant)))
                : std::get<Revision>(moment);
    if (revision > last)
        return std::unexpected(
            problem_of(domain::Refusal{domain::Code::as_of_in_future,
                                       "the backup ends at revision " + std::to_string(last),
                                       {},
                                       {},
                                       {}}));
    return revision;
}

Request request_of(const GoBackTo& wanted, Revision to) {
    Json target, body;
    target.set("revision", to);
    body.set("to", std::move(target));
    body.set("reason", wanted.reason);
    if (wanted.expected)
        body.set("expected_revision", *wanted.expected);
    Request request;
    request.method = "POST";
    request.segments = {"api", "v1", "companies", to_text(wanted.company), "rollbacks"};
    request.path = "/api/v1/companies/" + to_text(wanted.company) + "/rollbacks";
    request.body = to_json(body);
    request.headers = {{"content-type", "application/json"}};
    if (!wanted.actor.empty())
        request.headers.emplace_back("daybook-actor", wanted.actor);
    if (wanted.preview)
        request.query = {{"validate_only", "true"}};
    return request;
}

// The problem that an answer tells.
Problem problem_in(const Response& response) {
    Problem told = problem(response.status, "internal_error");
    const auto body = parse_strict_json(response.body);
    const auto text = [&](const char* name) {
        const Json* value = body ? body->find(name) : nullptr;
        return value && value->if_string() ? *value->if_string() : std::string();
    };
    if (!text("code").empty())
        told.code = text("code");
    told.detail = text("detail");
    return told;
}

// Of the books at that moment. What differs from it afterwards is what could not go back.
std::expected<void, Problem> add_moment(Service& service, const backup::BackupFile& file,
                                        log::LineNumber line, Revision to, Json& result) {
    const auto snapshot = TRY(or_problem(service.views().snapshot_at(line, to)));
    TRY(or_problem(add_numbers(result, *snapshot, file.manifest(), to)));
    const Json* kept = result.find("kept");
    JsonArray warnings;
    if (kept && kept->if_array() && !kept->if_array()->empty()) {
        Json item;
        item.set("code", "facts_stay");
        item.set("detail", std::to_string(kept->if_array()->size())
                               + " things do not go back; `kept` says why");
        warnings.push_back(std::move(item));
    }
    result.set("at", to);
    result.set("warnings", std::move(warnings));
    return {};
}

} // namespace

// Their roots say so.
std::expected<Revision, Problem>
check_its_past(const Service& service, const backup::Manifest& manifest, CompanyId company) {
    const auto directory = service.directory();
    const auto* where = directory->find(company);
    if (!where)
        return std::unexpected(problem(404, "not_found", "no such company"));
    const log::LineHead head = TRY(or_problem(service.log().head(where->line)));
    const bool reaches = head.revision >= manifest.revisions;
    if (!reaches
        || TRY(or_problem(service.log().root_at(where->line, manifest.revisions))) != manifest.root)
        return std::unexpected(
            problem(409, "not_its_past",
                    std::string(manifest.options.history
                                    ? ""
                                    : "a backup without history is no past to go back to; ")
                        + "mode=new restores it beside, mode=replace instead"));
    return head.revision;
}

std::expected<Json, Problem> go_back(Service& service, const backup::BackupFile& file,
                                     const GoBackTo& wanted, const backup::Progress& progress) {
    const auto directory = service.directory();
    const auto* where = directory->find(wanted.company);
    if (!where)
        return std::unexpected(problem(404, "not_found", "no such company"));
    const auto verified = backup::verify(file, progress);
    if (!verified)
        return std::unexpected(backup_problem(verified.error()));
    const Revision head = TRY(check_its_past(service, file.manifest(), wanted.company));
    const Revision to = TRY(moment_of(service, *where, wanted.at, verified->events));

    const Router router(going_back_routes());
    const Awaited<Response> awaited;
    router.dispatch(request_of(wanted, to), service,
                    [awaited](Response response) { awaited.give(std::move(response)); });
    const Response response = awaited.take();
    if (response.status >= 300)
        return std::unexpected(problem_in(response));
    const auto body = parse_strict_json(response.body);
    const Json* answer = body && wanted.preview ? body->find("result") : nullptr;
    Json result = answer ? *answer : body.value_or(Json());
    Json replaces;
    replaces.set("revision", head);
    result.set("mode", "into");
    result.set("company_id", to_text(wanted.company));
    result.set("replaces", std::move(replaces));
    TRY(add_moment(service, file, where->line, to, result));
    return result;
}

} // namespace daybook::api
