#include "api/cli/backup_file.h"
#include "api/cli/ink.h"
#include "api/cli/progress_bar.h"
#include "api/version.h"
#include "engine/adapters/posix_files.h"
#include "engine/adapters/random_ids.h"
#include "engine/adapters/system_clock.h"
#include "engine/adapters/terminal.h"
#include "engine/audit/verify.h"
#include "engine/backup/verification.h"
#include "engine/log/repair_swap.h"
#include "engine/log/rocksdb_event_log.h"
#include "engine/log/rocksdb_salvage.h"
#include "engine/repair/rebuild.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::api {
namespace {

struct RepairOptions {
    std::string directory;
    std::vector<std::string> backups;
    std::string pass_phrase_file;
    std::string reason = "accepted on the command line";
    bool accept_loss = false;
    bool json = false;
};

// What is wrong, in a sentence; nothing when all of it is sound.
Result<std::optional<std::string>> find_damage(Files& files, const std::string& directory,
                                               IdSource& ids) {
    {
        const auto opened = TRY(log::open_rocksdb_log(files, directory, ids));
        if (opened.damage)
            return opened.damage;
    }
    ProgressBar bar("verifying", "events");
    audit::VerifyOptions options;
    options.progress = [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); };
    const audit::Report report = TRY(audit::verify_directory(files, directory, options));
    if (report.is_sound())
        return std::nullopt;
    return to_text(report.findings.front());
}

std::string range(Revision from, Revision to) {
    return to == 0      ? fmt::format("event {} and whatever followed it", from)
           : from == to ? fmt::format("event {}", from)
                        : fmt::format("events {} to {}", from, to);
}

bool asks_for_acceptance(const repair::Survey& survey) {
    return survey.suspects_all()
           || std::ranges::any_of(survey.lines, [](const repair::SurveyedLine& line) {
                  return line.where.line != log::kInstanceLine && !line.is_whole();
              });
}

void print_survey(const repair::Survey& survey) {
    for (const repair::SurveyedLine& line : survey.lines) {
        fmt::print("  {}: {} events are sound{}{}\n", harmless(line.name), line.sound,
                   line.mended > 0 ? fmt::format(", {} of them from the backup", line.mended) : "",
                   line.is_whole() ? std::string()
                                   : "; lost: " + range(line.sound + 1, line.known));
    }
    if (survey.suspects_all())
        fmt::print("  {} bytes of events were acknowledged and are nowhere: any company may lack "
                   "some\n",
                   survey.unexplained_bytes);
}

Json as_json(const repair::Survey& survey, const repair::Rebuilt* rebuilt,
             const std::string& evidence) {
    JsonArray lines;
    for (const repair::SurveyedLine& line : survey.lines) {
        Json each;
        each.set("line", line.where.line);
        each.set("sound", line.sound);
        each.set("root", to_hex(line.root));
        each.set("known", line.known);
        each.set("from_backup", line.mended);
        lines.push_back(std::move(each));
    }
    JsonArray accepted;
    for (const repair::Accepted& loss :
         rebuilt ? rebuilt->accepted : std::vector<repair::Accepted>()) {
        Json each;
        each.set("company_id", to_text(loss.company));
        each.set("from", loss.from);
        each.set("to", loss.to == 0 ? Json(nullptr) : Json(loss.to));
        accepted.push_back(std::move(each));
    }
    Json told;
    told.set("repaired", rebuilt != nullptr);
    told.set("lines", std::move(lines));
    told.set("accepted", std::move(accepted));
    told.set("persons_missing", rebuilt ? Json(rebuilt->persons_missing) : Json(nullptr));
    told.set("evidence", evidence.empty() ? Json(nullptr) : Json(evidence));
    return told;
}

class Repair {
  public:
    explicit Repair(const RepairOptions& options) : options_(options) {}

    int run() {
        const auto outcome = repair();
        if (outcome)
            return *outcome;
        // Once the swap is begun, what lies aside is the log.
        if (is_aside_ours_ && !log::is_swap_begun(files_, options_.directory).value_or(true))
            static_cast<void>(files_.remove_all(aside()));
        fmt::print(stderr, "{}: {}\n", options_.directory, outcome.error().what);
        return outcome.error().kind == ErrorKind::invalid ? kExitRefused : kExitCannotTell;
    }

  private:
    std::string aside() const { return options_.directory + log::kRepairDirectory; }

    Result<int> repair() {
        if (!TRY(files_.exists(options_.directory + "/HEAD"))
            && !TRY(files_.exists(options_.directory + "/log")))
            return fail(ErrorKind::io, "it holds no books");
        const auto damage = TRY(find_damage(files_, options_.directory, ids_));
        if (!damage) {
            if (options_.json)
                fmt::print("{}\n", to_json(JsonObject{{"repaired", false}, {"sound", true}}));
            else
                fmt::print("Sound: there is nothing to repair.\n");
            return kExitDone;
        }
        if (!options_.json)
            fmt::print("{} {}\n", Ink(shows_colours(1)).red("Damaged."), harmless(*damage));
        int exit_code = kExitDone;
        if (!open_backups(exit_code))
            return exit_code;
        const auto lock = TRY(files_.lock(options_.directory));
        is_aside_ours_ = true;
        TRY(files_.remove_all(aside()));
        TRY(files_.make_directory(aside()));
        return look_and_rebuild();
    }

    bool open_backups(int& exit_code) {
        for (const std::string& path : options_.backups) {
            auto backup = open_backup(path, options_.pass_phrase_file, exit_code);
            if (!backup)
                return false;
            backups_.push_back(std::make_unique<backup::BackupFile>(*std::move(backup)));
            ProgressBar bar("verifying", "events");
            const auto verified =
                backup::verify(*backups_.back(), [&](std::uint64_t done, std::uint64_t total) {
                    bar.show(done, total);
                });
            if (!verified) {
                exit_code = print_unsound(path, verified.error());
                return false;
            }
        }
        return true;
    }

    Result<int> look_and_rebuild() {
        const log::FoundHead head = TRY(log::find_head(files_, options_.directory + "/HEAD"));
        auto store = TRY(log::salvage_store(options_.directory + "/log", aside() + "/salvage", {}));
        std::vector<const backup::BackupFile*> files;
        for (const auto& backup : backups_)
            files.push_back(backup.get());
        const repair::Survey survey =
            TRY(repair::survey(files_, options_.directory, *store, head, files));
        if (!options_.json)
            print_survey(survey);
        if (asks_for_acceptance(survey) && !options_.accept_loss)
            return refuse(survey);
        const repair::Rebuilt rebuilt = TRY(rebuild(*store, survey));
        store.reset();
        const std::string evidence = TRY(log::swap_repaired_log(files_, options_.directory));
        return tell(survey, rebuilt, evidence);
    }

    Result<repair::Rebuilt> rebuild(const log::RocksdbStore& store, const repair::Survey& survey) {
        SystemClock clock;
        ProgressBar bar("repairing", "events");
        return repair::rebuild(
            {files_, clock, ids_, std::string("daybook ") + kVersion}, store, survey, aside(),
            options_.reason,
            [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); });
    }

    Result<int> refuse(const repair::Survey& survey) {
        TRY(files_.remove_all(aside()));
        if (options_.json)
            fmt::print("{}\n", to_json(as_json(survey, nullptr, {})));
        else
            fmt::print("Nothing was changed. A backup that holds the lost events mends them: "
                       "--from FILE.\nIf there is none, --accept-loss goes on without them, and "
                       "says so for ever.\n");
        return kExitRefused;
    }

    Result<int> tell(const repair::Survey& survey, const repair::Rebuilt& rebuilt,
                     const std::string& evidence) const {
        if (options_.json) {
            fmt::print("{}\n", to_json(as_json(survey, &rebuilt, evidence)));
            return kExitDone;
        }
        fmt::print("{} The damaged files are kept in {}/{}.\n",
                   Ink(shows_colours(1)).green("Repaired."), harmless(options_.directory),
                   evidence);
        if (rebuilt.persons_missing > 0)
            fmt::print("  {} personal data are nowhere, and `verify` goes on to say so: a backup "
                       "that holds them brings them back (--from FILE)\n",
                       rebuilt.persons_missing);
        for (const repair::Accepted& loss : rebuilt.accepted)
            fmt::print("  {}: {} {} lost; {}\n", harmless(loss.name), range(loss.from, loss.to),
                       loss.from == loss.to ? "is" : "are",
                       loss.line == 0 ? "nothing was left, and the company is closed"
                                      : "the company is standby until it is activated");
        return kExitDone;
    }

    const RepairOptions& options_;
    bool is_aside_ours_ = false;
    PosixFiles files_;
    SystemClock clock_;
    RandomIds ids_{clock_};
    std::vector<std::unique_ptr<backup::BackupFile>> backups_;
};

} // namespace

void add_repair(Command& program, int& exit_code) {
    auto options = std::make_shared<RepairOptions>();
    Command command = program.add_subcommand(
        "repair", "Make a damaged data directory whole again: from what is sound in it, and from\n"
                  "backups that hold what is lost. Every record must fit a root that was promised\n"
                  "before. What is derived is made anew; the damaged files are kept beside.\n"
                  "Exit code 0: repaired, or sound; 1: events would be lost; 2: cannot tell.");
    command.add_option("--data", options->directory, "data directory; nobody may serve it")
        .required();
    command
        .add_option("--from", options->backups,
                    "a backup that holds what is lost; may be given again")
        .existing_file()
        .each_of(1);
    command.add_option(kPassPhraseOption, options->pass_phrase_file,
                       "of sealed backups: a file whose first line is their pass phrase");
    command.add_flag("--accept-loss", options->accept_loss,
                     "go on without what is in no backup; on record for ever, and standby");
    command.add_option("--reason", options->reason, "why, for the record");
    command.add_flag("--json", options->json, "print JSON");
    command.footer("daybook repair --data books\n"
                   "daybook repair --data books --from sunday.daybook");
    command.callback([options, &exit_code] { exit_code = Repair(*options).run(); });
}

} // namespace daybook::api
