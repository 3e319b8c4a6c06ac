#include "api/backups/backup_jobs.h"

#include "api/backups/backup_sizes.h"
#include "api/backups/readable_books.h"
#include "engine/adapters/awaited.h"
#include "engine/backup/origin.h"
#include "engine/backup/sealed_files.h"
#include "engine/backup/verification.h"
#include "engine/custody/stoppable_files.h"

#include <spdlog/spdlog.h>

namespace daybook::api {
namespace {

NamedText flag(std::string_view name, bool value) {
    return {std::string(name), value ? "true" : "false"};
}

CustodyNoted noted_of(const backup::Manifest& manifest, const ForkParent& of, const Hash& sha256,
                      std::uint64_t bytes, const std::string& name, const std::string& path) {
    CustodyNoted noted;
    noted.company_id = manifest.company;
    noted.log_id = of.log_id;
    noted.epoch = of.epoch;
    noted.revision = of.revision;
    noted.root = of.root;
    noted.file_sha256 = sha256;
    noted.options = {{std::string(custody::kName), name},
                     {std::string(custody::kBytes), std::to_string(bytes)},
                     flag(custody::kAttachments, manifest.options.attachments),
                     flag(custody::kEmails, manifest.options.emails),
                     flag(custody::kHistory, manifest.options.history)};
    noted.target = path;
    noted.result = custody::kVerified;
    return noted;
}

std::vector<Event> made_and_verified(const CustodyNoted& noted) {
    return {BackupMade{noted}, BackupVerified{noted}};
}

std::string sealed_name(std::string name) {
    name.resize(name.size() - custody::kExtension.size());
    return name + std::string(custody::kSealedExtension);
}

} // namespace

struct BackupJobs::Job {
    BackupRequest request;
    std::vector<BackupSubject> subjects;
    Operation operation;
    OperationAnswered answered;
    std::atomic<bool> cancelled = false;
};

BackupJobs::BackupJobs(BackupPorts ports, std::unique_ptr<Executor> executor)
    : ports_(std::move(ports)),
      shelf_(ports_.files, ports_.large_files, ports_.service.data_directory()),
      executor_(std::move(executor)) {
    if (!ports_.service.damage())
        executor_->post([this] { sweep(); });
}

void BackupJobs::stop() {
    stopping_ = true;
    // Not joined yet: the service's writer may still post, which then does nothing.
    const Awaited<bool> idle;
    executor_->post([idle] { idle.give(true); });
    idle.take();
}

// ---- what a crash left --------------------------------------------------------------------------

void BackupJobs::sweep() {
    const auto strays =
        ports_.custody.read([&](const custody::CustodyBook& book) { return shelf_.sweep(book); });
    if (!strays)
        return spdlog::warn("backups are not swept: {}", strays.error().what);
    for (const custody::Stray& stray : *strays)
        if (const auto taken = take_in(stray); !taken)
            spdlog::warn("{} is not listed: {}", stray.path, taken.error().what);
}

Result<void> BackupJobs::take_in(const custody::Stray& stray) {
    auto file = TRY(ports_.large_files.open_for_reading(shelf_.full_path(stray.path)));
    if (TRY(backup::is_sealed(*file)))
        return fail(ErrorKind::unsupported, "it is sealed; only its pass phrase could say of what");
    const std::uint64_t bytes = TRY(file->size());
    const auto found = TRY(backup::BackupFile::open(std::move(file)));
    TRY(backup::verify(found));
    if (found.manifest().company != stray.company)
        return fail(ErrorKind::invalid, "it is of another company");
    const auto today = ports_.service.local_date(found.manifest().made_at, "UTC").value_or(Date{});
    const ForkParent of = TRY(backup::origin_of(found));
    const CustodyNoted noted =
        noted_of(found.manifest(), of, found.sha256(), bytes,
                 backup_name(found.manifest().company_name, today), stray.path);
    return ports_.custody.note_and_wait({EntityKind::backup, stray.id}, made_and_verified(noted),
                                        by_system());
}

// ---- making one ---------------------------------------------------------------------------------

Result<Uuid> BackupJobs::make(const BackupRequest& request, const BackupSubject& subject,
                              const std::function<bool()>& stopped,
                              const backup::Progress& progress) {
    const backup::Subject& of = subject.subject;
    const auto began = ports_.service.clock().monotonic();
    const bool sealed = !request.pass_phrase.empty();
    const Uuid id = ports_.service.ids().next_id();
    const std::string path = shelf_.path_of(of.company, id, sealed);
    std::uint64_t expected = 0;
    for (const PartSize& size : TRY(backup_sizes(ports_.service, of)))
        expected += size.bytes;
    TRY(check_room(ports_.service, expected));
    TRY(shelf_.make_room(of.company));
    const auto directory = ports_.service.directory();
    const command::CompanyLine* where = directory->find(of.company, of.epoch);
    if (!where)
        return fail(ErrorKind::invalid, "no such company");
    const backup::Readable readable =
        TRY(readable_books(ports_.service, *where, of.until, request.options.history));

    custody::StoppableFiles stoppable(ports_.large_files, stopped);
    backup::SealedFiles sealing(stoppable, ports_.service.ids(), request.pass_phrase);
    LargeFiles& large_files = sealed ? static_cast<LargeFiles&>(sealing) : stoppable;
    const backup::Written written =
        TRY(backup::write_backup({ports_.files, large_files, ports_.service.log(), ports_.key,
                                  ports_.service.ids(), &ports_.service.blobs()},
                                 shelf_.full_path(path), of, request.options, readable, progress));

    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(
        ports_.service.clock().monotonic() - began);
    const std::string name = request.name.empty() ? subject.name : request.name;
    CustodyNoted noted = noted_of(written.manifest, written.of, written.sha256, written.bytes,
                                  sealed ? sealed_name(name) : name, path);
    if (sealed) {
        noted.file_sha256 = sealing.written()->sha256;
        noted.options[1].value = std::to_string(sealing.written()->bytes);
    }
    noted.options.push_back(flag(custody::kSealed, sealed));
    noted.options.push_back(flag(custody::kScheduled, request.scheduled));
    noted.duration_micros = static_cast<std::uint64_t>(took.count());
    const auto done = ports_.custody.note_and_wait({EntityKind::backup, id},
                                                   made_and_verified(noted), request.asked);
    if (!done) {
        static_cast<void>(ports_.files.remove_all(shelf_.full_path(path)));
        return std::unexpected(done.error());
    }
    return id;
}

// A store that does not answer keeps its copy; the log says so, the file here goes all the same.
Result<void> BackupJobs::remove(const custody::Backup& backup) {
    for (const std::string& copy : backup.copies)
        for (const S3Store& store : ports_.stores)
            if (store.holds(copy))
                if (const auto removed = store.remove(copy); !removed)
                    spdlog::warn("a copy stays where it is: {}", removed.error().what);
    return shelf_.remove(backup);
}

// ---- operations ---------------------------------------------------------------------------------

void BackupJobs::start(BackupRequest request, std::chrono::seconds wait,
                       OperationAnswered answered) {
    auto job = std::make_shared<Job>();
    job->answered = answering_once(std::move(answered));
    Operation& operation = job->operation;
    JsonArray companies;
    for (const CompanyId company : request.companies) {
        auto subject = backup_subject(ports_.service, company);
        if (!subject)
            return job->answered(std::unexpected(problem_of(subject.error())));
        operation.total += 2 * subject->subject.until;
        companies.push_back(Json(to_text(company)));
        job->subjects.push_back(*std::move(subject));
    }
    operation.id = ports_.service.ids().next_id();
    operation.kind = "backup";
    if (!request.all)
        operation.company = request.companies.front();
    operation.unit = "events, written and read back";
    operation.request.set("companies", std::move(companies));
    operation.request.set("name", request.name);
    operation.request.set("attachments", request.options.attachments);
    operation.request.set("emails", request.options.emails);
    operation.request.set("history", request.options.history);
    operation.request.set("sealed", !request.pass_phrase.empty());
    job->request = std::move(request);
    const auto begin = [this, job](const Operation& noted) {
        job->operation = noted;
        executor_->post([this, job] { run(job); });
    };
    begin_operation(ports_.operations, operation, job->request.asked, wait, job->answered,
                    {begin, [job] { job->cancelled = true; }});
}

void BackupJobs::run(const std::shared_ptr<Job>& job) {
    const auto stopped = [this, &job] { return stopping_ || job->cancelled; };
    Operation& operation = job->operation;
    JsonArray made;
    std::uint64_t before = 0;
    for (const BackupSubject& subject : job->subjects) {
        if (stopped())
            break;
        const auto id =
            make(job->request, subject, stopped, [&](std::uint64_t done, std::uint64_t) {
                ports_.operations.progress(operation.id, before + done);
            });
        before += 2 * subject.subject.until;
        if (!id && stopped())
            break;
        operation.done = before;
        Json item;
        item.set("company_id", to_text(subject.subject.company));
        item.set("backup_id", id ? Json(to_text(*id)) : Json());
        if (!id) {
            operation.error = operation_error(problem_of(id.error()));
            item.set("error", operation.error);
        }
        made.push_back(std::move(item));
    }
    if (stopping_)
        return; // The next start calls it interrupted.
    const bool whole = made.size() == job->subjects.size();
    operation.state = !whole                      ? OperationState::cancelled
                      : operation.error.is_null() ? OperationState::succeeded
                                                  : OperationState::failed;
    if (job->request.all)
        operation.result.set("backups", std::move(made));
    else if (whole && operation.error.is_null())
        operation.result.set("backup_id", *made.front().find("backup_id"));
    ports_.operations.move(operation, [job](const Operation& ended) {
        job->answered(OperationAnswer{ended, false});
    });
}

} // namespace daybook::api
