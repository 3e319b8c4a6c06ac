#include "api/handlers/reading_body.h"

namespace daybook::api {

Handler writing(Prepare prepare) {
    return [prepare = std::move(prepare)](Call call, Respond respond) {
        auto write = prepare(call);
        if (!write)
            return respond(to_response(write.error(), call.language, call.request.path,
                                       call.request.request_id));
        perform(std::move(call), std::move(*write), std::move(respond));
    };
}

} // namespace daybook::api
