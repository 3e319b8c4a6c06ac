// From a request's body to a command, with every fault named at once. Writing handlers are made of
// these: read the body, make the command, perform it.
#pragma once

#include "api/json/input.h"
#include "api/routing/route.h"
#include "api/routing/write.h"

namespace daybook::api {

// Reads the body with `read`, refuses unknown members, and yields what was read.
template <class T>
std::expected<T, Problem> read_input(const Json& body, const std::function<T(Input&)>& read) {
    Input input(body);
    T value = read(input);
    input.finish();
    if (!input.faults().empty())
        return std::unexpected(problem_of(input.refusal()));
    return value;
}

// The same, from a request whose empty body means {}.
template <class T>
std::expected<T, Problem> read_body(const Call& call, const std::function<T(Input&)>& read) {
    if (call.request.body.empty())
        return read_input<T>(Json(JsonObject{}), read);
    return read_input<T>(TRY(parse_body(call.request)), read);
}

using Prepare = std::function<std::expected<Write, Problem>(const Call&)>;

// A handler that ends in perform(), and so knows previews and repetitions.
Handler performing(Handler handler);
// A handler that prepares the write of something new and performs it.
Handler writing(Prepare prepare);
// The same for what is there already: without If-Match it is 428, before anything else is read.
Handler changing(Prepare prepare);

} // namespace daybook::api
