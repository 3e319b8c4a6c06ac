// Building all views again from the log, beside the least that this could cost: reading and
// decoding the log, and writing as many keys of the same total size as one sorted file into a plain
// RocksDB. And what it takes of memory, which a book ten times as long must not multiply.
#include "bench/book.h"
#include "bench/harness.h"

#include "events/codec/codec.h"
#include "tests/support/ok.h"

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <rocksdb/db.h>
#include <rocksdb/sst_file_writer.h>

namespace daybook::bench {
namespace {

using tests::ok;

struct Cost {
    std::uint64_t events = 0;
    std::uint64_t keys = 0;
    std::uint64_t bytes = 0;       // Of the views' files.
    std::uint64_t memory_peak = 0; // Above what was taken before.
};

std::uint64_t bytes_below(const std::string& directory) {
    std::uint64_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory))
        if (entry.is_regular_file())
            bytes += entry.file_size();
    return bytes;
}

// From Linux's account of this process, in bytes: VmRSS is now, VmHWM the peak since reset_peak().
std::uint64_t memory(const std::string& name) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(name + ":"))
            return std::stoull(line.substr(name.size() + 1)) * 1024;
    return 0;
}
void reset_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

Cost rebuild(Book& book) {
    reset_peak();
    const std::uint64_t before = memory("VmRSS");
    ok(book.views().rebuild([](const projections::Progress&) {}));
    return {book.head(), book.views().keys_written(), bytes_below(book.directory() + "/views"),
            memory("VmHWM") - before};
}

void read_and_decode(const Book& book, log::LogReader& log) {
    for (Revision next = 1; next <= book.head();) {
        const auto records = ok(log.read(book.line(), next));
        for (const log::StoredRecord& record : records)
            ok(decode_record(record.bytes));
        next += records.size();
    }
}

void ingest_raw(const Cost& cost) {
    const tests::TempDirectory directory;
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* opened = nullptr;
    CHECK(rocksdb::DB::Open(options, directory / "db", &opened).ok(), "RocksDB opens");
    const std::unique_ptr<rocksdb::DB> database(opened);
    rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), options);
    CHECK(writer.Open(directory / "sorted.sst").ok(), "a file is made");
    const std::string value(cost.bytes / cost.keys, 'v');
    for (std::uint64_t key = 0; key < cost.keys; ++key)
        CHECK(writer.Put(fmt::format("{:030}", key), value).ok(), "a file takes a key");
    CHECK(writer.Finish().ok(), "a file is finished");
    CHECK(database->IngestExternalFile({directory / "sorted.sst"}, {}).ok(), "a file is taken in");
}

int run(const Options& options) {
    Book small, book;
    small.grow_to(options.events / 10);
    book.grow_to(options.events);
    const Cost small_cost = rebuild(small);
    const Cost cost = rebuild(book);
    const auto each = [&](std::uint64_t amount) {
        return static_cast<double>(amount) / static_cast<double>(cost.events);
    };
    fmt::print("rebuild: {} events\n", cost.events);

    const Table time("rebuild of all views", "× as long as the peer");
    const Work rebuilt = [&] { rebuild(book); };
    time.row("reading and decoding the log",
             times_as_long(
                 options.repeats, rebuilt, [&] { read_and_decode(book, book.log()); },
                 processor_seconds_of));
    time.row("raw ingest of as many keys and bytes",
             times_as_long(
                 options.repeats, rebuilt, [&] { ingest_raw(cost); }, processor_seconds_of));

    const Table size("what an event becomes", "an event");
    size.row("keys", each(cost.keys));
    size.row("bytes on disk", each(cost.bytes));
    size.row("µs, which only this machine and hour explain",
             seconds_of(rebuilt) * 1e6 / static_cast<double>(cost.events));
    const Table peak("peak of memory above what was taken before", "× a book of a tenth");
    peak.row(
        fmt::format("{} MiB beside {} MiB", cost.memory_peak >> 20, small_cost.memory_peak >> 20),
        static_cast<double>(cost.memory_peak)
            / static_cast<double>(std::max<std::uint64_t>(small_cost.memory_peak, 1)));
    return 0;
}

} // namespace
} // namespace daybook::bench

int main(int argc, char** argv) {
    using namespace daybook::bench;
    return run(parse_options(argc, argv, "bench_rebuild: all views again, from the log",
                             {.events = 100'000, .repeats = 5}));
}
