#include "engine/repair/rebuild.h"

#include "engine/command/commit_draft.h"
#include "engine/log/rocksdb_event_log.h"
#include "engine/repair/line_rebuild.h"
#include "engine/repair/lost_trail.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::repair {
namespace {

using command::CompanyLine;

// The new log belongs to the same installation.
class SameRealm final : public IdSource {
  public:
    explicit SameRealm(const Uuid& realm) : realm_(realm) {}
    Uuid next_id() override { return realm_; }
    std::array<std::uint8_t, 16> next_salt() override { return realm_.bytes; }

  private:
    Uuid realm_;
};

CompanyId company_of(const Event& event) {
    if (const auto* opened = std::get_if<CompanyOpened>(&event))
        return opened->company_id;
    if (const auto* activated = std::get_if<LineActivated>(&event))
        return activated->company_id;
    return std::get<CompanyClosed>(event).company_id;
}

class Rebuild {
  public:
    Rebuild(const RebuildPorts& ports, const log::RocksdbStore& store, const Survey& survey,
            const std::string& reason)
        : ports_(ports), store_(store), survey_(survey), reason_(reason) {}

    Result<Rebuilt> run(const std::string& target, const std::function<void()>& step) {
        SameRealm realm(survey_.realm);
        opened_ = TRY(log::open_rocksdb_log(ports_.files, target, realm, ports_.log));
        log_ = opened_.log.get();
        const std::vector<const SurveyedLine*> lost = losers(survey_);
        for (const SurveyedLine& line : survey_.lines) {
            next_line_ = std::max(next_line_, line.where.line + 1);
            if (line.sound == 0)
                continue;
            rebuilt_.persons_missing +=
                TRY(rebuild_line(*log_, store_, line, line.where.line, step)).persons_missing;
            TRY(log_->show(line.where.line, {}));
            rebuilt_.events += line.sound;
        }
        TRY(note_again());
        for (const SurveyedLine* line : lost)
            TRY(line->sound == 0 ? close(*line) : fork(*line, step));
        TRY(note_repair());
        return std::move(rebuilt_);
    }

  private:
    CompanyLine instance() const { return {{}, {}, 1, log::kInstanceLine, {}}; }

    command::Submission submission(const std::string& name) const {
        command::Submission made;
        made.command = command::InstanceNote{{}, name};
        made.actor.kind = ActorKind::system;
        made.source.channel = "cli";
        made.reason = reason_;
        return made;
    }

    // Events of one line as a commit, with the index rows that follow from them.
    Result<log::Commit> commit(command::LineBooks& books, std::vector<domain::NewEvent> events,
                               const std::string& name) {
        const Timestamp now = ports_.clock.now();
        const command::Stamp stamp{survey_.realm, ports_.software, now,
                                   std::max(now, Timestamp{books.last_recorded_at().micros + 1})};
        auto draft =
            command::draft_commit(books, std::move(events), submission(name), stamp, ports_.ids);
        if (!draft)
            return fail(ErrorKind::corrupt, "the note of the repair does not fit into a record");
        for (const RecordedEvent& event : draft->events) {
            std::vector<log::IndexPut> rows = TRY(books.apply(event));
            std::ranges::move(rows, std::back_inserter(draft->commit.index));
        }
        return std::move(draft->commit);
    }
    Result<log::Commit> instance_commit(std::vector<domain::NewEvent> events,
                                        const std::string& name) {
        auto books = TRY(command::LineBooks::open(*log_, instance()));
        return commit(books, std::move(events), name);
    }
    static domain::NewEvent of_company(CompanyId company, Event event) {
        return {{EntityKind::company, company.value}, std::move(event), {}, {}};
    }

    // What the lost end of the instance's book said of companies' lines.
    Result<void> note_again() {
        std::vector<domain::NewEvent> events;
        for (const Event& event : survey_.to_note_again)
            events.push_back(of_company(company_of(event), event));
        if (events.empty())
            return {};
        const log::Commit noted = TRY(instance_commit(std::move(events), "RepairInstance"));
        TRY(log_->append({&noted, 1}));
        return {};
    }

    Result<void> close(const SurveyedLine& line) {
        const log::Commit closed = TRY(instance_commit(
            {of_company(line.where.company, CompanyClosed{line.where.company, reason_})},
            "AcceptLoss"));
        TRY(log_->append({&closed, 1}));
        rebuilt_.accepted.push_back({line.where.company, line.name, 1, line.known, 0});
        return {};
    }

    Result<Fork> fork_of(const SurveyedLine& line, Epoch epoch) const {
        LostTrail trail = TRY(lost_trail(store_, line));
        Fork fork;
        fork.parent = {line.where.log_id, line.where.epoch, line.sound, line.root, {}, {}};
        fork.new_log_id = line.where.log_id;
        fork.new_epoch = epoch;
        fork.mode = BookMode::standby;
        fork.series_floors = std::move(trail.floors);
        fork.only_in_parent = std::move(trail.documents);
        fork.lost = {line.sound + 1, line.is_whole() ? 0 : line.known};
        return fork;
    }

    // Fork event and switch in one group with the showing, so there is never one without the other.
    Result<void> fork(const SurveyedLine& line, const std::function<void()>& step) {
        const log::LineNumber target = next_line_++;
        const RebuiltEnd end = TRY(rebuild_line(*log_, store_, line, target, step));
        command::ShowLine shown;
        shown.where = {line.where.company, line.where.log_id, newest_epoch(line.where.company) + 1,
                       target, line.where.book};
        shown.filled = line.sound;
        shown.recorded_at = end.recorded_at;
        shown.company = end.state;
        shown.company_version = end.version;
        const Fork fork = TRY(fork_of(line, shown.where.epoch));
        command::LineBooks books = command::LineBooks::of_hidden_line(*log_, shown);
        const LossAccepted lost{fork, reason_};
        const LineActivated activated{shown.where.company, shown.where.log_id, shown.where.epoch,
                                      target};
        const log::Commit commits[] = {
            TRY(commit(books, {{end.company, lost, {}, {}}}, "AcceptLoss")),
            TRY(instance_commit({of_company(shown.where.company, activated)}, "AcceptLoss"))};
        TRY(log_->show(target, commits));
        rebuilt_.accepted.push_back(
            {line.where.company, line.name, fork.lost->from, fork.lost->to, target});
        return {};
    }
    Epoch newest_epoch(CompanyId company) const {
        Epoch newest = 0;
        for (const SurveyedLine& line : survey_.lines)
            if (line.where.company == company)
                newest = std::max(newest, line.where.epoch);
        return newest;
    }

    // The instance's book says for ever that it was repaired, and what itself lost by it.
    Result<void> note_repair() {
        const SurveyedLine& own = survey_.lines.front();
        std::uint64_t mended = 0;
        for (const SurveyedLine& line : survey_.lines)
            mended += line.mended;
        VerificationRun run;
        run.log_id = survey_.realm;
        run.epoch = 1;
        run.revision = own.sound;
        run.root = own.root;
        run.target = "repair";
        run.result = fmt::format("repaired; {} events from backups", mended);
        if (!own.is_whole())
            run.options.push_back({"lost_to", std::to_string(own.known)});
        if (!own.is_whole())
            run.result +=
                fmt::format("; events {} to {} of this book are lost", own.sound + 1, own.known);
        for (const Accepted& each : rebuilt_.accepted)
            run.result += fmt::format("; {}: loss accepted from event {} on", each.name, each.from);
        if (rebuilt_.persons_missing > 0)
            run.result += fmt::format("; {} personal data are missing", rebuilt_.persons_missing);
        const log::Commit noted = TRY(instance_commit(
            {{{EntityKind::instance, survey_.realm}, run, {}, {}}}, "RepairInstance"));
        TRY(log_->append({&noted, 1}));
        return {};
    }

    const RebuildPorts& ports_;
    const log::RocksdbStore& store_;
    const Survey& survey_;
    const std::string& reason_;
    log::OpenedLog opened_;
    log::FillableLog* log_ = nullptr;
    log::LineNumber next_line_ = 1;
    Rebuilt rebuilt_;
};

} // namespace

std::vector<const SurveyedLine*> losers(const Survey& survey) {
    std::vector<const SurveyedLine*> lost;
    for (const SurveyedLine& line : survey.lines)
        if (line.where.line != log::kInstanceLine && line.is_current
            && (!line.is_whole() || survey.suspects_all()))
            lost.push_back(&line);
    return lost;
}

Result<Rebuilt>
rebuild(const RebuildPorts& ports, const log::RocksdbStore& store, const Survey& survey,
        const std::string& target, const std::string& reason,
        const std::function<void(std::uint64_t done, std::uint64_t total)>& progress) {
    std::uint64_t done = 0, total = 0;
    for (const SurveyedLine& line : survey.lines)
        total += line.sound;
    for (const SurveyedLine* line : losers(survey))
        total += line->sound;
    const auto step = [&] {
        if (progress && ++done % 1'000 == 0)
            progress(done, total);
    };
    return Rebuild(ports, store, survey, reason).run(target, step);
}

} // namespace daybook::repair
