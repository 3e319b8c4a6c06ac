// Server-sent events: everything after a revision, then what happens, as it happens.
//
//   id: 1-42                      <epoch>-<revision>; Last-Event-ID resumes exactly there
//   event: InvoiceIssued
//   data: {…}                     as GET …/events/42 answers
//
//   event: caught_up              once, when everything that was there has been sent
//   data: {"revision":42}
//
//   : heartbeat                   a comment every 15 seconds without events
//
// Nothing can be missed between reading and following: the feed is always read from the log, and
// the watcher only says when to look again.
#pragma once

#include "api/http/message.h"
#include "engine/log/event_log.h"
#include "events/catalogue.h"

#include <functional>
#include <memory>
#include <optional>

namespace daybook::api {

struct LiveFeed {
    log::LineNumber line = 0;
    Epoch epoch = 1;
    CompanyId book; // The company's id inside the line's records.
    Revision after = 0;
    Language language = Language::english;
    int digits = 2;
    // The moment it ends at; nothing = it goes on with what happens.
    std::optional<Revision> until;
    // Asked while it waits: false ends it, so that a client comes back to the book that took its
    // place. Nothing = for ever.
    std::function<bool()> is_current;
};

// `log` must outlive the stream.
std::unique_ptr<BodyStream> live_feed(log::EventLog& log, const LiveFeed& feed);

} // namespace daybook::api
