// What a longer book costs: the same questions and the same commands to a book of N events and to
// shorter ones, all open, in turn. Whatever grows with the book shows here.
#include "bench/harness.h"
#include "bench/queries.h"

#include <chrono>
#include <fmt/format.h>
#include <thread>

namespace daybook::bench {
namespace {

constexpr double kGrowthMax = 1.3;

// RocksDB merges files after a start; measured beside, that would count as an answer's time.
void wait_until_idle() {
    constexpr std::chrono::milliseconds kLook{100};
    while (processor_seconds_of([=] { std::this_thread::sleep_for(kLook); }) > 0.001) {
    }
}

Work ask(Book& book, const Query& query, Revision moment) {
    return [&book, &query, moment] { query.ask(moment == 0 ? *book.now() : *book.at(moment)); };
}

Work write(Book& book) {
    return [&book] {
        for (int i = 0; i < 10; ++i) {
            book.run(book.draft_invoice());
            book.run(book.issue_newest_draft());
            book.run(book.pay_newest_draft());
        }
    };
}

void compare(int repeats, Book& large, Book& small) {
    const std::vector<Query> of_small = queries_of(small);
    const std::vector<Query> of_large = queries_of(large);
    const Table table(fmt::format("{} events", large.head()),
                      fmt::format("× as long as with {}", small.head()));
    for (const bool as_of : {false, true})
        for (std::size_t i = 0; i < of_large.size(); ++i)
            table.row(of_large[i].name + (as_of ? ", half way" : ", now"),
                      times_as_long(repeats, ask(large, of_large[i], as_of ? large.head() / 2 : 0),
                                    ask(small, of_small[i], as_of ? small.head() / 2 : 0),
                                    processor_seconds_of),
                      at_most(kGrowthMax));
    table.row("draft, issue, pay",
              times_as_long(repeats, write(large), write(small), processor_seconds_of),
              at_most(kGrowthMax));
}

int run(const Options& options) {
    Book hundredth, tenth, whole;
    hundredth.grow_to(options.events / 100);
    tenth.grow_to(options.events / 10);
    whole.grow_to(options.events);
    // A young store lies in memory, an old one in files: what that costs once is no growth.
    for (Book* book : {&hundredth, &tenth, &whole})
        book->reopen_views();
    wait_until_idle();
    compare(options.repeats, whole, hundredth);
    compare(options.repeats, whole, tenth);
    return 0;
}

} // namespace
} // namespace daybook::bench

int main(int argc, char** argv) {
    using namespace daybook::bench;
    return run(parse_options(argc, argv,
                             "bench_growth: a book of N events beside those of N / 100 and N / 10",
                             {.events = 100'000, .repeats = 9}));
}
