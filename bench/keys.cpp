// What one command costs in keys, in the log and in the views: counted, so the same on every
// machine. RocksDB takes a key in a few microseconds, so this is the price of a commit that no
// faster disk lowers. Of full tiles (log) two keys for each 256 records come on top.
#include "bench/book.h"
#include "bench/harness.h"

#include <fmt/format.h>

namespace daybook::bench {
namespace {

constexpr double kKeysMax = 12;

int run(const Options& options) {
    Book book;
    book.grow_to(options.events);
    const Table table("keys a command, log and views together", "keys");
    const auto count = [&](const char* name, domain::Command command) {
        const std::uint64_t in_log = book.log().keys_written();
        const std::uint64_t in_views = book.views().keys_written();
        book.run(std::move(command));
        const std::uint64_t log_keys = book.log().keys_written() - in_log;
        const std::uint64_t view_keys = book.views().keys_written() - in_views;
        table.row(fmt::format("{} ({} log + {} views)", name, log_keys, view_keys),
                  static_cast<double>(log_keys + view_keys), at_most(kKeysMax));
    };
    count("CreateClient", book.create_client());
    count("DraftInvoice", book.draft_invoice());
    count("ChangeInvoice", book.change(book.newest_draft()));
    count("IssueInvoice", book.issue_newest_draft());
    count("RecordPayment, of the whole invoice", book.pay_newest_draft());
    return 0;
}

} // namespace
} // namespace daybook::bench

int main(int argc, char** argv) {
    using namespace daybook::bench;
    return run(parse_options(argc, argv, "bench_keys: keys written by a command",
                             {.events = 1'000, .repeats = 1}));
}
