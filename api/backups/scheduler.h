// Backups that nobody has to think of: per company at its hour, missed ones at the next start, old
// ones removed, a copy elsewhere, and now and then a restore for practice
// (engine/custody/schedule.h says when).
//
// A step function: whoever has a heartbeat calls step(), and what is due runs between the backups
// that people ask for. Threads: any.
#pragma once

#include "api/backups/backup_jobs.h"

#include <map>
#include <optional>

namespace daybook::api {

struct SchedulerOptions {
    custody::Walls walls;
    // Directories that schedules may name: those that whoever runs the server allowed.
    std::vector<std::string> targets;
};

class Scheduler {
  public:
    // `jobs` outlives the scheduler, which stops them when it goes: its own steps are among them.
    Scheduler(BackupJobs& jobs, SchedulerOptions options)
        : jobs_(jobs), options_(std::move(options)) {}
    ~Scheduler() { jobs_.stop(); }
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

    // Looks at most every few seconds, and not while it still works. Returns at once.
    void step();

    const std::vector<std::string>& targets() const { return options_.targets; }
    // When the next backup is due: in the past while it is being made or could not be.
    std::optional<Timestamp> next_backup(CompanyId company) const;

  private:
    void run_due();
    void back_up(CompanyId company, const custody::Keeping& keeping);
    Result<Uuid> make_or_verify(CompanyId company, const custody::Schedule& schedule);
    Result<void> copy(const Uuid& id, const custody::Schedule& schedule);
    // Where it is then.
    Result<std::string> copy_to(const custody::Backup& backup, const std::string& target);
    Result<void> expire(CompanyId company, const custody::Schedule& schedule);
    void drill(CompanyId company);
    // Nothing: never.
    std::optional<Timestamp> backup_due(const custody::Keeping& keeping,
                                        const std::string& zone) const;
    std::optional<Timestamp> drill_due(const custody::Keeping& keeping,
                                       const std::string& zone) const;
    bool rests(CompanyId company);

    BackupJobs& jobs_;
    SchedulerOptions options_;
    std::atomic<bool> works_ = false;
    std::atomic<std::int64_t> looked_at_ = 0; // Monotonic nanoseconds; 0 = never.
    // Of the jobs' thread: what failed is not tried again at once.
    std::map<CompanyId, std::chrono::nanoseconds> rests_until_;
};

} // namespace daybook::api
