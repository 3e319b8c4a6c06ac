// Verbs whose body is at most {reason}: archive, unarchive, retire, close …
#pragma once

#include "api/handlers/reading_body.h"
#include "api/handlers/resource.h"

namespace daybook::api {

inline std::string read_reason(Input& input) { return input.text("reason", Need::optional, 2'000); }

inline Schema reason_schema() {
    return schema::object({schema::optional("reason", schema::text())});
}

// `segment` names the path variable that holds the thing's id: "id", or "company" for itself.
template <class Command>
Handler reasoned_verb(EntityKind kind, const Show& show, const std::string& segment = "id") {
    return changing([=](const Call& call) -> std::expected<Write, Problem> {
        const Uuid id = TRY(call.id(segment));
        const std::string reason = TRY(read_body<std::string>(call, read_reason));
        Command command{};
        command.id = decltype(command.id){id};
        command.reason = reason;
        Write write;
        write.thing = {kind, id};
        write.reason = reason;
        write.show = show;
        write.command = std::move(command);
        return write;
    });
}

} // namespace daybook::api
