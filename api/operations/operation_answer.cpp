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

void begin_operation(Operations& operations, Operation operation, const command::Submission& asked,
                     std::chrono::seconds wait, const OperationAnswered& answered, Work work) {
    operation.state = OperationState::running;
    operations.begin(std::move(operation), asked,
                     [&operations, wait, answered, work = std::move(work)](auto begun) {
                         if (!begun)
                             return answered(std::unexpected(problem_of(begun.error())));
                         const auto& [noted, replayed] = *begun;
                         if (replayed)
                             return answered(OperationAnswer{noted, true});
                         if (work.cancel)
                             operations.let_cancel(noted.id, work.cancel);
                         answer_by_deadline(operations, noted, wait, answered);
                         work.begin(noted);
                     });
}

Json operation_error(const Problem& no) {
    JsonArray faults;
    for (const ProblemFault& fault : no.faults) // Kept in the language of what is kept.
        faults.push_back(show_fault(no, fault, Language::english));
    Json json;
    json.set("code", no.code);
    json.set("detail", no.detail);
    json.set("errors", std::move(faults));
    add_facts(json, no);
    return json;
}

} // namespace daybook::api
