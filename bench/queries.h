// What is asked of a book when reading is measured, in one list, so that "now", "as of" and "ten
// times as long a book" are measured by the same questions.
#pragma once

#include "bench/book.h"

#include <functional>
#include <string>
#include <vector>

namespace daybook::bench {

struct Answered {
    std::uint64_t rows = 0;     // Returned.
    std::uint64_t examined = 0; // Of lists.
};

struct Query {
    std::string name;
    bool is_list = false; // Pages of at most 50.
    std::function<Answered(const projections::Snapshot&)> ask;
};

// Asks about things that stand in the book since its beginning.
std::vector<Query> queries_of(Book& book);

} // namespace daybook::bench
