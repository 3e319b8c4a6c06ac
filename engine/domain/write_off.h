// Giving up what is due, and taking that back.
#pragma once

#include "engine/domain/decide.h"

namespace daybook::domain {

Decision decide(const Books& books, const WriteOffInvoice& command, const Circumstances& now);
Decision decide(const Books& books, const ReverseWriteOff& command, const Circumstances& now);

} // namespace daybook::domain
