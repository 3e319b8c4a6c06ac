// The answer to validate_only=true: what a command would answer, and what it would write.
#pragma once

#include "api/present/form.h"
#include "api/routing/call.h"
#include "api/schema.h"
#include "engine/command/submission.h"
#include "engine/domain/commands.h"

#include <vector>

namespace daybook::api {

struct Preview {
    Json result; // What would be answered.
    std::vector<domain::NewEvent> events;
    JsonArray diff; // As show_prospect() makes its items.
};

// {result, events: [{type, entity, sentence, data}], diff, number_preview?}
Json show_preview(Preview preview, Language language, int digits);
// 200 with that; for what is of no company's book.
Response preview_response(const Call& call, Preview preview);
// {kind, id, change, changes}
Result<Json> show_prospect(const command::Prospect& prospect, int digits, const Unseal& unseal);
// Of the whole answer; `result` has the schema of what the command answers.
namespace schema {
Schema preview_schema();
}

} // namespace daybook::api
