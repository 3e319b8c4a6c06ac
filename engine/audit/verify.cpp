#include "engine/audit/verify.h"

#include "engine/audit/chain_audit.h"
#include "engine/audit/ledger_audit.h"
#include "engine/audit/line_audit.h"
#include "engine/log/checkpoint_book.h"
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

    Result<Report> run() {
        TRY(find_books());
        auto store =
            log::RocksdbStore::open(directory_ + "/log", log::RocksdbStore::Mode::read_only, {});
        if (!store) {
            report_.find("log/", store.error().what);
            return std::move(report_);
        }
        if (const auto sound = (*store)->verify_checksums(); !sound)
            report_.find("log/", sound.error().what);
        const auto promises = audit_chain(**store, head_, report_);
        if (!promises) {
            report_.find("groups", promises.error().what);
            return std::move(report_);
        }
        const auto reader = log::RocksdbLogReader::open(**store);
        if (!reader) {
            report_.find("log/", reader.error().what);
            return std::move(report_);
        }
        read_names(**reader, promises->realm);
        read_checkpoints();
        audit_lines(**reader, *promises);
        return std::move(report_);
    }

  private:
    struct Named {
        std::string name;
        std::vector<KnownHead> heads;
    };

    Result<void> find_books() {
        if (!TRY(files_.exists(directory_ + "/HEAD")) && !TRY(files_.exists(directory_ + "/log")))
            return fail(ErrorKind::invalid, directory_ + " holds no books");
        lock_ = TRY(files_.lock(directory_));
        head_ = TRY(log::find_head(files_, directory_ + "/HEAD"));
        return {};
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
        for (Revision next = 1;;) {
            const auto records = TRY(reader.read(log::kInstanceLine, next));
            if (records.empty())
                return {};
            for (const log::StoredRecord& record : records)
                name_line(TRY(decode_record(record.bytes)).event);
            next = records.back().revision + 1;
        }
    }
    void name_line(const Event& event) {
        const auto is = [this](log::LineNumber line, const Uuid& log_id, Epoch epoch) {
            origins_[log::checkpoint_origin(log_id, epoch)] = line;
            books_.push_back({log_id, epoch});
        };
        if (const auto* opened = std::get_if<CompanyOpened>(&event)) {
            lines_[opened->line].name = fmt::format("line {} ({})", opened->line, opened->name);
            is(opened->line, opened->log_id, opened->epoch);
        } else if (const auto* activated = std::get_if<LineActivated>(&event)) {
            is(activated->line, activated->log_id, activated->epoch);
        }
    }

    // ---- checkpoints ---------------------------------------------------------------------------
    void hold(const std::string& name, std::string_view text) {
        const auto checkpoint = log::read_checkpoint(text);
        if (!checkpoint)
            return report_.find(name, checkpoint.error().what);
        const auto line = origins_.find(checkpoint->origin);
        if (line == origins_.end())
            return report_.find(name, "it is of " + checkpoint->origin
                                          + ", and no book here goes by that name");
        lines_[line->second].heads.push_back({name, checkpoint->head});
    }
    void read_checkpoints() {
        const log::CheckpointBook kept(files_, directory_);
        for (const auto& [log_id, epoch] : books_) {
            const std::string file = fmt::format("checkpoints/{}-{}", to_text(log_id), epoch);
            const auto texts = kept.read(log_id, epoch);
            if (!texts) {
                report_.find(file, texts.error().what);
                continue;
            }
            for (std::size_t i = 0; i < texts->size(); ++i)
                hold(fmt::format("{}, number {}", file, i + 1), (*texts)[i]);
        }
        for (std::size_t i = 0; i < options_.checkpoints.size(); ++i)
            hold(fmt::format("checkpoint {} of those given", i + 1), options_.checkpoints[i]);
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
            if (named.name.empty())
                named.name = fmt::format("line {}", line);
            LedgerAudit ledger(report_);
            audit_line(
                reader, {line, named.name, promised, std::move(named.heads)},
                [&](const std::string& where, const RecordedEvent& recorded) {
                    ledger.see(where, recorded);
                    if (++done_ % 1'000 == 0 && options_.progress)
                        options_.progress(done_, total_);
                },
                report_);
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
    std::unique_ptr<DirectoryLock> lock_;
    log::FoundHead head_;
    std::map<log::LineNumber, Named> lines_;
    std::map<std::string, log::LineNumber> origins_;
    std::vector<std::pair<Uuid, Epoch>> books_;
    std::uint64_t done_ = 0, total_ = 0;
};

} // namespace

Result<Report> verify_directory(Files& files, const std::string& directory,
                                const VerifyOptions& options) {
    return Verification(files, directory, options).run();
}

} // namespace daybook::audit
