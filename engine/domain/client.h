// Clients: who is sold to. A code is optional and unique; archiving hides a client from new drafts
// and takes nothing away. Persons, e-mail and notes are blobs named by the profile, never in it.
#pragma once

#include "engine/domain/outcome.h"

namespace daybook::domain {

Decision decide(const Books& books, const CreateClient& command, const Circumstances&);
Decision decide(const Books& books, const ChangeClient& command, const Circumstances&);
Decision decide(const Books& books, const ArchiveClient& command, const Circumstances&);
Decision decide(const Books& books, const UnarchiveClient& command, const Circumstances&);

} // namespace daybook::domain
