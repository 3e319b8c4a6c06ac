// A moment named in a body: {"revision": n} or {"at": instant}; http-api.md, rollbacks and copies.
#pragma once

#include "api/handlers/reading_body.h"

#include <optional>
#include <string_view>

namespace daybook::api {

struct TargetMoment {
    std::string member; // Where it stood in the body.
    std::optional<Revision> revision;
    std::optional<Timestamp> at;
};

std::optional<Revision> read_revision(Input& input, std::string_view name,
                                      Need need = Need::optional);
TargetMoment read_target(Input& input, std::string_view member);
Schema target_schema();

// An instant is the commit end at or before it. A revision is taken as it is: whether it exists and
// ends a commit is for the decider.
std::expected<Revision, Problem> resolve(const Call& call, const TargetMoment& target);

} // namespace daybook::api
