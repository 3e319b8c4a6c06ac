#include "api/backups/practice_books.h"

#include "engine/adapters/temporary_place.h"

namespace daybook::api {

Result<std::unique_ptr<PracticeBooks>> PracticeBooks::open() {
    SystemClock clock;
    RandomIds ids(clock);
    std::unique_ptr<PracticeBooks> books(
        new PracticeBooks(TRY(temporary_place()) + "/daybook-" + to_text(ids.next_id())));
    books->application_ =
        TRY(Application::open({.data_directory = books->place_, .serving = false, .fatal = {}}));
    return books;
}

PracticeBooks::~PracticeBooks() {
    application_.reset();
    static_cast<void>(PosixFiles().remove_all(place_));
}

} // namespace daybook::api
