#include "api/handlers/reading_body.h"

namespace daybook::api {

Handler performing(Handler handler) {
    handler = previewing(std::move(handler));
    handler.takes.knows_repeat = true;
    return handler;
}

Handler writing(Prepare prepare) {
    return performing([prepare = std::move(prepare)](Call call, Respond respond) {
        auto write = prepare(call);
        if (!write)
            return refuse(call, respond, write.error());
        perform(std::move(call), std::move(*write), std::move(respond));
    });
}

Handler changing(Prepare prepare) {
    Handler handler = writing([prepare = std::move(prepare)](
                                  const Call& call) -> std::expected<Write, Problem> {
        if (call.request.header("if-match").empty())
            return std::unexpected(problem_of(domain::Refusal{
                domain::Code::if_match_required, "send If-Match with the ETag you saw", {}, {}}));
        Write write = TRY(prepare(call));
        write.match = Match::required;
        return write;
    });
    handler.takes.needs_match = true;
    return handler;
}

} // namespace daybook::api
