// Files that are attached to a thing. The books hold their names; their bytes lie in the blob store
// (engine/log/blob_store.h) and stay there, so that a rollback or an earlier moment finds them.
#pragma once

#include "engine/domain/outcome.h"

namespace daybook::domain {

// Any thing that people work with may have files, at any time, issued or archived.
Decision decide(const Books& books, const AttachFile& command, const Circumstances&);
// Detaching what is detached writes nothing.
Decision decide(const Books& books, const DetachFile& command, const Circumstances&);

} // namespace daybook::domain
