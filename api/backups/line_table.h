// The lines of all invoices as one CSV: what a list of invoices leaves out.
#pragma once

#include "engine/backup/readable.h"
#include "projections/snapshot.h"

#include <memory>

namespace daybook::api {

backup::TextSource line_table(std::shared_ptr<const projections::Snapshot> snapshot);

} // namespace daybook::api
