#include "engine/audit/verify.h"

#include "engine/audit/chain_audit.h"
#include "engine/audit/file_audit.h"
#include "engine/audit/ledger_audit.h"
#include "engine/audit/line_audit.h"
#include "engine/audit/lost_groups.h"
#include "engine/audit/person_audit.h"
#include "engine/audit/row_audit.h"
#include "engine/command/each_event.h"
#include "engine/custody/key_chain.h"
#include "engine/log/base64.h"
#include "engine/log/checkpoint.h"
#include "engine/log/repair_swap.h"
#include "engine/log/rocksdb_log_reader.h"
#include "events/codec/codec.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::audit {
namespace {

class Verification {
  public:
    Verification(Files& files, const std::string& directory, const VerifyOptions& options)
        : files_(files), directory_(directory), options_(options) {}

    // Of a directory that nobody has.
    Result<Report> run() {
        if (!TRY(files_.exists(directory_ + "/HEAD")) && !TRY(files_.exists(directory_ + "/log")))
            return fail(ErrorKind::invalid, directory_ + " holds no books");
        const auto lock = files_.lock(directory_);
        if (!lock && lock.error().kind == ErrorKind::busy)
            return std::unexpected(lock.error());
        if (!lock)
            report_.notes.push_back("Nobody is kept from writing meanwhile: " + lock.error().what);
        if (TRY(log::is_swap_begun(files_, directory_)))
            return fail(ErrorKind::busy,
                        directory_ + ": a repair was interrupted; any start ends it");
        HeadFound head{TRY(log::find_head(files_, directory_ + "/HEAD")), {}};
        if (head.head.exists)
            head.bytes = TRY(files_.read_all(directory_ + "/HEAD"));
        read_kept();
        auto store =
            log::RocksdbStore::open(directory_ + "/log", log::RocksdbStore::Mode::read_only, {});
        if (!store) {
            report_.find("log/", store.error().what);
            return std::move(report_);
        }
        return verify(**store, head);
    }
    Result<Report> run(const Freeze& freeze) {
        read_kept();
        const log::FrozenLog frozen = TRY(freeze());
        return verify(*frozen.store, {frozen.head, {}});
    }

  private:
    struct Named {
        std::string name;
        std::vector<KnownHead> heads;
    };

    Result<Report> verify(const log::RocksdbStore& store, const HeadFound& head) {
        if (const auto sound = store.verify_checksums(); !sound)
            find_in_log(sound.error().what);
        const auto promises = audit_chain(store, head, report_);
        if (!promises) {
            report_.find("groups", promises.error().what);
            return std::move(report_);
        }
        const auto reader = log::RocksdbLogReader::open(store);
        if (!reader) {
            report_.find("log/", reader.error().what);
            return std::move(report_);
        }
        read_names(**reader, promises->realm);
        const auto name_line = [this](log::LineNumber line) { return name_of(line); };
        find_lost_groups({files_, directory_, store}, head.head, *promises, name_line, report_);
        audit_rows(store, *promises, report_);
        read_keys();
        read_losses(**reader);
        hold_checkpoints();
        audit_lines(**reader, *promises);
        if (is_stopped_)
            return fail(ErrorKind::busy, "the verification was stopped");
        persons_.finish(store, *promises, report_);
        if (options_.large_files)
            attached_.finish(files_, *options_.large_files, directory_, report_);
        return std::move(report_);
    }

    // RocksDB names the file among its words.
    void find_in_log(const std::string& what) {
        Place place{.file = "log/"};
        const auto ends = what.find(".sst");
        if (ends != what.npos) {
            const auto begins = what.find_last_not_of("0123456789", ends - 1) + 1;
            place.file += what.substr(begins, ends + 4 - begins);
        }
        report_.find("log/", what, std::move(place));
    }

    // ---- which line is whose -------------------------------------------------------------------
    void read_names(const log::LogReader& reader, const Uuid& realm) {
        origins_[log::checkpoint_origin(realm, 1)] = log::kInstanceLine;
        lines_[log::kInstanceLine].name = "the instance's book";
        books_.push_back({realm, 1});
        if (const auto read = read_openings(reader); !read)
            report_.find(lines_[log::kInstanceLine].name, read.error().what);
    }
    Result<void> read_openings(const log::LogReader& reader) {
        const auto read = [this](const RecordedEvent& recorded) -> Result<void> {
            name_line(recorded.event);
            keys_.apply(recorded);
            if (const auto* run = std::get_if<VerificationRun>(&recorded.event))
                note_repair(*run, recorded.envelope.recorded_at);
            return {};
        };
        return command::each_event(reader, log::kInstanceLine, read);
    }
    void name_line(const Event& event) {
        const auto is = [this](log::LineNumber line, const Uuid& log_id, Epoch epoch) {
            origins_[log::checkpoint_origin(log_id, epoch)] = line;
            books_.push_back({log_id, epoch});
        };
        if (const auto* opened = std::get_if<CompanyOpened>(&event)) {
            lines_[opened->line].name = fmt::format("line {} ({})", opened->line, opened->name);
            is(opened->line, opened->log_id, opened->epoch);
            current_[opened->company_id] = opened->line;
        } else if (const auto* activated = std::get_if<LineActivated>(&event)) {
            log::LineNumber& current = current_[activated->company_id];
            // A line that is known already is current again: a replacement was taken back.
            if (!lines_.contains(activated->line)) {
                is(activated->line, activated->log_id, activated->epoch);
                switched_[activated->line] = current;
                lines_[activated->line].name = fmt::format("line {}, which went on from {}",
                                                           activated->line, lines_[current].name);
            }
            current = activated->line;
        }
    }

    std::string name_of(log::LineNumber line) const {
        const auto named = lines_.find(line);
        return named == lines_.end() || named->second.name.empty() ? fmt::format("line {}", line)
                                                                   : named->second.name;
    }

    // A key that came without the word of the one before it may be the owner's, who lost that one;
    // whether it is, only he can tell.
    void read_keys() {
        for (const custody::KeyChain::Link& link : keys_.links())
            if (!link.is_vouched)
                report_.notes.push_back("The signing key " + log::to_base64(link.key)
                                        + " was introduced without the signature of the one "
                                          "before it.");
    }

    // ---- losses that were accepted (engine/repair) ---------------------------------------------
    struct Loss {
        Revision from = 0;
        Revision to = 0; // 0: nobody knows how far.
        std::string at;
    };

    // A repair notes in the instance's book what that lost, right behind its last sound event; of a
    // company's line the line that went on says so, right behind what it took over.
    void read_losses(const log::LogReader& reader) {
        for (const auto& [line, before] : switched_)
            if (const auto head = reader.head(before))
                if (const auto event = read_event(reader, line, head->revision + 1))
                    if (const auto* lost = std::get_if<LossAccepted>(&event->event))
                        if (lost->fork.lost)
                            note_loss(before, {lost->fork.lost->from, lost->fork.lost->to,
                                               to_text(event->envelope.recorded_at)});
    }
    static std::optional<RecordedEvent> read_event(const log::LogReader& reader,
                                                   log::LineNumber line, Revision revision) {
        const auto records = reader.read(line, revision, {.records_max = 1});
        if (!records || records->empty())
            return std::nullopt;
        auto recorded = decode_record(records->front().bytes);
        return recorded ? std::optional(*std::move(recorded)) : std::nullopt;
    }
    void note_repair(const VerificationRun& run, Timestamp at) {
        for (const NamedText& option : run.options)
            if (option.name == "lost_to")
                note_loss(log::kInstanceLine,
                          {run.revision + 1, std::strtoull(option.value.c_str(), nullptr, 10),
                           to_text(at)});
    }
    void note_loss(log::LineNumber line, Loss loss) {
        report_.notes.push_back(fmt::format(
            "{}: events {} to {} are lost; the loss was accepted at {}.", lines_[line].name,
            loss.from, loss.to == 0 ? "an unknown end" : std::to_string(loss.to), loss.at));
        losses_[line].push_back(std::move(loss));
    }
    bool is_lost(log::LineNumber line, Revision size) const {
        const auto losses = losses_.find(line);
        return losses != losses_.end()
               && std::ranges::any_of(losses->second, [&](const Loss& loss) {
                      return size >= loss.from && (loss.to == 0 || size <= loss.to);
                  });
    }

    // ---- checkpoints ---------------------------------------------------------------------------
    // One that is kept here of a part that is known to be lost says nothing new; one that somebody
    // brings always speaks.
    void hold(const std::string& name, std::string_view text, bool is_kept) {
        const auto checkpoint = log::read_checkpoint(text);
        if (!checkpoint)
            return report_.find(name, checkpoint.error().what);
        if (!keys_.links().empty())
            if (const auto by = custody::find_signer(keys_, keys_.links().back().key, text); !by)
                report_.find(name, by.error().what);
        const auto line = origins_.find(checkpoint->origin);
        if (line == origins_.end())
            return report_.find(name, "it is of " + checkpoint->origin
                                          + ", and no book here goes by that name");
        if (!is_kept || !is_lost(line->second, checkpoint->head.revision))
            lines_[line->second].heads.push_back({name, checkpoint->head});
    }
    void read_kept() {
        const std::string folder = directory_ + "/checkpoints";
        const auto there = files_.exists(folder);
        const auto names =
            there && *there ? files_.list(folder) : Result<std::vector<std::string>>(std::in_place);
        if (!names)
            report_.find("checkpoints/", names.error().what);
        for (const std::string& name : names.value_or(std::vector<std::string>()))
            kept_.emplace(name, files_.read_all(folder + "/" + name));
    }
    void hold_checkpoints() {
        for (const auto& [log_id, epoch] : books_) {
            const auto kept = kept_.find(fmt::format("{}-{}", to_text(log_id), epoch));
            if (kept == kept_.end())
                continue;
            const std::string file = "checkpoints/" + kept->first;
            if (!kept->second) {
                report_.find(file, kept->second.error().what);
                continue;
            }
            const auto texts = log::split_checkpoints(*kept->second);
            for (std::size_t i = 0; i < texts.size(); ++i)
                hold(fmt::format("{}, number {}", file, i + 1), texts[i], true);
        }
        for (std::size_t i = 0; i < options_.checkpoints.size(); ++i)
            hold(fmt::format("checkpoint {} of those given", i + 1), options_.checkpoints[i],
                 false);
    }

    // ---- lines ---------------------------------------------------------------------------------
    void audit_lines(const log::LogReader& reader, const Promises& promises) {
        for (const auto& [line, promised] : promises.lines)
            if (!promised.empty())
                total_ += promised.rbegin()->first;
        for (const auto& [line, promised] : promises.lines) {
            if (promises.unfinished.contains(line)) {
                report_.notes.push_back(
                    fmt::format("Line {} was never finished; the next start sweeps it.", line));
                continue;
            }
            Named& named = lines_[line];
            named.name = name_of(line);
            LedgerAudit ledger(report_);
            audit_line(
                reader, {line, named.name, promised, std::move(named.heads)},
                [&](const std::string& where, const RecordedEvent& recorded) {
                    ledger.see(where, recorded);
                    persons_.see(where, recorded, report_.here);
                    attached_.see(recorded);
                    if (++done_ % 1'000 == 0 && options_.progress)
                        options_.progress(done_, total_);
                    is_stopped_ = is_stopped_ || (options_.stops && options_.stops());
                    return !is_stopped_;
                },
                report_);
            if (is_stopped_)
                return;
            named.heads.clear();
        }
        for (const auto& [line, named] : lines_)
            for (const KnownHead& known : named.heads)
                report_.find(named.name,
                             known.name + " was signed of it, and it is not in the log");
        if (options_.progress)
            options_.progress(total_, total_);
    }

    Files& files_;
    const std::string& directory_;
    const VerifyOptions& options_;
    Report report_;
    PersonAudit persons_;
    FileAudit attached_;
    std::map<std::string, Result<std::string>> kept_; // Files of checkpoints, by name.
    std::map<log::LineNumber, Named> lines_;
    std::map<std::string, log::LineNumber> origins_;
    std::vector<std::pair<Uuid, Epoch>> books_;
    custody::KeyChain keys_;
    std::map<CompanyId, log::LineNumber> current_;
    std::map<log::LineNumber, log::LineNumber> switched_; // From that line.
    std::map<log::LineNumber, std::vector<Loss>> losses_;
    std::uint64_t done_ = 0, total_ = 0;
    bool is_stopped_ = false;
};

} // namespace

Result<Report> verify_directory(Files& files, const std::string& directory,
                                const VerifyOptions& options) {
    return Verification(files, directory, options).run();
}

Result<Report> verify_running(Files& files, const std::string& directory, const Freeze& freeze,
                              const VerifyOptions& options) {
    return Verification(files, directory, options).run(freeze);
}

} // namespace daybook::audit
