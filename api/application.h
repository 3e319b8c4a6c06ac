// The composition root: opens a data directory and wires log, sequencer and views together.
//
//   submit() -> mailbox -> sequencer.step() on the writer's thread -> log, views -> answer
//   work()   -> one worker thread: imports and other long jobs, which submit like everybody else
//   file_work() -> another, for files that are synced before an event names them
//
// A log that is damaged is opened for reading; a log that fails while writing ends the process
// through `fatal`, since what became of the last group is then unknown.
#pragma once

#include "api/checkpoint_keeper.h"
#include "api/service.h"
#include "engine/adapters/heartbeat.h"
#include "engine/adapters/mailbox.h"
#include "engine/adapters/posix_files.h"
#include "engine/adapters/posix_large_files.h"
#include "engine/adapters/random_ids.h"
#include "engine/adapters/system_clock.h"
#include "engine/adapters/thread_executor.h"
#include "engine/command/sequencer.h"
#include "engine/custody/key_chain.h"
#include "engine/log/rocksdb_event_log.h"
#include "engine/log/signing_key.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>

namespace daybook::api {

struct ApplicationOptions {
    std::string data_directory;
    bool accept_clock = false;
    bool serving = true; // Notes start and stop in the instance's book.
    std::function<void(const std::string& why)> fatal;
};

class Application final : public Service, private command::CommitListener {
  public:
    // ErrorKind::busy: another process has the directory. ErrorKind::unsupported: a newer release
    // wrote it. Damage is no failure: see damage().
    static Result<std::unique_ptr<Application>> open(ApplicationOptions options);
    ~Application() override; // Finishes what was submitted, notes the stop.

    std::shared_ptr<const command::Directory> directory() const override;
    const log::LogReader& log() const override { return *opened_.log; }
    log::EventLog& watchable_log() override { return *opened_.log; }
    const projections::Views& views() const override { return *views_; }
    projections::Views& mutable_views() { return *views_; }
    void submit(command::Submission submission, command::Done done) override;
    void copy_line(log::LineNumber source, Revision until, Copied told, CopyEnded ended) override;
    void fill_line(FillStep step, Filled filled) override;
    void drop_line(log::LineNumber line) override;
    void when_shown(std::function<void()> then) override;
    void work(std::function<void()> job) override;
    log::BlobStore& blobs() override { return *blobs_; }
    void file_work(std::function<void()> job) override { file_worker_->post(std::move(job)); }
    Result<std::string> checkpoint(const command::CompanyLine& where, Revision size) override {
        return checkpoints_->sign(where, size);
    }
    Result<std::vector<std::string>> kept_checkpoints(const command::CompanyLine& where) override {
        return checkpoints_->kept(where);
    }
    log::PublicKey public_key() const override { return key_->public_key(); }
    Clock& clock() override { return clock_; }
    IdSource& ids() override { return ids_; }
    std::optional<Date> local_date(Timestamp at, const std::string& zone) const override;
    const Uuid& realm() const override { return opened_.realm; }
    const std::string& software() const override { return software_; }
    const std::string& data_directory() const override { return options_.data_directory; }
    std::optional<std::string> damage() const override { return opened_.damage; }
    bool knows_companies() const override { return knows_companies_; }
    std::optional<std::string> clock_trouble() const override;
    std::uint64_t disk_free() const override;

    const log::SigningKey& signing_key() const { return *key_; }
    // A new key follows, which the one before signs and which signs from now on; the books say so,
    // and why. Nobody else may be using the key: the server does not run.
    Result<void> rotate_key(const std::string& reason);
    bool is_new() const { return is_new_; } // The directory held no book before.
    // Submits and waits; for the command line and the sample books, never on the writer's thread.
    command::Outcome submit_and_wait(command::Submission submission);
    // The log as it stands between two groups, for reading while it goes on; never on the writer's
    // thread. Not in damaged mode.
    Result<log::FrozenLog> freeze();
    // Blocks until the views show everything that is in the log.
    Result<void> catch_up();

  private:
    explicit Application(ApplicationOptions options) : options_(std::move(options)) {}

    Result<void> start();
    Result<log::SigningKey> settle_key();
    Result<void> note_start();
    Result<void> note(std::vector<domain::NewEvent> events, const std::string& name);
    struct Copying;
    void copy_more(const std::shared_ptr<Copying>& copying);
    void fill_more(log::LineNumber line, const FillStep& step, const Filled& filled);
    void catch_up_in_background();
    void catch_up_again();
    void keep_checkpoints();
    void committed(log::LineNumber line, std::span<const RecordedEvent> commit,
                   const log::LineHead& head) override;

    ApplicationOptions options_;
    std::string software_;
    mutable PosixFiles files_;
    PosixLargeFiles large_files_;
    SystemClock clock_;
    RandomIds ids_{clock_};
    log::OpenedLog opened_;
    std::unique_ptr<log::BlobStore> blobs_;
    std::unique_ptr<projections::Views> views_;
    std::unique_ptr<command::Sequencer> sequencer_; // None in damaged mode.
    std::shared_ptr<const command::Directory> damaged_directory_;
    bool knows_companies_ = true;
    custody::KeyChain keys_; // As the books had it when they were opened.
    std::optional<log::SigningKey> key_;
    std::unique_ptr<CheckpointKeeper> checkpoints_;
    bool is_new_ = false;
    Mailbox<command::Queued> mailbox_;
    std::unique_ptr<ThreadExecutor> writer_;
    std::unique_ptr<ThreadExecutor> worker_;
    std::unique_ptr<ThreadExecutor> file_worker_;
    bool catching_up_ = false; // Of the writer's thread.
    std::unique_ptr<Heartbeat> heartbeat_;
};

} // namespace daybook::api
