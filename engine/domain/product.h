// Products: what is sold again and again. A code is compulsory and unique; what a document took
// over from a product is the document's own and does not follow the product's changes.
#pragma once

#include "engine/domain/outcome.h"

namespace daybook::domain {

// A price without a currency is in the company's.
Decision decide(const Books& books, const CreateProduct& command, const Circumstances&);
Decision decide(const Books& books, const ChangeProduct& command, const Circumstances&);
Decision decide(const Books& books, const ArchiveProduct& command, const Circumstances&);
Decision decide(const Books& books, const UnarchiveProduct& command, const Circumstances&);

} // namespace daybook::domain
