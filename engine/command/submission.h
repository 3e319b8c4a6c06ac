// One command on its way to the sequencer, with who asks and what became of it.
#pragma once

#include "engine/command/directory.h"
#include "engine/domain/decide.h"
#include "engine/log/event_log.h"

#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace daybook::command {

// What the caller saw when he decided; the sequencer compares before it decides.
struct IfMatch {
    EntityRef thing;
    Version version = 0;
};

// A blob that the command's events name by hash, written in the same batch.
struct NewPerson {
    log::PersonBlob blob;
    std::string role; // "contacts", "private_notes"
};

// Events for the instance's own book; decided by the shell, since no company rule applies.
struct InstanceNote {
    std::vector<domain::NewEvent> events;
    std::string name; // Stands where a command's name would.
};

// The book that a company has now, as somebody saw it who means to put another in its place. Where
// it has moved on since, he is refused (stale_revision).
struct SeenBook {
    log::LineNumber line = 0;
    Revision head = 0;
};

// A line that was filled out of sight becomes the book of a new company, or the next epoch of one
// that is here: its fork events, and the instance's note of whose book it is, in one group with its
// showing.
struct ShowLine {
    CompanyLine where;
    std::string company_name;
    Revision filled = 0;   // Records it holds so far.
    Timestamp recorded_at; // Of the last of them.
    domain::State company; // As those records leave it, and its version.
    Version company_version = 0;
    std::vector<domain::NewEvent> events;
    std::string name;                 // Stands where a command's name would.
    std::optional<SeenBook> replaces; // Nothing: a new company.
    // Rows of the line that those of the events build on, since nothing of it can be read yet: how
    // far its series came, and when they were last used.
    std::vector<log::IndexPut> known;
};

// A company goes back to a book that it had before a replacement. Nothing is copied: the instance's
// note, and what that book must learn of the time between (`events`), in one group.
struct SwitchBack {
    Epoch epoch = 0; // Of the former book.
    SeenBook leaves;
    std::vector<domain::NewEvent> events;
    std::string name; // Stands where a command's name would.
};

struct Submission {
    CompanyId company;
    std::variant<domain::Command, InstanceNote, ShowLine, SwitchBack> command;
    Actor actor;
    Source source;
    std::string reason;
    std::optional<IfMatch> if_match;
    std::string idempotency_key; // Empty = none.
    Hash request_hash;           // Of method, path and body.
    std::vector<NewPerson> persons;
    bool validate_only = false;
};

struct Committed {
    log::LineNumber line = 0;
    Epoch epoch = 1;
    Revision first = 0; // 0: nothing had to be written; `last` is the head.
    Revision last = 0;
    bool replayed = false; // This idempotency key was here before; first and last are of then.
    std::vector<RecordedEvent> events; // Empty when replayed.
};

// What would become of one thing; the answer to validate_only.
struct Prospect {
    EntityRef thing;
    domain::State before;
    domain::State after;
    Version version = 0; // After.
};
struct Previewed {
    log::LineNumber line = 0;
    Revision head = 0;
    std::vector<domain::NewEvent> events;
    std::vector<Prospect> things;
};

using Outcome = std::variant<Committed, Previewed, domain::Refusal, Error>;

// Called exactly once, on the sequencer's thread; must be quick.
using Done = std::function<void(Outcome)>;

struct Queued {
    Submission submission;
    Done done;
};

} // namespace daybook::command
