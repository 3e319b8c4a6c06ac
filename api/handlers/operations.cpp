#include "api/handlers/operations.h"

#include "api/handlers/operation_reply.h"
#include "api/handlers/pass_phrase.h"
#include "api/handlers/restores.h"
#include "api/handlers/short_list.h"
#include "api/http/file_name.h"
#include "api/imports/import_job.h"
#include "api/routing/prefer.h"
#include "api/routing/write.h"

#include <algorithm>
#include <array>

namespace daybook::api {
namespace {

using namespace schema;

constexpr std::string_view kImportOptions[] = {
    "currency",      "date_order", "decimal",          "separator", "time_zone",
    "tax_treatment", "tax_rate",   "client_for_blank", "mapping",   "list"};

std::expected<ImportRequest, Problem> read_import(const Call& call) {
    ImportRequest import;
    const auto mode = call.request.parameter("mode").value_or("into");
    if (mode != "into")
        return std::unexpected(
            problem_of(domain::Refusal{domain::Code::not_supported_yet,
                                       "mode=" + std::string(mode) + "; a list goes into a company",
                                       {},
                                       {}}));
    const auto company = call.request.parameter("company");
    if (!company)
        return bad_parameter("company", "which company the file goes into");
    const auto id = parse_uuid(*company);
    if (!id || !call.service.directory()->find(CompanyId{*id}))
        return std::unexpected(problem(404, "not_found", "no such company"));
    import.company = CompanyId{*id};
    const auto start = call.request.parameter("start").value_or("true");
    if (start != "true" && start != "false")
        return bad_parameter("start", "true or false");
    import.start = start == "true" ? ImportStart::at_once : ImportStart::propose;
    import.source.file_name =
        parse_file_name(call.request.header("x-filename")).value_or("import.csv");
    for (const auto& [name, value] : call.request.query)
        if (std::ranges::find(kImportOptions, name) != std::end(kImportOptions))
            import.source.options.push_back({name, value});
    import.asked.actor = actor_of(call.request);
    import.asked.source = source_of(call.request, "import");
    import.asked.idempotency_key = call.request.header("idempotency-key");
    import.asked.request_hash = request_hash(call.request);
    return import;
}

// The report as with start=false, and what would be written; no operation, and no byte is kept.
void preview_import(Call call, ImportRequest import, const Respond& respond) {
    Service& service = call.service;
    call.path["company"] = to_text(import.company);
    service.work([call = std::move(call), import = std::move(import), respond]() mutable {
        auto planned = plan(call.service, import.company, import.source);
        if (!planned)
            return refuse(call, respond, planned.error());
        Write write;
        write.command = std::move(planned->command);
        write.persons = std::move(planned->persons);
        write.tell = [company = import.company, record = planned->record](const Told&) {
            return report_of(company, record);
        };
        perform(std::move(call), std::move(write), respond);
    });
}

void post_import(RestoreDesk& desk, Call call, const Respond& respond) {
    if (const auto damage = call.service.damage())
        return reply_with(call, 0, std::unexpected(problem(503, "read_only", *damage)), respond);
    const auto taken = take_list(desk, call.request);
    if (!taken)
        return reply_with(call, 0, std::unexpected(taken.error()), respond);
    if (!*taken && is_restore(call.request))
        return post_restore(desk, std::move(call), respond);
    Operations& operations = desk.operations;
    auto import = read_import(call);
    if (!import)
        return reply_with(call, 0, std::unexpected(import.error()), respond);
    import->source.bytes = std::move(call.request.body);
    call.request.body.clear();
    if (call.is_preview())
        return preview_import(std::move(call), *std::move(import), respond);
    Service& service = call.service;
    const std::chrono::seconds wait = preferred_wait(call.request.header("prefer"));
    start_import(service, operations, std::move(*import), wait,
                 [call, respond](const std::expected<OperationAnswer, Problem>& outcome) {
                     reply_with(call, 202, outcome, respond);
                 });
}

bool proposes_restore(const std::optional<Operation>& operation) {
    return operation && operation->kind == kRestoreKind
           && operation->state == OperationState::proposed;
}

void run_operation(RestoreDesk& desk, const Call& call, const Uuid& id,
                   const OperationAnswered& answered) {
    const auto proposal = desk.operations.find(id);
    if (proposes_restore(proposal))
        run_restore(desk, call, *proposal, answered);
    else
        run_proposal(call.service, desk.operations, id, actor_of(call.request), answered);
}

void discard_operation(RestoreDesk& desk, const Call& call, const Uuid& id,
                       const OperationAnswered& answered) {
    const auto proposal = desk.operations.find(id);
    if (proposes_restore(proposal))
        discard_restore_proposal(desk, *proposal, answered);
    else
        discard_proposal(call.service, desk.operations, id, answered);
}

// A backup and a restore stop at their next read or write, and leave nothing; the switch to
// restored books takes place as a whole, and so does an import, which has no moment to stop it in.
// A proposal is dropped, since nothing of it runs.
void cancel_operation(RestoreDesk& desk, const Call& call, const Uuid& id,
                      const OperationAnswered& answered) {
    Operations& operations = desk.operations;
    const auto operation = operations.find(id);
    if (!operation)
        return answered(std::unexpected(problem(404, "not_found", "no such operation")));
    if (operation->state == OperationState::proposed)
        return discard_operation(desk, call, id, answered);
    if (operations.cancel(id))
        return answered(OperationAnswer{operations.find(id).value_or(*operation), false});
    const bool runs =
        operation->state == OperationState::running || operation->state == OperationState::pending;
    answered(std::unexpected(
        problem(409, "operation_ended",
                runs ? "it ends in one commit and cannot be stopped half-way"
                     : "it has ended: " + std::string(enum_name(operation->state)))));
}

using OperationVerb = void (*)(RestoreDesk&, const Call&, const Uuid&, const OperationAnswered&);

// `under_way`: the status of an answer that comes before the end.
Handler on_operation(RestoreDesk& desk, OperationVerb verb, int under_way) {
    return [&desk, verb, under_way](const Call& call, const Respond& respond) {
        const auto id = call.id("id");
        if (!id)
            return reply_with(call, 0, std::unexpected(id.error()), respond);
        const auto answered = [call, respond,
                               under_way](const std::expected<OperationAnswer, Problem>& outcome) {
            const bool runs = outcome && outcome->operation.state == OperationState::running;
            reply_with(call, runs ? under_way : 200, outcome, respond);
        };
        verb(desk, call, *id, answered);
    };
}

Reply get_operation(const Operations& operations, const Call& call) {
    const Uuid id = TRY(call.id("id"));
    const auto operation = operations.find(id);
    if (!operation)
        return std::unexpected(problem(404, "not_found", "no such operation"));
    return json_response(200, show_operation(*operation));
}

Reply list_operations(const Operations& operations, const Call& call) {
    static constexpr std::array<std::string_view, 9> kOperationColumns = {
        "id",         "kind",       "state",         "progress.done", "progress.total",
        "started_at", "company_id", "progress.unit", "error"};
    static const Schema kItems = operation_schema();
    JsonArray items;
    for (const Operation& operation : operations.all())
        items.push_back(show_operation(operation));
    return short_list(call, {"operations", kOperationColumns, kItems}, std::move(items),
                      log::kInstanceLine);
}

Route operation_verb_route(RestoreDesk& desk, const std::string& path, std::string_view summary,
                           OperationVerb verb) {
    return {.method = "POST",
            .pattern = "/api/v1/" + path,
            .summary = summary,
            .permission = Permission::write,
            .response = operation_schema(),
            .handler = on_operation(desk, verb, 200)};
}

Route run_route(RestoreDesk& desk, const std::string& path) {
    Route route =
        operation_verb_route(desk, path, "Run a proposed import or restore", run_operation);
    route.status = 202;
    route.handler = on_operation(desk, run_operation, route.status);
    route.may_change_nothing = true; // 200 once it has ended.
    route.body_max = kBodyJson;
    route.request = pass_phrase_schema();
    return route;
}

Route discard_route(RestoreDesk& desk, const std::string& path) {
    return operation_verb_route(desk, path, "Drop a proposed import or restore", discard_operation);
}

} // namespace

std::vector<Route> import_routes(RestoreDesk& desk) {
    std::vector<Parameter> parameters = {
        {"company", "the company the file goes into, or whose book it replaces"},
        {"mode", "into: lists, or a backup that is the company's own past; new, replace: a backup"},
        {"start", "false: propose only, with the report of what would come"}};
    for (const std::string_view option : kImportOptions)
        parameters.push_back({option, "of the file; asked for with needs_choice"});
    std::ranges::move(restore_parameters(), std::back_inserter(parameters));
    const Schema schema = operation_schema();
    return {{"POST",
             "/api/v1/imports",
             "Take a file in: CSV, XLSX or a backup as the body, named in X-Filename, or an upload",
             Permission::write,
             kBodyImport,
             parameters,
             {},
             202,
             schema,
             previewing([&desk](Call call, const Respond& respond) {
                 post_import(desk, std::move(call), respond);
             })},
            run_route(desk, "operations/{id}/run"),
            discard_route(desk, "operations/{id}/discard"),
            // The contract writes them below /imports too.
            run_route(desk, "imports/{id}/run"),
            discard_route(desk, "imports/{id}/discard")};
}

std::vector<Route> operation_routes(RestoreDesk& desk) {
    Operations& operations = desk.operations;
    const Schema schema = operation_schema();
    return {{"GET",
             "/api/v1/operations",
             "All operations, newest first",
             Permission::read,
             kBodyNone,
             short_list_parameters(),
             {},
             200,
             list_of(schema),
             reading([&](const Call& call) { return list_operations(operations, call); })},
            {"GET",
             "/api/v1/operations/{id}",
             "One operation",
             Permission::read,
             kBodyNone,
             {},
             {},
             200,
             schema,
             reading([&](const Call& call) { return get_operation(operations, call); })},
            operation_verb_route(desk, "operations/{id}/cancel",
                                 "Stop an operation; what is only proposed is dropped",
                                 cancel_operation)};
}

} // namespace daybook::api
