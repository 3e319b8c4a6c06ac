// What a longer book costs: the same questions and the same commands to a book of N events and to
// one of a tenth of that, both open, in turn. Whatever grows with the book shows here.
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

int run(const Options& options) {
    Book small, large;
    small.grow_to(options.events / 10);
    large.grow_to(options.events);
    // A young store lies in memory, an old one in files: what that costs once is no growth.
    small.reopen_views();
    large.reopen_views();
    wait_until_idle();
    const std::vector<Query> of_small = queries_of(small);
    const std::vector<Query> of_large = queries_of(large);
    fmt::print("growth: from {} to {} events\n", small.head(), large.head());

    const Table table("a longer book", "× as long as in one of a tenth");
    const auto ask = [](Book& book, const Query& query, Revision moment) -> Work {
        return [&book, &query, moment] { query.ask(moment == 0 ? *book.now() : *book.at(moment)); };
    };
    for (const bool as_of : {false, true})
        for (std::size_t i = 0; i < of_large.size(); ++i)
            table.row(of_large[i].name + (as_of ? ", half way" : ", now"),
                      times_as_long(options.repeats,
                                    ask(large, of_large[i], as_of ? large.head() / 2 : 0),
                                    ask(small, of_small[i], as_of ? small.head() / 2 : 0),
                                    processor_seconds_of),
                      at_most(kGrowthMax));
    const auto write = [](Book& book) -> Work {
        return [&book] {
            for (int i = 0; i < 10; ++i) {
                book.run(book.draft_invoice());
                book.run(book.issue_newest_draft());
                book.run(book.pay_newest_draft());
            }
        };
    };
    table.row("draft, issue, pay",
              times_as_long(options.repeats, write(large), write(small), processor_seconds_of),
              at_most(kGrowthMax));
    return 0;
}

} // namespace
} // namespace daybook::bench

int main(int argc, char** argv) {
    using namespace daybook::bench;
    return run(parse_options(argc, argv, "bench_growth: a book of N events beside one of N / 10",
                             {.events = 100'000, .repeats = 9}));
}
