// How a going back is told: what returned, what stayed and why, what was credited for it.
#pragma once

#include "api/routing/write.h"
#include "api/schema.h"
#include "engine/domain/going_back.h"

namespace daybook::api {

// `plan` is the decision taken again on the books as they were before; where records were written,
// they are the truth about what returned and what was credited.
std::expected<Json, Problem> show_going_back(const Told& told, const domain::GoingBack& plan,
                                             const domain::Books& books);
Schema going_back_schema();

} // namespace daybook::api
