// What is left of a damaged data directory, line by line, and what is lost.
//
// A record counts as sound when a root that was promised covers it: by a group of the log, by a
// checkpoint that was kept, or by the backup it comes from. The end of a line is known from the
// same three; what lies between its last sound record and its known end is lost.
#pragma once

#include "engine/audit/report.h"
#include "engine/backup/backup_file.h"
#include "engine/command/directory.h"
#include "engine/files.h"
#include "engine/log/rocksdb_log_inspection.h"

#include <map>
#include <span>

namespace daybook::repair {

struct SurveyedLine {
    command::CompanyLine where; // No company: the instance's own book.
    std::string name;           // "line 1 (Dupont SA)"
    const backup::BackupFile* file = nullptr;
    bool is_current = true;
    Revision sound = 0;  // Records 1 to this one are there, and are what was promised.
    Hash root;           // Of them.
    Revision known = 0;  // As far as the line went, as far as anybody knows.
    Revision mended = 0; // Records that only the backup had.

    bool is_whole() const { return sound >= known; }
};

struct Survey {
    Uuid realm;
    std::vector<SurveyedLine> lines; // Those that the instance's book names; itself first.
    // What the instance's book said behind its last sound record, of companies and their lines.
    std::vector<Event> to_note_again;
    std::uint64_t groups = 0;         // As far as HEAD or the log says.
    std::uint64_t groups_missing = 0; // Of those, whose rows cannot be read.
    // Bytes of records that were acknowledged, that are nowhere, and of which no line is known to
    // lack any. Nothing when HEAD is lost and with it their number.
    std::uint64_t unexplained_bytes = 0;
    bool is_head_lost = false;

    // Nobody can say of which company records are missing: it may be any.
    bool suspects_all() const;
};

// `store` is a salvaged one. A backup that is of no line here, or tells another story than the log,
// is ErrorKind::invalid. ErrorKind::corrupt when not even the instance's book begins.
Result<Survey> survey(Files& files, const std::string& directory, const log::RocksdbStore& store,
                      const log::FoundHead& head,
                      std::span<const backup::BackupFile* const> backups);

} // namespace daybook::repair
