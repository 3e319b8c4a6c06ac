// Kinds of which a company has a handful (series, tax rates, locks …): how they are made.
#pragma once

#include "api/handlers/reasoned_verb.h"

namespace daybook::api {

inline std::string settings_path(const std::string& path) {
    return "/api/v1/companies/{company}/" + path;
}

// POST of a new one: `command` makes it from the body that was read.
template <class Body, class Command>
Handler creating(EntityKind kind, const std::string& path, const Show& show,
                 const std::function<Body(Input&)>& read,
                 const std::function<Command(Uuid, Body)>& command) {
    return writing([=](const Call& call) -> std::expected<Write, Problem> {
        const Json body = TRY(parse_body(call.request));
        const Uuid id = call.service.ids().next_id();
        Write write;
        write.command = command(id, TRY(read_input<Body>(body, read)));
        write.thing = {kind, id};
        write.status = 201;
        write.location = "/api/v1/companies/" + call.path.find("company")->second + "/" + path + "/"
                         + to_text(id);
        write.show = show;
        return write;
    });
}

} // namespace daybook::api
