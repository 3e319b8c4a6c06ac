#include "api/backups/scheduler.h"

#include "api/backups/backup_sizes.h"
#include "api/backups/restore_drill.h"

#include <algorithm>
#include <spdlog/spdlog.h>

namespace daybook::api {
namespace {

using custody::Backup;
using custody::CustodyBook;
using custody::Keeping;
using custody::Schedule;

constexpr std::chrono::seconds kLookEvery{10};
constexpr std::uint64_t kUnfolds = 20; // Restored books, against their backup.
constexpr std::chrono::minutes kRestAfterFailure{30};

CustodyNoted noted_of(const Backup& backup, std::string target, std::string result) {
    CustodyNoted noted = custody::noted_of(backup);
    noted.target = std::move(target);
    noted.result = std::move(result);
    return noted;
}

std::optional<std::string> zone_of(Service& service, const command::CompanyLine& where) {
    const auto snapshot = service.views().snapshot(where.line);
    if (!snapshot)
        return std::nullopt;
    const auto row = (*snapshot)->find({EntityKind::company, where.book.value});
    if (!row || !*row)
        return std::nullopt;
    const auto* company = std::get_if<domain::CompanyState>(&(*row)->state);
    return company ? std::optional(company->profile.time_zone) : std::nullopt;
}

// A copy of the book's rows: what is due is done without holding the book.
std::optional<Keeping> keeping_of(const Custody& custody, CompanyId company) {
    return custody.read([&](const CustodyBook& book) {
        const Keeping* keeping = book.company(company);
        return keeping ? std::optional(*keeping) : std::nullopt;
    });
}

} // namespace

void Scheduler::step() {
    const std::int64_t now = jobs_.ports().service.clock().monotonic().count();
    const std::int64_t looked = looked_at_;
    const std::int64_t pause = std::chrono::nanoseconds(kLookEvery).count();
    if (jobs_.ports().service.damage() || (looked != 0 && now - looked < pause)
        || works_.exchange(true))
        return;
    looked_at_ = now;
    jobs_.work([this] {
        run_due();
        works_ = false;
    });
}

std::optional<Timestamp> Scheduler::backup_due(const Keeping& keeping,
                                               const std::string& zone) const {
    return custody::next_due(keeping.schedule, keeping.schedule.every, zone,
                             keeping.backed_up_at.value_or(keeping.opened_at), options_.walls);
}

std::optional<Timestamp> Scheduler::drill_due(const Keeping& keeping,
                                              const std::string& zone) const {
    return custody::next_due(keeping.schedule, keeping.schedule.drill, zone,
                             keeping.drill ? keeping.drill->at : keeping.opened_at, options_.walls);
}

std::optional<Timestamp> Scheduler::next_backup(CompanyId company) const {
    Service& service = jobs_.ports().service;
    const auto keeping = keeping_of(jobs_.ports().custody, company);
    const auto directory = service.directory();
    const command::CompanyLine* where = directory->find(company);
    const auto zone = where ? zone_of(service, *where) : std::nullopt;
    if (!keeping || !zone)
        return std::nullopt;
    return backup_due(*keeping, *zone);
}

bool Scheduler::rests(CompanyId company) {
    const auto until = rests_until_.find(company);
    return until != rests_until_.end() && jobs_.ports().service.clock().monotonic() < until->second;
}

void Scheduler::run_due() {
    Service& service = jobs_.ports().service;
    for (const command::CompanyLine& line : service.directory()->current()) {
        const auto keeping = keeping_of(jobs_.ports().custody, line.company);
        const auto zone = zone_of(service, line);
        if (jobs_.is_stopping() || !keeping || !zone || rests(line.company))
            continue;
        const Timestamp now = service.clock().now();
        if (const auto due = backup_due(*keeping, *zone); due && *due <= now)
            back_up(line.company, *keeping);
        if (const auto due = drill_due(*keeping, *zone); due && *due <= now && !jobs_.is_stopping())
            drill(line.company);
    }
}

void Scheduler::back_up(CompanyId company, const Keeping& keeping) {
    const auto all = [&]() -> Result<void> {
        const Uuid id = TRY(make_or_verify(company, keeping.schedule));
        TRY(copy(id, keeping.schedule));
        return expire(company, keeping.schedule);
    };
    if (const auto done = all(); !done && !jobs_.is_stopping()) {
        spdlog::warn("the scheduled backup of company {} failed: {}", to_text(company),
                     done.error().what);
        rests_until_[company] = jobs_.ports().service.clock().monotonic() + kRestAfterFailure;
    }
}

// Books that nobody touched since are safe already, if their file still is what it was.
Result<Uuid> Scheduler::make_or_verify(CompanyId company, const Schedule& schedule) {
    const BackupPorts& ports = jobs_.ports();
    const BackupSubject subject = TRY(backup_subject(ports.service, company));
    const auto newest = ports.custody.read([&](const CustodyBook& book) {
        const Backup* backup = book.newest(company);
        return backup ? std::optional(*backup) : std::nullopt;
    });
    const backup::Subject& of = subject.subject;
    if (newest && jobs_.shelf().holds(*newest) && !newest->sealed && newest->log_id == of.log_id
        && newest->epoch == of.epoch && newest->revision == of.until
        && newest->attachments == schedule.attachments && newest->emails == schedule.emails) {
        const auto same = jobs_.shelf().compare(newest->path, newest->file_sha256);
        if (same) {
            CustodyNoted noted = noted_of(*newest, newest->path, std::string(custody::kVerified));
            noted.options = {{std::string(custody::kScheduled), "true"}};
            TRY(ports.custody.note_and_wait({EntityKind::backup, newest->id},
                                            {BackupVerified{noted}}, by_system()));
            return newest->id;
        }
        spdlog::warn("a new backup replaces the newest: {}", same.error().what);
    }
    BackupRequest request;
    request.companies = {company};
    request.options = {schedule.attachments, schedule.emails, true};
    request.scheduled = true;
    request.asked = by_system();
    return jobs_.make(
        request, subject, [this] { return jobs_.is_stopping(); }, nullptr);
}

// Whatever became of it is noted, so that health and the backup itself can say so.
Result<void> Scheduler::copy(const Uuid& id, const Schedule& schedule) {
    if (schedule.target.empty())
        return {};
    const BackupPorts& ports = jobs_.ports();
    const auto backup =
        ports.custody.read([&](const CustodyBook& book) { return std::optional(*book.find(id)); });
    const auto store = std::ranges::find(ports.stores, schedule.target, &S3Store::target);
    const auto is_there = [&](const std::string& copy) {
        if (store != ports.stores.end())
            return store->holds(copy);
        return copy.starts_with(schedule.target + "/") && ports.files.exists(copy).value_or(false);
    };
    if (std::ranges::any_of(backup->copies, is_there))
        return {};
    const auto copied = copy_to(*backup, schedule.target);
    if (!copied && jobs_.is_stopping())
        return std::unexpected(copied.error());
    const auto noted = ports.custody.note_and_wait(
        {EntityKind::backup, id},
        {BackupVerified{custody::copy_note(*backup, schedule.target, copied)}}, by_system());
    return copied ? noted : std::unexpected(copied.error());
}

Result<std::string> Scheduler::copy_to(const Backup& backup, const std::string& target) {
    const BackupPorts& ports = jobs_.ports();
    if (std::ranges::find(options_.targets, target) == options_.targets.end())
        return fail(ErrorKind::invalid, target + " is no longer an allowed target");
    const auto store = std::ranges::find(ports.stores, target, &S3Store::target);
    if (store == ports.stores.end())
        return jobs_.shelf().copy_to(backup, target);
    const auto file = TRY(ports.large_files.open_for_reading(jobs_.shelf().full_path(backup.path)));
    return store->copy(backup, *file);
}

// Only what a schedule made; what a person made, a person removes.
Result<void> Scheduler::expire(CompanyId company, const Schedule& schedule) {
    const BackupPorts& ports = jobs_.ports();
    std::vector<Backup> backups;
    std::vector<Timestamp> made_at;
    ports.custody.read([&](const CustodyBook& book) {
        for (const Backup* backup : book.backups_of(company))
            if (backup->scheduled && !backup->expired_at && jobs_.shelf().holds(*backup)) {
                backups.push_back(*backup);
                made_at.push_back(backup->made_at);
            }
    });
    for (const std::size_t old :
         custody::outdated(schedule, made_at, ports.service.clock().now())) {
        const Backup& backup = backups[old];
        TRY(ports.custody.note_and_wait({EntityKind::backup, backup.id},
                                        {BackupExpired{noted_of(backup, backup.path, "outdated")}},
                                        by_system()));
        TRY(jobs_.remove(backup));
    }
    return {};
}

void Scheduler::drill(CompanyId company) {
    const BackupPorts& ports = jobs_.ports();
    const auto backup = ports.custody.read([&](const CustodyBook& book) -> std::optional<Backup> {
        for (const Backup* each : book.backups_of(company))
            if (!each->expired_at && !each->sealed && jobs_.shelf().holds(*each))
                return *each;
        return std::nullopt;
    });
    if (!backup)
        return; // Nothing to practise with.
    const auto began = ports.service.clock().monotonic();
    const auto practise = [&]() -> Result<void> {
        // A file unfolds to several times its size: records, indexes and views.
        TRY(check_room(ports.service, kUnfolds * backup->bytes));
        return run_restore_drill(
            ports.files, ports.large_files, jobs_.shelf().full_path(backup->path), *backup,
            ports.service.data_directory() + "/" + std::string(custody::kDrillFolder));
    };
    const auto restored = practise();
    CustodyNoted noted = noted_of(
        *backup, backup->path, restored ? std::string(custody::kVerified) : restored.error().what);
    noted.duration_micros =
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(
                                       ports.service.clock().monotonic() - began)
                                       .count());
    if (!restored)
        spdlog::error("restore drill of company {} failed: {}", to_text(company),
                      restored.error().what);
    if (const auto done = ports.custody.note_and_wait({EntityKind::backup, backup->id},
                                                      {DrillRun{noted}}, by_system());
        !done)
        spdlog::warn("a restore drill is not noted: {}", done.error().what);
}

} // namespace daybook::api
