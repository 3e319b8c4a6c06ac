// What a backup says in words and tables, as of one moment: the lists of the API as CSV, the lines
// of invoices, every event as a line of JSON, a summary, the state hash.
#pragma once

#include "api/service.h"
#include "engine/backup/readable.h"

namespace daybook::api {

// `until` is a commit end that the views show. `service` outlives the texts. Without `history` the
// events are not among them. ErrorKind::busy when the views are not there yet.
Result<backup::Readable> readable_books(Service& service, const command::CompanyLine& where,
                                        Revision until, bool history);

} // namespace daybook::api
