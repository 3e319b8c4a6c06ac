// Every index row that follows from one event (write_index.h draws them). One derivation for the
// sequencer, which moves on event by event, and for lines that are filled from records: a copy, a
// restore. So the same records give the same rows, however they came here.
#pragma once

#include "engine/command/write_index.h"
#include "engine/log/event_log.h"
#include "events/event.h"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace daybook::command {

// Unique names that a thing holds: by its state, and by its source while it exists.
using Claims = std::set<std::string>;
Claims claims_held(const domain::State& state, const std::optional<std::string>& source);
// The source claim that an envelope states; nothing for what was made here.
std::optional<std::string> source_claim_of(const Envelope& envelope);

// What the rows of an event depend on besides the event.
struct IndexContext {
    Claims before;
    Claims after;
    // Who holds a claim so far. When two things go back in one commit, one may take a code before
    // the other gives it up; giving up must then leave it to its new holder.
    std::function<std::optional<EntityRef>(const std::string& claim)> holder;
    bool has_documents = false;
    // How far a series has come so far.
    std::function<domain::SeriesPosition(SeriesId, std::string_view period)> position;
};

std::vector<log::IndexPut> index_rows(const RecordedEvent& recorded, const IndexContext& context);

// An invoice beyond draft, a credit note, a payment; or the word that there was one.
bool is_document(const Event& event);

} // namespace daybook::command
