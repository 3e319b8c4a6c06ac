#include "api/waiting.h"

#include "engine/adapters/awaited.h"

namespace daybook::api {

command::Outcome submit_and_wait(Service& service, command::Submission submission) {
    const Awaited<command::Outcome> outcome;
    service.submit(std::move(submission),
                   [outcome](command::Outcome given) { outcome.give(std::move(given)); });
    return outcome.take();
}

Result<log::LineNumber> fill_and_wait(Service& service, Service::FillStep step) {
    const Awaited<Result<log::LineNumber>> line;
    service.fill_line(std::move(step),
                      [line](Result<log::LineNumber> filled) { line.give(std::move(filled)); });
    return line.take();
}

void wait_until_shown(Service& service) {
    const Awaited<bool> shown;
    service.when_shown([shown] { shown.give(true); });
    static_cast<void>(shown.take());
}

} // namespace daybook::api
