// Given events, when a command, then events or a refusal.
//
// A Story keeps the books between the steps: `accepts` decides, expects a yes, applies and hands
// back the events; `refuses` expects one named refusal and that nothing came of it.
//
//     Story story(open_books());
//     story.accepts(draft());
//     story.accepts(issue());
//     story.refuses(issue(), Code::invoice_not_draft);
#pragma once

#include "tests/support/books_in_memory.h"
#include "tests/support/builders.h"

#include <gtest/gtest.h>
#include <string>
#include <utility>

namespace daybook::tests {

std::string describe(const domain::Refusal& refusal);

class Story {
  public:
    explicit Story(History history = open_books(), Date today = kToday)
        : books_(history), today_(today) {}

    // The events that the command led to; already applied.
    History accepts(const domain::Command& command);
    domain::Refusal refuses(const domain::Command& command, domain::Code code);
    // Decides without applying.
    domain::Decision decide(const domain::Command& command) const;
    void happens(const domain::NewEvent& event) { books_.apply(event); }

    void set_today(Date today) { today_ = today; }
    Date today() const { return today_; }
    BooksInMemory& books() { return books_; }
    const BooksInMemory& books() const { return books_; }

  private:
    BooksInMemory books_;
    Date today_;
};

// The one event of that type among those of a decision; fails the test when there is none.
template <class E>
E only(const History& events) {
    const E* found = nullptr;
    for (const domain::NewEvent& happened : events)
        if (const E* event = std::get_if<E>(&happened.event)) {
            EXPECT_EQ(found, nullptr) << "the event happens once";
            found = event;
        }
    EXPECT_NE(found, nullptr) << "the event happens";
    return found ? *found : E{};
}

// The code of a fault at that pointer, by name; "" when there is none.
std::string fault_at(const domain::Refusal& refusal, std::string_view pointer);

} // namespace daybook::tests
