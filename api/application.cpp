#include "api/application.h"

#include "api/handlers/list_workbook.h"
#include "api/version.h"
#include "engine/adapters/awaited.h"
#include "engine/adapters/zones.h"
#include "engine/command/each_event.h"
#include "engine/command/line_copy.h"
#include "engine/log/next_key.h"
#include "events/codec/codec.h"

#include <spdlog/spdlog.h>

namespace daybook::api {
namespace {

constexpr std::chrono::seconds kRetryPeriod{1};

// The last event of the instance's book says how the process before this one ended.
Result<bool> stopped_cleanly(const log::LogReader& log, Revision head) {
    if (head == 0)
        return true;
    const auto last = TRY(log.read(log::kInstanceLine, head, {.records_max = 1}));
    if (last.empty())
        return fail(ErrorKind::corrupt, "the instance's last record is not there");
    return TRY(decode_envelope(last.front().bytes)).type == "ServerStopped";
}

Result<custody::KeyChain> read_keys(const log::LogReader& log) {
    custody::KeyChain keys;
    TRY(command::each_event(log, log::kInstanceLine,
                            [&](const RecordedEvent& recorded) -> Result<void> {
                                keys.apply(recorded);
                                return {};
                            }));
    return keys;
}

} // namespace

Result<std::unique_ptr<Application>> Application::open(ApplicationOptions options) {
    std::unique_ptr<Application> application(new Application(std::move(options)));
    TRY(application->start());
    return application;
}

Result<void> Application::start() {
    software_ = std::string("daybook ") + kVersion;
    TRY(files_.make_directory(options_.data_directory));
    opened_ = TRY(log::open_rocksdb_log(files_, options_.data_directory, ids_));
    TRY(files_.remove_all(exports_folder(options_.data_directory))); // What a crash left.
    blobs_ = TRY(log::BlobStore::open(files_, large_files_, options_.data_directory + "/blobs"));
    key_ = TRY(settle_key());
    views_ =
        TRY(projections::open_views(files_, options_.data_directory, opened_.realm, *opened_.log));
    if (views_->lag().rebuilding)
        spdlog::warn("the views are missing, damaged or of another log: they are built again");
    // What a crash kept from the views, before anyone could read yesterday's books as today's.
    // A rebuild may take minutes: it goes on in the background, and reads are told so meanwhile.
    Result<bool> caught_up = false;
    while (caught_up && !*caught_up && !views_->lag().rebuilding)
        caught_up = views_->catch_up_step();
    checkpoints_ =
        std::make_unique<CheckpointKeeper>(*opened_.log, files_, options_.data_directory, *key_,
                                           opened_.realm, [this] { return directory(); });
    writer_ = std::make_unique<ThreadExecutor>();
    worker_ = std::make_unique<ThreadExecutor>();
    file_worker_ = std::make_unique<ThreadExecutor>();
    if (opened_.damage) {
        spdlog::error("damaged: {}", *opened_.damage);
        const auto sound = command::read_directory(*opened_.log);
        knows_companies_ = sound.has_value();
        damaged_directory_ =
            std::make_shared<const command::Directory>(sound.value_or(command::Directory{}));
    } else {
        for (const log::LineNumber line : TRY(log::sweep_unfinished_lines(*opened_.log)))
            spdlog::warn("line {} was never finished; it is swept", line);
        const Revision head = TRY(opened_.log->head(log::kInstanceLine)).revision;
        is_new_ = head == 0;
        sequencer_ = TRY(command::Sequencer::create(
            {*opened_.log, clock_, ids_,
             [](Timestamp at, const std::string& zone) { return daybook::local_date(at, zone); },
             *this},
            {opened_.realm, software_, options_.accept_clock}));
        TRY(note_start());
    }
    if (!caught_up.value_or(false))
        catch_up_in_background();
    heartbeat_ = std::make_unique<Heartbeat>(kRetryPeriod, [this] {
        writer_->post([this] { catch_up_again(); });
        worker_->post([this] { keep_checkpoints(); });
    });
    return {};
}

Application::~Application() {
    heartbeat_.reset(); // It posts.
    if (sequencer_ && writer_ && options_.serving)
        static_cast<void>(
            note({{{EntityKind::instance, opened_.realm}, ServerStopped{kVersion}, {}, {}}},
                 "StopServer"));
    worker_.reset(); // Jobs first: they submit.
    file_worker_.reset();
    writer_.reset();
    if (checkpoints_)
        keep_checkpoints();
}

// A rotation that a crash interrupted is ended as the books have it.
Result<log::SigningKey> Application::settle_key() {
    auto keys = read_keys(*opened_.log);
    if (!keys && !opened_.damage)
        return std::unexpected(keys.error());
    keys_ = std::move(keys).value_or(custody::KeyChain());
    if (const auto next = TRY(log::find_next_key(files_, options_.data_directory))) {
        if (keys_.is_newest(next->public_key()))
            TRY(log::take_next_key(files_, options_.data_directory));
        else if (!opened_.damage)
            TRY(log::drop_next_key(files_, options_.data_directory));
    }
    return log::load_or_make_signing_key(files_, options_.data_directory);
}

Result<void> Application::rotate_key(const std::string& reason) {
    if (opened_.damage)
        return fail(ErrorKind::corrupt, *opened_.damage);
    TRY(checkpoints_->keep_moved()); // The last word of the key that goes.
    log::SigningKey next = log::SigningKey::generate();
    TRY(log::keep_next_key(files_, options_.data_directory, next));
    std::vector<domain::NewEvent> events;
    const Uuid known =
        keys_.is_newest(key_->public_key()) ? keys_.links().back().id : ids_.next_id();
    for (Event& event : custody::succession(*key_, next.public_key(), opened_.realm, reason)) {
        const bool retires = std::holds_alternative<SigningKeyRetired>(event);
        events.push_back({{EntityKind::signing_key, retires ? known : ids_.next_id()},
                          std::move(event),
                          {},
                          {}});
    }
    TRY(note(std::move(events), "RotateSigningKey"));
    TRY(log::take_next_key(files_, options_.data_directory));
    *key_ = std::move(next);
    return {};
}

Result<void> Application::note_start() {
    const Revision head = TRY(opened_.log->head(log::kInstanceLine)).revision;
    const bool clean = TRY(stopped_cleanly(*opened_.log, head));
    const EntityRef instance{EntityKind::instance, opened_.realm};
    std::vector<domain::NewEvent> events;
    if (const auto skew = sequencer_->clock_skew()) {
        if (!options_.accept_clock) {
            spdlog::warn("the clock stands at {}, the last record was written at {}: nothing is "
                         "written until the clock is right, or --accept-clock says that it is",
                         to_text(skew->clock_at), to_text(skew->last_recorded_at));
            return {};
        }
        events.push_back({instance, *skew, {}, {}});
    }
    if (is_new_)
        events.push_back({instance, InstanceInitialised{opened_.realm, kVersion, 1}, {}, {}});
    if (!keys_.is_newest(key_->public_key())) {
        // Where there was one before, it is lost, and nobody can sign for this one.
        const auto former = keys_.links().empty()
                                ? std::nullopt
                                : std::optional(custody::as_hash(keys_.links().back().key));
        events.push_back({{EntityKind::signing_key, ids_.next_id()},
                          SigningKeyIntroduced{custody::as_hash(key_->public_key()), former, {}},
                          {},
                          {}});
    }
    if (options_.serving)
        events.push_back({instance, ServerStarted{kVersion, clean}, {}, {}});
    if (events.empty())
        return {};
    return note(std::move(events), "StartServer");
}

Result<void> Application::note(std::vector<domain::NewEvent> events, const std::string& name) {
    command::Submission submission;
    submission.command = command::InstanceNote{std::move(events), name};
    submission.actor.kind = ActorKind::system;
    submission.source.channel = "instance";
    const command::Outcome outcome = submit_and_wait(std::move(submission));
    if (const auto* error = std::get_if<Error>(&outcome))
        return std::unexpected(*error);
    if (const auto* refusal = std::get_if<domain::Refusal>(&outcome))
        return fail(ErrorKind::conflict,
                    std::string(name_of(refusal->code)) + ": " + refusal->detail);
    return {};
}

void Application::submit(command::Submission submission, command::Done done) {
    if (!sequencer_)
        return done(Error{ErrorKind::corrupt, opened_.damage.value_or("the log is not writable")});
    mailbox_.put({std::move(submission), std::move(done)});
    // Whatever has gathered by the time this step runs becomes one group.
    writer_->post([this] {
        std::vector<command::Queued> queue = mailbox_.take_all();
        if (queue.empty())
            return;
        if (!sequencer_->step(std::move(queue)) && options_.fatal)
            options_.fatal("the log failed while writing: " + sequencer_->failure()->what
                           + "; restart to learn what was kept");
    });
}

command::Outcome Application::submit_and_wait(command::Submission submission) {
    const Awaited<command::Outcome> outcome;
    submit(std::move(submission),
           [outcome](command::Outcome given) { outcome.give(std::move(given)); });
    return outcome.take();
}

Result<log::FrozenLog> Application::freeze() {
    if (!opened_.freeze)
        return fail(ErrorKind::corrupt, opened_.damage.value_or("the log is not writable"));
    const Awaited<Result<log::FrozenLog>> frozen;
    writer_->post([this, frozen] { frozen.give(opened_.freeze()); });
    return frozen.take();
}

// ---- filling lines ------------------------------------------------------------------------------

struct Application::Copying {
    command::LineCopy copy;
    log::LineNumber line;
    Copied told;
    CopyEnded ended;
};

void Application::copy_line(log::LineNumber source, Revision until, Copied told, CopyEnded ended) {
    writer_->post([=, this] {
        const log::LineNumber line = sequencer_->reserve_line();
        auto copy = command::LineCopy::begin(*opened_.log, source, until, line);
        if (!copy)
            return ended(std::unexpected(copy.error()));
        copy_more(std::make_shared<Copying>(Copying{*std::move(copy), line, told, ended}));
    });
}

void Application::copy_more(const std::shared_ptr<Copying>& copying) {
    writer_->post([this, copying] {
        const auto done = copying->copy.step();
        copying->told(copying->copy.done());
        if (!done) {
            static_cast<void>(copying->copy.abandon()); // Else the next start sweeps it.
            return copying->ended(std::unexpected(done.error()));
        }
        if (*done)
            return copying->ended(CopiedLine{copying->line, copying->copy.series_rows()});
        copy_more(copying);
    });
}

void Application::fill_line(FillStep step, Filled filled) {
    if (!sequencer_)
        return filled(fail(ErrorKind::corrupt, opened_.damage.value_or("the log is not writable")));
    writer_->post([this, step = std::move(step), filled = std::move(filled)] {
        fill_more(sequencer_->reserve_line(), step, filled);
    });
}

void Application::fill_more(log::LineNumber line, const FillStep& step, const Filled& filled) {
    const auto done = step(*opened_.log, line);
    if (done && !*done)
        return writer_->post([=, this] { fill_more(line, step, filled); });
    filled(done ? Result<log::LineNumber>(line) : std::unexpected(done.error()));
}

void Application::drop_line(log::LineNumber line) {
    writer_->post([this, line] {
        if (const auto swept = opened_.log->sweep(line); !swept)
            spdlog::warn("line {} is swept at the next start: {}", line, swept.error().what);
    });
}

void Application::when_shown(std::function<void()> then) {
    writer_->post([this, then = std::move(then)] {
        if (views_->catch_up_step().value_or(true))
            return then();
        when_shown(then);
    });
}

void Application::work(std::function<void()> job) { worker_->post(std::move(job)); }

void Application::committed(log::LineNumber line, std::span<const RecordedEvent> commit,
                            const log::LineHead& head) {
    if (line == log::kInstanceLine)
        return;
    views_->apply(line, commit, head.root);
}

// One bounded step at a time on the writer's thread, so that commands are served in between.
void Application::catch_up_in_background() {
    catching_up_ = true;
    writer_->post([this] {
        const auto done = views_->catch_up_step();
        if (!done)
            spdlog::warn("views lag: {}", done.error().what);
        catching_up_ = done && !*done;
        if (catching_up_)
            catch_up_in_background();
    });
}

// Views that a write failed keep trying, commands or not.
void Application::catch_up_again() {
    if (!catching_up_ && views_->lag().behind > 0)
        catch_up_in_background();
}

void Application::keep_checkpoints() {
    if (const auto kept = checkpoints_->keep_moved(); !kept)
        spdlog::warn("checkpoints are not kept: {}", kept.error().what);
}

Result<void> Application::catch_up() {
    while (true) {
        const Awaited<Result<bool>> nothing_left;
        writer_->post([this, nothing_left] { nothing_left.give(views_->catch_up_step()); });
        if (TRY(nothing_left.take()))
            return {};
    }
}

std::shared_ptr<const command::Directory> Application::directory() const {
    return sequencer_ ? sequencer_->directory() : damaged_directory_;
}

std::optional<Date> Application::local_date(Timestamp at, const std::string& zone) const {
    return daybook::local_date(at, zone);
}

std::optional<std::string> Application::clock_trouble() const {
    const auto refusal = sequencer_ ? sequencer_->clock_refuses() : std::nullopt;
    return refusal ? std::optional(refusal->detail) : std::nullopt;
}

std::uint64_t Application::disk_free() const {
    return files_.free_bytes(options_.data_directory).value_or(0);
}

} // namespace daybook::api
