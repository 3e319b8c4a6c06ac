#include "api/operations/operation_answer.h"

#include <atomic>
#include <memory>

namespace daybook::api {

OperationAnswered answering_once(OperationAnswered answered) {
    auto given = std::make_shared<std::atomic_flag>();
    return
        [given, answered = std::move(answered)](std::expected<OperationAnswer, Problem> outcome) {
            if (!given->test_and_set())
                answered(std::move(outcome));
        };
}

void answer_by_deadline(Operations& operations, const Operation& noted, std::chrono::seconds wait,
                        const OperationAnswered& answered) {
    if (wait.count() == 0)
        return answered(OperationAnswer{noted, false});
    operations.answer_after(wait, [&operations, noted, answered] {
        answered(OperationAnswer{operations.find(noted.id).value_or(noted), false});
    });
}

} // namespace daybook::api
