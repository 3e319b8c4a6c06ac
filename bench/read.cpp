// Reading now and as of: the same questions to the same books, through a snapshot of the newest
// commit, of the commit before it (the same books by the way of history), and of half way; and how
// many rows a page of a list looks at for each that it returns.
#include "bench/harness.h"
#include "bench/queries.h"

#include "tests/support/ok.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::bench {
namespace {

using projections::Snapshot;

constexpr double kAsOfMax = 3;
constexpr double kRowsExaminedMax = 4;

struct Moment {
    const char* name;
    Revision revision;
};

// In processor time: everything is in memory, and the machine may have other users.
void as_of_beside_now(const Options& options, Book& book, const std::vector<Query>& queries,
                      const Moment& moment) {
    const Table table(fmt::format("as of {}", moment.name), "× as long as now");
    for (const Query& query : queries)
        table.row(query.name,
                  times_as_long(
                      options.repeats, [&] { query.ask(*book.at(moment.revision)); },
                      [&] { query.ask(*book.now()); }, processor_seconds_of),
                  at_most(kAsOfMax));
    // One row for each client there was, so what one row costs is compared.
    const auto receivables = [&](const Snapshot& shown) {
        return static_cast<double>(tests::ok(shown.receivables(book.today())).size());
    };
    const double rows = receivables(*book.at(moment.revision)) / receivables(*book.now());
    const Spread all = times_as_long(
        options.repeats, [&] { receivables(*book.at(moment.revision)); },
        [&] { receivables(*book.now()); }, processor_seconds_of);
    table.row("receivables, a row", Spread{all.median / rows, all.low / rows, all.high / rows},
              at_most(kAsOfMax));
}

void rows_examined(const std::vector<Query>& queries, const Moment& moment, const Snapshot& shown) {
    const Table table(fmt::format("pages {}", moment.name), "rows examined for each returned");
    for (const Query& query : queries) {
        if (!query.is_list)
            continue;
        const Answered answered = query.ask(shown);
        table.row(query.name,
                  static_cast<double>(answered.examined)
                      / static_cast<double>(std::max<std::uint64_t>(answered.rows, 1)),
                  at_most(kRowsExaminedMax));
    }
}

int run(const Options& options) {
    Book book;
    book.grow_to(options.events);
    const std::vector<Query> queries = queries_of(book);
    const Moment before{"the commit before", book.head() - 1};
    const Moment half{"half way", book.head() / 2};
    const Moment early{"a tenth of the way", book.head() / 10};
    fmt::print("reading: a book of {} events\n", book.head());
    for (const Moment& moment : {before, half})
        as_of_beside_now(options, book, queries, moment);
    rows_examined(queries, {"now", 0}, *book.now());
    for (const Moment& moment : {before, half, early})
        rows_examined(queries, {moment.name, 0}, *book.at(moment.revision));
    return 0;
}

} // namespace
} // namespace daybook::bench

int main(int argc, char** argv) {
    using namespace daybook::bench;
    return run(parse_options(argc, argv, "bench_read: reading as of beside reading now",
                             {.events = 10'000, .repeats = 9}));
}
