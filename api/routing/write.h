// The one path of every command: from a request to its submission, and from what became of it to
// an answer. Handlers say what is asked and how the thing is shown; idempotency, If-Match,
// validate_only, actor, source and status codes are the same for all and live in write.cpp.
#pragma once

#include "api/routing/call.h"

#include <functional>
#include <optional>
#include <span>

namespace daybook::api {

// How one thing is shown at a moment. The same function answers GET, POST, PATCH and previews.
using Show = std::function<std::expected<Json, Problem>(const Call&, const CompanyView&, EntityRef,
                                                        const projections::EntityRow&)>;

// What a command of the whole company answers, instead of a thing: seen from the books as they were
// before it, and from the records it wrote, which are none in a preview or when it is so already.
struct Told {
    const Call& call;
    const CompanyView& before;
    std::span<const RecordedEvent> written;
};
using Tell = std::function<std::expected<Json, Problem>(const Told&)>;

enum class Match { not_needed, required };

struct Write {
    domain::Command command;
    EntityRef thing; // Whose state answers: the new or the changed one.
    Match match = Match::not_needed;
    std::optional<EntityRef>
        match_thing;                 // When If-Match speaks of another than `thing` (…/credit).
    std::optional<Version> based_on; // A PATCH was merged into this version; another is 412.
    int status = 200;                // 201 for creations.
    std::string location;            // Path of the created thing, without the host.
    std::string reason;
    std::vector<command::NewPerson> persons;
    Show show;
    Tell tell; // Instead of `thing` and `show`.
};

// Submits and answers. The company is that of the path, except for CreateCompany.
void perform(Call call, Write write, Respond respond);

// Who asks: header Daybook-Actor, stored as asserted, until there are accounts.
Actor actor_of(const Request& request);
Source source_of(const Request& request, std::string_view channel);
// SHA-256 of method, path, query and body: what must be equal for a key to be the same request.
Hash request_hash(const Request& request);

} // namespace daybook::api
