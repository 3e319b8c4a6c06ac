#include "api/imports/import_job.h"

#include "engine/adapters/posix_files.h"

#include <atomic>
#include <memory>

namespace daybook::api {
namespace {

// The bytes of a proposal wait here until it is run or dropped.
std::string folder_of(const Service& service) { return service.data_directory() + "/imports"; }
std::string file_of(const Service& service, const Uuid& operation) {
    return folder_of(service) + "/" + to_text(operation);
}

Json request_json(const ImportRequest& request) {
    Json options = JsonObject{};
    for (const NamedText& option : request.source.options)
        options.set(option.name, option.value);
    Json json;
    json.set("file_name", request.source.file_name);
    json.set("options", std::move(options));
    return json;
}

// What the sequencer made of the import, written into the operation.
void settle(Operation& operation, const command::Outcome& outcome, Json report) {
    operation.done = operation.total;
    if (const auto* committed = std::get_if<command::Committed>(&outcome)) {
        operation.state = OperationState::succeeded;
        report.set("added", committed->first == 0 ? std::uint64_t{0}
                                                  : committed->last - committed->first + 1);
        report.set("revision", committed->last);
        operation.result = std::move(report);
    } else if (const auto* previewed = std::get_if<command::Previewed>(&outcome)) {
        operation.state = OperationState::proposed;
        report.set("would_add", previewed->events.size());
        operation.result = std::move(report);
        operation.done = 0;
    } else {
        operation.state = OperationState::failed;
        const auto* refusal = std::get_if<domain::Refusal>(&outcome);
        operation.error =
            operation_error(refusal ? problem_of(*refusal) : problem_of(std::get<Error>(outcome)));
    }
}

// Submits what was planned and notes how it ended.
void submit_plan(Service& service, Operations& operations, Operation operation,
                 PlannedImport planned, const command::Submission& asked, bool propose,
                 std::function<void(const Operation&)> ended) {
    const Json report = report_of(*operation.company, planned.record);
    operation.total = planned.units;
    operation.unit = planned.unit;
    command::Submission submission =
        import_submission(*operation.company, std::move(planned), asked.actor, asked.source);
    submission.validate_only = propose;
    service.submit(std::move(submission),
                   [&operations, operation, report,
                    ended = std::move(ended)](const command::Outcome& outcome) mutable {
                       settle(operation, outcome, report);
                       operations.move(operation, ended);
                   });
}

struct Planned {
    ImportRequest request;
    PlannedImport import;
};

// Keeps the bytes of a proposal, or says why it cannot.
std::optional<Problem> keep_bytes(const Service& service, const Uuid& operation,
                                  const std::string& bytes) {
    PosixFiles files;
    const auto made = files.make_directory(folder_of(service));
    if (!made)
        return problem_of(made.error());
    const auto written = files.replace(file_of(service, operation), bytes, 0600);
    if (!written)
        return problem_of(written.error());
    return std::nullopt;
}

void note_and_run(Service& service, Operations& operations, const std::shared_ptr<Planned>& planned,
                  std::chrono::seconds wait, const OperationAnswered& answered) {
    const bool propose = planned->request.start == ImportStart::propose;
    Operation operation;
    operation.id = service.ids().next_id();
    operation.kind = "import";
    operation.company = planned->request.company;
    operation.total = planned->import.units;
    operation.unit = planned->import.unit;
    operation.request = request_json(planned->request);
    if (propose)
        if (const auto no = keep_bytes(service, operation.id, planned->request.source.bytes))
            return answered(std::unexpected(*no));
    const auto begin = [&service, &operations, planned, answered, propose](const Operation& noted) {
        submit_plan(service, operations, noted, std::move(planned->import), planned->request.asked,
                    propose, [answered](const Operation& ended) {
                        answered(OperationAnswer{ended, false});
                    });
    };
    begin_operation(operations, std::move(operation), planned->request.asked, wait, answered,
                    {begin, {}});
}

std::expected<Operation, Problem> find_proposal(const Operations& operations, const Uuid& id) {
    const auto operation = operations.find(id);
    if (!operation)
        return std::unexpected(problem(404, "not_found", "no such operation"));
    if (operation->state != OperationState::proposed)
        return std::unexpected(problem(409, "operation_not_proposed"));
    return *operation;
}

ImportSource source_of(const Json& request, std::string bytes) {
    ImportSource source;
    if (const Json* name = request.find("file_name"); name && name->is_string())
        source.file_name = *name->if_string();
    source.bytes = std::move(bytes);
    if (const Json* options = request.find("options"); options && options->is_object())
        for (const auto& [name, value] : *options->if_object())
            source.options.push_back({name, *value.if_string()});
    return source;
}

} // namespace

Json report_of(CompanyId company, const ImportRecorded& record) {
    Json report;
    report.set("company_id", to_text(company));
    const Json members = import_report(record);
    for (const auto& [name, value] : *members.if_object())
        report.set(name, value);
    return report;
}

void start_import(Service& service, Operations& operations, ImportRequest request,
                  std::chrono::seconds wait, OperationAnswered answered) {
    answered = answering_once(std::move(answered));
    auto planned = std::make_shared<Planned>(Planned{std::move(request), {}});
    service.work([&service, &operations, planned, wait, answered = std::move(answered)] {
        auto import = plan(service, planned->request.company, planned->request.source);
        if (!import)
            return answered(std::unexpected(import.error()));
        planned->import = std::move(*import);
        note_and_run(service, operations, planned, wait, answered);
    });
}

void run_proposal(Service& service, Operations& operations, const Uuid& id, const Actor& actor,
                  OperationAnswered answered) {
    service.work([&service, &operations, id, actor, answered = std::move(answered)] {
        auto operation = find_proposal(operations, id);
        if (!operation)
            return answered(std::unexpected(operation.error()));
        PosixFiles files;
        auto bytes = files.read_all(file_of(service, id));
        if (!bytes)
            return answered(std::unexpected(problem_of(bytes.error())));
        auto import =
            plan(service, *operation->company, source_of(operation->request, std::move(*bytes)));
        if (!import)
            return answered(std::unexpected(import.error()));
        command::Submission asked;
        asked.actor = actor;
        asked.source.channel = "import";
        operation->state = OperationState::running;
        submit_plan(service, operations, *operation, std::move(*import), asked, false,
                    [&service, answered](const Operation& ended) {
                        PosixFiles kept;
                        static_cast<void>(kept.remove_all(file_of(service, ended.id)));
                        answered(OperationAnswer{ended, false});
                    });
    });
}

void discard_proposal(Service& service, Operations& operations, const Uuid& id,
                      const OperationAnswered& answered) {
    auto operation = find_proposal(operations, id);
    if (!operation)
        return answered(std::unexpected(operation.error()));
    operation->state = OperationState::cancelled;
    PosixFiles files;
    static_cast<void>(files.remove_all(file_of(service, id))); // A leftover is only space.
    operations.move(*operation, [answered](const Operation& ended) {
        answered(OperationAnswer{ended, false});
    });
}

} // namespace daybook::api
