#include "api/copies/copy_job.h"

#include "api/or_problem.h"
#include "engine/command/fork_facts.h"
#include "engine/domain/states.h"
#include "events/codec/codec.h"

#include <memory>

namespace daybook::api {
namespace {

struct Job {
    Service& service;
    Operations& operations;
    CopyRequest request;
    command::CompanyLine source;
    Operation operation;
    OperationAnswered answered;
};

Result<Timestamp> recorded_at(const log::LogReader& log, log::LineNumber line, Revision revision) {
    const auto records = TRY(log.read(line, revision, {.records_max = 1}));
    if (records.empty())
        return fail(ErrorKind::corrupt, "the last record of the copy is not there");
    return TRY(decode_envelope(records.front().bytes)).recorded_at;
}

Result<command::ShowLine> showing(Service& service, const CopyRequest& request,
                                  const command::CompanyLine& source,
                                  const Service::CopiedLine& copied) {
    const log::LogReader& log = service.log();
    const auto snapshot = TRY(service.views().snapshot_at(source.line, request.until));
    const EntityRef company{EntityKind::company, source.book.value};
    const auto row = TRY(snapshot->find(company));
    if (!row || snapshot->revision() != request.until)
        return fail(ErrorKind::busy, "the views have not reached that moment yet");

    Fork fork;
    fork.parent = {source.log_id,
                   source.epoch,
                   request.until,
                   TRY(log.root_at(source.line, request.until)),
                   {},
                   {}};
    fork.new_log_id = service.ids().next_id();
    fork.new_epoch = 1;
    fork.mode = BookMode::sandbox;
    fork.series_floors = TRY(command::series_floors(log, source.line));
    fork.only_in_parent = TRY(command::issued_after(log, source.line, request.until));

    CompanyProfile profile = std::get<domain::CompanyState>(row->state).profile;
    command::ShowLine show;
    show.events.push_back({company, CompanyCopied{fork}, {}, {}});
    if (!request.name.empty() && request.name != profile.party.name) {
        profile.party.name = request.name;
        show.events.push_back({company, CompanyChanged{profile, {"party.name"}}, {}, {}});
    }
    show.where = {CompanyId{service.ids().next_id()}, fork.new_log_id, 1, copied.line, source.book};
    show.company_name = profile.party.name;
    show.filled = request.until;
    show.recorded_at = TRY(recorded_at(log, source.line, request.until));
    show.company = row->state;
    show.company_version = row->version;
    show.name = "CopyCompany";
    show.known = copied.series;
    return show;
}

Json result_of(const command::ShowLine& shown) {
    Json result;
    result.set("company_id", to_text(shown.where.company));
    result.set("log_id", to_text(shown.where.log_id));
    result.set("copied", shown.filled);
    return result;
}

void end(const std::shared_ptr<Job>& job) {
    job->operations.move(job->operation, [job](const Operation& ended) {
        job->answered(OperationAnswer{ended, false});
    });
}

void fail_with(const std::shared_ptr<Job>& job, const Problem& no) {
    job->operation.state = OperationState::failed;
    job->operation.error = operation_error(no);
    end(job);
}

void show(const std::shared_ptr<Job>& job, const Service::CopiedLine& copied) {
    auto shown = showing(job->service, job->request, job->source, copied);
    if (!shown)
        return fail_with(job, problem_of(shown.error()));
    const Json result = result_of(*shown);
    command::Submission submission;
    submission.company = shown->where.company;
    submission.actor = job->request.asked.actor;
    submission.source = job->request.asked.source;
    submission.reason = job->request.reason;
    submission.command = *std::move(shown);
    job->service.submit(std::move(submission), [job, result](const command::Outcome& outcome) {
        if (const auto* refusal = std::get_if<domain::Refusal>(&outcome))
            return fail_with(job, problem_of(*refusal));
        if (const auto* error = std::get_if<Error>(&outcome))
            return fail_with(job, problem_of(*error));
        job->operation.state = OperationState::succeeded;
        job->operation.result = result;
        job->service.when_shown([job] { end(job); }); // Done means: it can be looked at.
    });
}

} // namespace

std::expected<Preview, Problem> preview_copy(Service& service, const CopyRequest& request) {
    const auto directory = service.directory();
    const auto* source = directory->find(request.company);
    if (!source)
        return std::unexpected(problem(404, "not_found", "no such company"));
    auto shown = TRY(or_problem(showing(service, request, *source, {})));
    return Preview{result_of(shown), std::move(shown.events), {}};
}

void start_copy(Service& service, Operations& operations, CopyRequest request,
                std::chrono::seconds wait, OperationAnswered answered) {
    const auto directory = service.directory();
    const auto* source = directory->find(request.company);
    if (!source)
        return answered(std::unexpected(problem(404, "not_found", "no such company")));
    auto job = std::make_shared<Job>(Job{
        service, operations, std::move(request), *source, {}, answering_once(std::move(answered))});
    Operation& operation = job->operation;
    operation.id = service.ids().next_id();
    operation.kind = "copy";
    operation.company = job->request.company;
    operation.done = 0;
    operation.total = job->request.until;
    operation.unit = "records";
    operation.request.set("revision", job->request.until);
    operation.request.set("name", job->request.name);
    const auto begin = [job](const Operation& noted) {
        job->operation = noted;
        const auto told = [job](Revision done) {
            job->operation.done = done;
            job->operations.progress(job->operation.id, done);
        };
        const auto ended = [job](const Result<Service::CopiedLine>& copied) {
            if (copied)
                show(job, *copied);
            else
                fail_with(job, problem_of(copied.error()));
        };
        job->service.copy_line(job->source.line, job->request.until, told, ended);
    };
    begin_operation(operations, operation, job->request.asked, wait, job->answered, {begin, {}});
}

} // namespace daybook::api
