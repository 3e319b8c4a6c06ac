// The first records of a line, verbatim in a new one: same leaves, same root (design 5). In bounded
// steps on the writer's thread, so that commands are served in between; out of sight until the
// sequencer shows it, swept at the next start when it never does.
#pragma once

#include "engine/command/index_replay.h"
#include "engine/log/line_writer.h"

namespace daybook::command {

class LineCopy {
  public:
    // `until` is a commit end of the source. Both lines live in `log`, which outlives the copy.
    static Result<LineCopy> begin(log::FillableLog& log, log::LineNumber source, Revision until,
                                  log::LineNumber target);

    // Copies some more; true when nothing is left. Then the head of the copy is that of the source
    // at `until`: checked, not assumed.
    Result<bool> step();
    Revision done() const { return writer_.size(); }
    Revision total() const { return until_; }
    Result<void> abandon() { return writer_.abandon(); }
    // How far the series have come in what was copied: for ShowLine::known.
    std::vector<log::IndexPut> series_rows() const { return replay_.series_rows(); }

  private:
    LineCopy(log::FillableLog& log, log::LineNumber source, Revision until, log::LineWriter writer);
    Result<std::vector<log::PersonBlob>> persons_of(const Envelope& envelope) const;
    Result<void> check_root();

    log::FillableLog* log_;
    log::LineNumber source_;
    Revision until_;
    log::LineWriter writer_;
    IndexReplay replay_;
};

} // namespace daybook::command
