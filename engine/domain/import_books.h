// Taking other books in: clients and documents whose stated amounts are facts, each known by its
// source id, so that the same file twice is the same books once (domain.md 1).
#pragma once

#include "engine/domain/decide.h"

namespace daybook::domain {

Decision decide(const Books& books, const ImportBooks& command, const Circumstances& now);

} // namespace daybook::domain
