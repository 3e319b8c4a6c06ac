// The records of a backup, verbatim in a new line: same leaves, same root (design 5). In bounded
// steps on the writer's thread, so that commands are served in between; out of sight until the
// sequencer shows it, swept at the next start when it never does. What engine/command/line_copy.h
// does from a line, this does from a file.
#pragma once

#include "engine/backup/verification.h"
#include "engine/command/index_replay.h"
#include "engine/log/line_writer.h"

namespace daybook::backup {

// What the restored records leave: what showing the line as a company's book asks for.
struct RestoredEnd {
    Revision revision = 0;
    Hash root;
    Uuid log_id; // What the last record says of its line.
    Epoch epoch = 1;
    Timestamp recorded_at; // Of the last record.
    EntityRef company;     // As the records call it.
    domain::State state;   // Of the company, at that version.
    Version version = 0;
    std::vector<log::IndexPut> series; // How far its series came.
};

class LineRestore {
  public:
    // `verified` is what verify() said of this file: nothing unverified is restored. `until` is a
    // commit end, at most the last; anything else is found by the last step. Log and backup outlive
    // the restore.
    static Result<std::unique_ptr<LineRestore>> begin(log::FillableLog& log,
                                                      const BackupFile& backup,
                                                      const Verified& verified, Revision until,
                                                      log::LineNumber target);

    // Restores some more; true when nothing is left. Then the line's root was compared with that of
    // the file's records. ErrorKind::invalid when `until` is inside a commit.
    Result<bool> step();
    Revision done() const { return writer_.size(); }
    Revision total() const { return until_; }
    Result<void> abandon() { return writer_.abandon(); }
    // After the last step.
    const RestoredEnd& end() const { return end_; }

  private:
    LineRestore(const BackupFile& backup, const Verified& verified, Revision until,
                log::LineWriter writer);
    Result<void> add(const RecordedEvent& recorded);
    Result<RecordedEvent> read_version(EntityRef thing, Version version);
    Result<void> finish();

    const BackupFile* backup_;
    std::set<EntityRef> went_back_;
    Revision until_;
    log::LineWriter writer_;
    RecordReader reader_;
    RecordFinder finder_;
    command::IndexReplay replay_;
    log::Frontier tree_;
    std::map<std::pair<EntityRef, Version>, Revision> versions_; // Of what went back, and company.
    Revision commit_last_ = 0;
    RestoredEnd end_;
};

} // namespace daybook::backup
