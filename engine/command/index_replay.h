// The index rows of a whole line, derived from its records alone, from the first on: for lines that
// are filled from somewhere else, and for whoever wants to compare. Remembers of each thing only
// what rows depend on, so a million invoices fit.
#pragma once

#include "engine/command/fold.h"
#include "engine/command/index_rows.h"

#include <map>
#include <unordered_map>
#include <utility>

namespace daybook::command {

class IndexReplay {
  public:
    // Gives earlier versions of things, for `Returned`: from the line that is being read.
    using ReadVersion = std::function<Result<RecordedEvent>(EntityRef, Version)>;
    explicit IndexReplay(ReadVersion read) : read_(std::move(read)) {}

    // Records come in order of revision.
    Result<std::vector<log::IndexPut>> rows_of(const RecordedEvent& recorded);
    // How far each series has come by now: the rows that stand.
    std::vector<log::IndexPut> series_rows() const;

  private:
    struct Thing {
        domain::State state; // Folded for kinds that hold codes; else any, while it exists.
        std::optional<std::string> source;
    };
    std::optional<EntityRef> holder_of(const std::string& claim) const;
    void note_holder(const log::IndexPut& row, EntityRef thing);
    Result<domain::State> state_after(const Thing& thing, const RecordedEvent& recorded) const;

    ReadVersion read_;
    std::unordered_map<EntityRef, Thing> things_;
    std::map<std::pair<SeriesId, std::string>, domain::SeriesPosition> positions_;
    std::map<std::string, EntityRef> holders_;
    bool has_documents_ = false;
};

} // namespace daybook::command
