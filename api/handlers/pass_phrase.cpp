#include "api/handlers/pass_phrase.h"

#include "api/handlers/reading_body.h"
#include "engine/backup/sealed_files.h"

namespace daybook::api {

std::expected<std::string, Problem> pass_phrase_in(const Call& call) {
    return read_body<std::string>(call, [](Input& input) {
        return input.text("pass_phrase", Need::optional, backup::kPassPhraseMax);
    });
}

Schema pass_phrase_schema() {
    using namespace schema;
    return named("PassPhraseInput", object({optional("pass_phrase", nullable(text()))}));
}

Hash hash_without_pass_phrase(const Request& request) {
    Request noted = request;
    if (auto body = parse_body(request); body && body->find("pass_phrase")) {
        body->set("pass_phrase", true);
        noted.body = to_json(*body);
    }
    return request_hash(noted);
}

} // namespace daybook::api
