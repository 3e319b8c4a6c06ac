// RapidCheck generators of events and envelopes: fields may be blank, lists empty, numbers at the
// ends of their range, texts in several scripts.
#pragma once

#include "events/event.h"

#include <iosfwd>
#include <rapidcheck.h>

namespace daybook {

// How RapidCheck shows what it found: as JSON.
void showValue(const Event& event, std::ostream& out);
void showValue(const Envelope& envelope, std::ostream& out);

namespace tests {

// The event at that place of the catalogue.
rc::Gen<Event> arbitrary_event(std::size_t index);
rc::Gen<Envelope> arbitrary_envelope();

} // namespace tests
} // namespace daybook
