#include "api/restores/restore_job.h"

#include "api/backups/backup_sizes.h"
#include "api/backups/restore_report.h"
#include "api/or_problem.h"
#include "api/restores/go_back.h"
#include "engine/custody/stoppable_files.h"

#include <atomic>

namespace daybook::api {
namespace {

// What start=true does about a book that is written to while it is being replaced: nobody looked
// at a preview, so it is looked at again.
constexpr int kAttempts = 5;

using Outcome = std::expected<Json, Problem>;

// How many times the books are written: never, to look at them, and once more to have them.
enum class Copies : std::uint8_t { none, aside, aside_and_here };

Copies copies_of(const RestoreRequest& request) {
    if (request.mode == RestoreMode::into)
        return Copies::none;
    return request.propose ? Copies::aside : Copies::aside_and_here;
}

// Once it is cancelled nothing more of its file can be read, so whatever is made of it fails and
// takes itself back; behind the last record there is only the switch.
struct Job {
    Job(RestoreDesk& at, RestoreRequest wanted, std::chrono::seconds waits, OperationAnswered told)
        : desk(at),
          request(std::move(wanted)),
          wait(waits),
          answered(answering_once(std::move(told))) {}

    RestoreDesk& desk;
    RestoreRequest request;
    std::atomic<bool> cancelled = false;
    custody::StoppableFiles files{desk.inspections.large_files(),
                                  [this] { return cancelled.load(); }};
    std::shared_ptr<const backup::BackupFile> file;
    Operation operation;
    std::chrono::seconds wait;
    OperationAnswered answered;

    backup::Progress progress(std::uint64_t before = 0) {
        return [this, before](std::uint64_t done, std::uint64_t) {
            desk.operations.progress(operation.id, before + done);
        };
    }
};

Json request_json(const RestoreRequest& request) {
    Json json;
    json.set("mode", mode_name(request.mode));
    json.set("upload_id", to_text(request.upload));
    json.set("own_upload", request.own_upload);
    json.set("at", request.at);
    json.set("reason", request.reason);
    json.set("force", request.force);
    return json;
}

RestoreRequest request_of(const Operation& operation) {
    const auto text = [&](const char* name) {
        const Json* value = operation.request.find(name);
        return value && value->if_string() ? *value->if_string() : std::string();
    };
    const auto is = [&](const char* name) {
        const Json* value = operation.request.find(name);
        return value && value->if_bool() && *value->if_bool();
    };
    RestoreRequest request;
    request.mode = parse_mode(text("mode")).value_or(RestoreMode::as_new);
    request.upload = parse_uuid(text("upload_id")).value_or(Uuid{});
    request.own_upload = is("own_upload");
    request.company = operation.company;
    request.at = text("at");
    request.reason = text("reason");
    request.force = is("force");
    return request;
}

// The revision of the book that a preview was made of; nothing where there was no preview.
std::optional<Revision> proposed_revision(const Operation& operation) {
    const Json* replaces = operation.result.find("replaces");
    const Json* revision = replaces ? replaces->find("revision") : nullptr;
    const auto number = revision ? revision->integer() : std::nullopt;
    return number ? std::optional(static_cast<Revision>(*number)) : std::nullopt;
}

std::expected<Restoration, Problem> restoration_of(Job& job, const InspectedBackup& backup) {
    const RestoreRequest& request = job.request;
    Restoration wanted;
    wanted.until = TRY(moment_inside(
        backup, request.at.empty() ? std::nullopt : std::optional<std::string_view>(request.at)));
    wanted.force = request.force;
    wanted.actor = request.asked.actor;
    wanted.source = request.asked.source;
    wanted.reason = request.reason;
    wanted.stopped = [&job] { return job.cancelled.load(); };
    if (request.mode == RestoreMode::replace)
        wanted.replaces =
            TRY(look_at_replaced(job.desk.service, backup, wanted.until, request.company.value()));
    const auto proposed = proposed_revision(job.operation);
    if (wanted.replaces && proposed && *proposed != wanted.replaces->seen.head)
        return std::unexpected(problem_of(domain::Refusal{
            domain::Code::stale_revision,
            "the book was at revision " + std::to_string(*proposed) + " when this was proposed",
            {},
            {{"revision", std::to_string(wanted.replaces->seen.head)}},
            {}}));
    return wanted;
}

Outcome propose_or_restore(Job& job) {
    RestoreDesk& desk = job.desk;
    const auto backup = TRY(desk.inspections.inspect(job.request.upload, job.file, job.progress()));
    for (int attempt = 1;; ++attempt) {
        const Restoration wanted = TRY(restoration_of(job, backup));
        if (job.request.propose) {
            const RestorePlan plan = TRY(plan_restore(desk.service, backup, wanted));
            auto preview = restore_report(backup, wanted, plan);
            return preview ? Outcome(*std::move(preview))
                           : std::unexpected(problem_of(preview.error()));
        }
        const auto restored = restore_company(desk.service, backup, wanted,
                                              job.progress(2 * job.file->manifest().revisions));
        if (!restored && restored.error().code == "stale_revision" && attempt < kAttempts
            && !proposed_revision(job.operation))
            continue;
        if (!restored)
            return std::unexpected(restored.error());
        auto report = restore_report(backup, wanted, restored->plan);
        if (!report)
            return std::unexpected(problem_of(report.error()));
        add_restored(*report, *restored);
        job.operation.company = restored->where.company;
        return *std::move(report);
    }
}

Outcome carry_out(Job& job) {
    if (job.request.mode == RestoreMode::into)
        return go_back(job.desk.service, *job.file,
                       {*job.request.company, job.request.at, job.request.reason,
                        job.request.asserted_actor, job.request.propose,
                        proposed_revision(job.operation)},
                       job.progress());
    return propose_or_restore(job);
}

void drop_own_upload(RestoreDesk& desk, const RestoreRequest& request) {
    if (!request.own_upload)
        return;
    desk.inspections.forget(request.upload);
    static_cast<void>(desk.uploads.remove(request.upload)); // Else it expires.
}

void end(const std::shared_ptr<Job>& job, const Outcome& outcome, OperationState good) {
    Operation& operation = job->operation;
    if (outcome) {
        operation.state = good;
        operation.result = *outcome;
        operation.done = operation.total;
    } else if (job->cancelled) {
        operation.state = OperationState::cancelled;
    } else {
        operation.state = OperationState::failed;
        operation.error = operation_error(outcome.error());
    }
    if (operation.state != OperationState::proposed)
        drop_own_upload(job->desk, job->request);
    job->desk.operations.move(operation, [job](const Operation& ended) {
        job->answered(OperationAnswer{ended, false});
    });
}

// On the worker, which waits for the writer.
void work(const std::shared_ptr<Job>& job) {
    job->desk.service.work([job] {
        end(job, carry_out(*job),
            job->request.propose ? OperationState::proposed : OperationState::succeeded);
    });
}

std::function<void()> cancelling(const std::shared_ptr<Job>& job) {
    return [job] { job->cancelled = true; };
}

// Notes the operation, then has `then` do it.
void begin(const std::shared_ptr<Job>& job, std::string_view kind, std::uint64_t total,
           const std::function<void()>& then) {
    Operation& operation = job->operation;
    operation.id = job->desk.service.ids().next_id();
    operation.kind = kind;
    operation.company = job->request.company;
    operation.total = total;
    operation.unit = "events";
    operation.request = request_json(job->request);
    const auto begin = [job, then](const Operation& noted) {
        job->operation = noted;
        then();
    };
    begin_operation(job->desk.operations, operation, job->request.asked, job->wait, job->answered,
                    {begin, cancelling(job)});
}

std::shared_ptr<Job> job_of(RestoreDesk& desk, RestoreRequest request, std::chrono::seconds wait,
                            OperationAnswered answered) {
    return std::make_shared<Job>(desk, std::move(request), wait, std::move(answered));
}

// The file, once there is room for what is made of it. A disk that fills up on the way would stop
// the books that people work in.
std::expected<std::shared_ptr<const backup::BackupFile>, Problem> open_with_room(Job& job,
                                                                                 Copies copies) {
    const std::string pass_phrase = std::exchange(job.request.pass_phrase, {});
    auto file = TRY(job.desk.inspections.open(job.request.upload, pass_phrase, job.files));
    if (job.request.mode == RestoreMode::into)
        TRY(check_its_past(job.desk.service, file->manifest(), job.request.company.value()));
    const std::uint64_t room =
        static_cast<std::uint64_t>(copies) * room_for_books(file->manifest());
    if (room > 0)
        TRY(or_problem(check_room(job.desk.service, room)));
    return file;
}

// On the worker: a large file takes a while to be read for its seal.
void open_then(const std::shared_ptr<Job>& job, Copies copies, std::function<void()> then) {
    job->desk.service.work([job, copies, then = std::move(then)] {
        auto file = open_with_room(*job, copies);
        if (!file) {
            const bool proposed = job->operation.state == OperationState::proposed;
            if (job->request.own_upload && !proposed)
                static_cast<void>(job->desk.uploads.remove(job->request.upload));
            return job->answered(std::unexpected(file.error()));
        }
        job->file = *std::move(file);
        then();
    });
}

} // namespace

std::string_view mode_name(RestoreMode mode) {
    return mode == RestoreMode::as_new ? "new" : mode == RestoreMode::into ? "into" : "replace";
}

std::optional<RestoreMode> parse_mode(std::string_view name) {
    for (const RestoreMode mode : {RestoreMode::as_new, RestoreMode::into, RestoreMode::replace})
        if (mode_name(mode) == name)
            return mode;
    return std::nullopt;
}

void preview_restore(RestoreDesk& desk, RestoreRequest request, RestorePreviewed previewed) {
    request.propose = true;
    const auto job = job_of(desk, std::move(request), {}, [previewed](const auto& refused) {
        previewed(std::unexpected(refused.error())); // The file could not be opened.
    });
    const bool inspected = desk.inspections.report(job->request.upload).has_value();
    open_then(job, copies_of(job->request), [job, inspected, previewed = std::move(previewed)] {
        const Outcome outcome = carry_out(*job);
        if (!inspected)
            job->desk.inspections.drop(job->request.upload);
        drop_own_upload(job->desk, job->request);
        previewed(outcome);
    });
}

void start_restore(RestoreDesk& desk, RestoreRequest request, std::chrono::seconds wait,
                   OperationAnswered answered) {
    const auto job = job_of(desk, std::move(request), wait, std::move(answered));
    open_then(job, copies_of(job->request), [job] {
        const Revision events = job->file->manifest().revisions;
        const bool reads_only = job->request.propose || job->request.mode == RestoreMode::into;
        begin(job, kRestoreKind, reads_only ? 2 * events : 3 * events, [job] { work(job); });
    });
}

void start_inspection(RestoreDesk& desk, const Uuid& upload, std::string pass_phrase,
                      const command::Submission& asked, std::chrono::seconds wait,
                      OperationAnswered answered) {
    RestoreRequest request;
    request.upload = upload;
    request.pass_phrase = std::move(pass_phrase);
    request.asked = asked;
    const auto job = job_of(desk, std::move(request), wait, std::move(answered));
    open_then(job, Copies::aside, [job] {
        begin(job, kInspectKind, 2 * job->file->manifest().revisions, [job] {
            job->desk.service.work([job] {
                const auto found =
                    job->desk.inspections.inspect(job->request.upload, job->file, job->progress());
                end(job,
                    found ? job->desk.inspections.report(job->request.upload)
                          : std::unexpected(found.error()),
                    OperationState::succeeded);
            });
        });
    });
}

void run_restore_proposal(RestoreDesk& desk, const Operation& proposal,
                          const command::Submission& asked, std::string asserted_actor,
                          std::string pass_phrase, std::chrono::seconds wait,
                          OperationAnswered answered) {
    RestoreRequest request = request_of(proposal);
    request.asked = asked;
    request.asserted_actor = std::move(asserted_actor);
    request.pass_phrase = std::move(pass_phrase);
    const auto job = job_of(desk, std::move(request), wait, std::move(answered));
    job->operation = proposal;
    open_then(job, copies_of(job->request), [job] {
        Operation& operation = job->operation;
        const auto now = job->desk.operations.find(operation.id); // Two may ask at once.
        if (!now || now->state != OperationState::proposed)
            return job->answered(std::unexpected(problem(409, "operation_not_proposed")));
        operation.state = OperationState::running;
        operation.done = 0;
        operation.total = 3 * job->file->manifest().revisions;
        operation.unit = "events";
        job->desk.operations.move(operation, [job](const Operation& moved) {
            job->desk.operations.let_cancel(moved.id, cancelling(job));
            answer_by_deadline(job->desk.operations, moved, job->wait, job->answered);
            work(job);
        });
    });
}

void discard_restore_proposal(RestoreDesk& desk, Operation proposal,
                              const OperationAnswered& answered) {
    drop_own_upload(desk, request_of(proposal));
    proposal.state = OperationState::cancelled;
    desk.operations.move(proposal, [answered](const Operation& ended) {
        answered(OperationAnswer{ended, false});
    });
}

} // namespace daybook::api
