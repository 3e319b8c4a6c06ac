// A small, believable French company for a new data directory, so that the first look shows books
// and not an empty page. Made through the same commands as everything else; dates are relative to
// today, so some invoices are overdue whenever one looks.
#pragma once

#include "api/application.h"

namespace daybook::api {

// Refusals and errors come back as text; nothing of them is expected.
Result<void> write_sample_books(Application& application);

} // namespace daybook::api
