#include "engine/repair/survey.h"

#include "engine/custody/key_chain.h"
#include "engine/log/checkpoint_book.h"
#include "engine/log/signing_key.h"
#include "engine/repair/group_rows.h"
#include "engine/repair/line_source.h"
#include "events/codec/codec.h"

#include <algorithm>
#include <fmt/format.h>
#include <limits>

namespace daybook::repair {
namespace {

using command::CompanyLine;

bool names_lines(const Event& event) {
    return std::holds_alternative<CompanyOpened>(event)
           || std::holds_alternative<LineActivated>(event)
           || std::holds_alternative<CompanyClosed>(event);
}

class Surveying {
  public:
    Surveying(Files& files, const std::string& directory, const log::RocksdbStore& store,
              const log::FoundHead& head, std::span<const backup::BackupFile* const> backups)
        : files_(files),
          directory_(directory),
          store_(store),
          head_(head),
          backups_(backups),
          kept_(files, directory),
          rows_(read_group_rows(store, head.position)) {}

    Result<Survey> run() {
        found_.groups = rows_.last;
        found_.groups_missing = rows_.missing;
        found_.is_head_lost = !head_.position;
        read_key();
        TRY(find_realm());
        TRY(survey_instance());
        for (const auto& [where, is_current] : lines_)
            TRY(survey_line(where, is_current));
        for (const backup::BackupFile* file : backups_)
            if (std::ranges::find(found_.lines, file, &SurveyedLine::file) == found_.lines.end())
                return fail(ErrorKind::invalid,
                            fmt::format("the backup of {} is of no line that is known here; "
                                        "`restore` makes a company of it",
                                        file->manifest().company_name));
        explain_bytes();
        return std::move(found_);
    }

  private:
    // Kept checkpoints that a flipped bit made worthless must not speak against the log.
    void read_key() {
        const auto pem = files_.read_all(directory_ + "/keys/signing.key");
        if (!pem)
            return;
        if (const auto key = log::SigningKey::from_pem(*pem))
            key_ = key->public_key();
        LineSource source(store_, log::kInstanceLine, nullptr);
        while (const auto found = source.next().value_or(std::nullopt))
            if (const auto recorded = decode_record(found->bytes))
                former_keys_.apply(*recorded);
    }
    bool is_ours(std::string_view checkpoint) const {
        return !key_ || custody::find_signer(former_keys_, *key_, checkpoint).has_value();
    }

    Result<void> find_realm() {
        if (head_.position)
            found_.realm = head_.position->realm;
        else if (rows_.realm)
            found_.realm = *rows_.realm;
        else if (const auto first = LineSource(store_, log::kInstanceLine, nullptr).next();
                 first && *first)
            found_.realm = TRY(decode_envelope((*first)->bytes)).actor.realm;
        if (found_.realm.is_nil())
            return fail(ErrorKind::corrupt,
                        "neither HEAD nor the log says which installation this is: nothing is left "
                        "to repair; `restore` makes companies of backups");
        return {};
    }

    // Kept checkpoints of what is on record as lost are no promises any more.
    struct Lost {
        Revision from = 0;
        Revision to = 0;
    };
    std::map<Revision, Hash> promises_of(const CompanyLine& where,
                                         const std::vector<Lost>& lost) const {
        std::map<Revision, Hash> promised;
        if (const auto rows = rows_.promised.find(where.line); rows != rows_.promised.end())
            promised = rows->second;
        const auto is_lost = [&](Revision size) {
            return std::ranges::any_of(
                lost, [&](const Lost& range) { return range.from <= size && size <= range.to; });
        };
        const auto texts = kept_.read(where.log_id, where.epoch);
        for (const std::string& text : texts ? *texts : std::vector<std::string>()) {
            const auto signed_head = log::read_checkpoint(text);
            if (signed_head && is_ours(text)
                && signed_head->origin == log::checkpoint_origin(where.log_id, where.epoch)
                && !is_lost(signed_head->head.revision))
                promised.emplace(signed_head->head.revision, signed_head->head.root);
        }
        return promised;
    }

    // Walks the line as far as records go, and believes what a promise covers.
    Result<void> walk(SurveyedLine& line, const std::map<Revision, Hash>& promised) {
        line.root = log::empty_root();
        line.known = promised.empty() ? 0 : promised.rbegin()->first;
        std::vector<std::uint32_t>& sizes = sizes_[line.where.line];
        LineSource source(store_, line.where.line, line.file);
        log::Frontier tree;
        Revision mended = 0;
        while (const auto found = TRY(source.next())) {
            tree.add(log::leaf_hash(found->bytes));
            sizes.push_back(static_cast<std::uint32_t>(found->bytes.size()));
            mended += found->mends;
            const auto promise = promised.find(tree.size());
            if (promise == promised.end())
                continue;
            if (promise->second != tree.root())
                break; // Altered, somewhere since the last one.
            line.sound = tree.size();
            line.root = tree.root();
            line.mended = mended;
        }
        sizes.resize(line.sound);
        return {};
    }

    // ---- the instance's own book ---------------------------------------------------------------
    Result<void> survey_instance() {
        SurveyedLine line;
        line.where = {{}, found_.realm, 1, log::kInstanceLine, {}};
        line.name = "the instance's book";
        TRY(walk(line, promises_of(line.where, lost_of_instance())));
        if (line.sound == 0)
            return fail(ErrorKind::corrupt,
                        "the instance's book is lost from its first record on, and with it whose "
                        "lines the log holds; `restore` makes companies of backups");
        read_openings(line);
        found_.lines.push_back(std::move(line));
        return {};
    }
    // What repairs before this one noted (rebuild.cpp).
    std::vector<Lost> lost_of_instance() const {
        std::vector<Lost> lost;
        LineSource source(store_, log::kInstanceLine, nullptr);
        while (const auto found = source.next().value_or(std::nullopt)) {
            const auto recorded = decode_record(found->bytes);
            const auto* run = recorded ? std::get_if<VerificationRun>(&recorded->event) : nullptr;
            for (const NamedText& option : run ? run->options : std::vector<NamedText>())
                if (option.name == "lost_to")
                    lost.push_back(
                        {run->revision + 1, std::strtoull(option.value.c_str(), nullptr, 10)});
        }
        return lost;
    }
    // Also behind a gap: whose line it is may be told where the telling itself is cut off.
    void read_openings(const SurveyedLine& line) {
        LineSource source(store_, log::kInstanceLine, nullptr);
        for (Revision revision = 1; revision <= line.known; ++revision) {
            const auto bytes = source.record(revision);
            const auto recorded =
                bytes && *bytes ? decode_record(**bytes) : fail(ErrorKind::corrupt, "lost");
            if (!recorded || !names_lines(recorded->event))
                continue;
            follow(recorded->event);
            if (revision > line.sound)
                found_.to_note_again.push_back(recorded->event);
        }
    }
    void follow(const Event& event) {
        // A line that is known already is current again: a replacement was taken back.
        const auto put = [&](const CompanyLine& where) {
            bool is_known = false;
            for (auto& [other, is_current] : lines_) {
                is_known = is_known || other.line == where.line;
                if (other.company == where.company)
                    is_current = other.line == where.line;
            }
            if (!is_known)
                lines_.emplace_back(where, true);
        };
        if (const auto* opened = std::get_if<CompanyOpened>(&event)) {
            names_[opened->company_id] = opened->name;
            put({opened->company_id, opened->log_id, opened->epoch, opened->line, {}});
        } else if (const auto* activated = std::get_if<LineActivated>(&event)) {
            put({activated->company_id, activated->log_id, activated->epoch, activated->line, {}});
        } else if (const auto* closed = std::get_if<CompanyClosed>(&event)) {
            std::erase_if(
                lines_, [&](const auto& each) { return each.first.company == closed->company_id; });
        }
    }

    // ---- companies -----------------------------------------------------------------------------
    Result<void> survey_line(const CompanyLine& where, bool is_current) {
        SurveyedLine line;
        line.where = where;
        line.is_current = is_current;
        line.name = fmt::format("line {} ({})", where.line, names_[where.company]);
        // Of a line that another went on from, what was lost of it was accepted then.
        const auto rows = rows_.promised.find(where.line);
        const Revision end =
            rows == rows_.promised.end() || rows->second.empty() ? 0 : rows->second.rbegin()->first;
        std::vector<Lost> lost;
        if (!is_current && end > 0)
            lost.push_back({end + 1, std::numeric_limits<Revision>::max()});
        std::map<Revision, Hash> promised = promises_of(where, lost);
        for (const backup::BackupFile* file : backups_) {
            const backup::Manifest& manifest = file->manifest();
            if (manifest.log_id != where.log_id || manifest.epoch != where.epoch)
                continue;
            const auto there = promised.emplace(manifest.revisions, manifest.root).first;
            if (there->second != manifest.root)
                return another_story(line, manifest.revisions);
            line.file = file;
        }
        TRY(walk(line, promised));
        if (line.file && line.sound < line.file->manifest().revisions)
            return another_story(line, line.sound + 1);
        if (line.sound > 0) {
            LineSource source(store_, where.line, line.file);
            const auto first = TRY(source.next());
            line.where.book = CompanyId{TRY(decode_envelope(first->bytes)).entity.id};
        }
        found_.lines.push_back(std::move(line));
        return {};
    }
    static std::unexpected<Error> another_story(const SurveyedLine& line, Revision at) {
        return fail(ErrorKind::invalid, fmt::format("{}: the backup tells another story than the "
                                                    "log, from event {} on or before it",
                                                    line.name, at));
    }

    // ---- what is missing and of nobody ---------------------------------------------------------
    void explain_bytes() {
        if (rows_.missing == 0)
            return;
        const auto size_of = [this](log::LineNumber line, Revision first, Revision last) {
            std::uint64_t bytes = 0;
            const auto& sizes = sizes_[line];
            for (Revision at = first; at <= last && at <= sizes.size(); ++at)
                bytes += sizes[at - 1];
            return bytes;
        };
        const std::uint64_t missing = missing_bytes(rows_, head_.position, size_of);
        std::uint64_t back = 0;
        for (const auto& [line, sizes] : sizes_)
            for (Revision revision = 1; revision <= sizes.size(); ++revision)
                if (!rows_.covers(line, revision))
                    back += sizes[revision - 1];
        found_.unexplained_bytes = missing - std::min(missing, back);
    }

    Files& files_;
    const std::string& directory_;
    const log::RocksdbStore& store_;
    const log::FoundHead& head_;
    std::span<const backup::BackupFile* const> backups_;
    log::CheckpointBook kept_;
    GroupRows rows_;
    Survey found_;
    std::optional<log::PublicKey> key_;
    custody::KeyChain former_keys_;
    std::vector<std::pair<CompanyLine, bool>> lines_;
    std::map<CompanyId, std::string> names_;
    std::map<log::LineNumber, std::vector<std::uint32_t>> sizes_; // Of sound records.
};

} // namespace

bool Survey::suspects_all() const {
    const bool is_explained =
        std::ranges::any_of(lines, [](const SurveyedLine& line) { return !line.is_whole(); });
    if (is_head_lost)
        return groups_missing > 0 && !is_explained;
    return unexplained_bytes > 0 && !is_explained;
}

Result<Survey> survey(Files& files, const std::string& directory, const log::RocksdbStore& store,
                      const log::FoundHead& head,
                      std::span<const backup::BackupFile* const> backups) {
    return Surveying(files, directory, store, head, backups).run();
}

} // namespace daybook::repair
