#include "api/handlers/copies.h"

#include "api/copies/copy_job.h"
#include "api/handlers/operation_reply.h"
#include "api/handlers/settings.h"
#include "api/handlers/small_resource.h"
#include "api/handlers/target.h"
#include "api/routing/prefer.h"
#include "engine/command/log_timeline.h"
#include "engine/domain/documents.h"
#include "engine/domain/going_back.h"

namespace daybook::api {
namespace {

using namespace schema;

std::expected<void, Problem> is_commit_end(const Call& call, const CompanyView& view,
                                           Revision revision) {
    const command::LogTimeline timeline(call.service.log(), view.where.line,
                                        view.snapshot->revision());
    const auto end = domain::is_commit_end(timeline, revision, "/at/revision");
    if (const auto trouble = timeline.take_trouble())
        return std::unexpected(problem_of(*trouble));
    if (!end)
        return std::unexpected(problem_of(end.error()));
    return {};
}

std::expected<CopyRequest, Problem> read_copy(const Call& call) {
    TargetMoment target;
    auto request = TRY(read_body<CopyRequest>(call, [&](Input& input) {
        CopyRequest read;
        target = read_target(input, "at");
        read.name = input.text("name", Need::required, domain::kNameLengthMax);
        read.reason = read_reason(input);
        return read;
    }));
    const CompanyView view = TRY(open_company(call));
    request.company = view.where.company;
    request.until = TRY(resolve(call, target));
    TRY(is_commit_end(call, view, request.until));
    request.asked.actor = actor_of(call.request);
    request.asked.source = source_of(call.request, "api");
    request.asked.reason = request.reason;
    request.asked.idempotency_key = call.request.header("idempotency-key");
    request.asked.request_hash = request_hash(call.request);
    return request;
}

void post_copy(Operations& operations, const Call& call, const Respond& respond) {
    if (const auto damage = call.service.damage())
        return refuse(call, respond, problem(503, "read_only", *damage));
    auto request = read_copy(call);
    if (!request)
        return refuse(call, respond, request.error());
    if (call.is_preview()) {
        auto preview = preview_copy(call.service, *request);
        return preview ? respond(preview_response(call, *std::move(preview)))
                       : refuse(call, respond, preview.error());
    }
    start_copy(call.service, operations, *std::move(request),
               preferred_wait(call.request.header("prefer")),
               [call, respond](const std::expected<OperationAnswer, Problem>& outcome) {
                   if (!outcome)
                       return refuse(call, respond, outcome.error());
                   respond(operation_reply(202, *outcome));
               });
}

} // namespace

std::vector<Route> copy_routes(Operations& operations) {
    return {{.method = "POST",
             .pattern = settings_path("copies"),
             .summary = "Copy the company as of a moment into a sandbox of its own",
             .permission = Permission::admin,
             .body_max = kBodyJson,
             .request = named("CopyInput", object({{"at", target_schema()},
                                                   {"name", text()},
                                                   optional("reason", nullable(text()))})),
             .status = 202,
             .response = operation_schema(),
             .handler = previewing([&operations](const Call& call, const Respond& respond) {
                 post_copy(operations, call, respond);
             })}};
}

} // namespace daybook::api
