// What every benchmark shares: pairs measured in turn, medians of their ratios, a table, arguments.
//
// A time says how busy the machine was; a ratio of two times taken one after the other says how two
// pieces of work compare. So nothing is printed but ratios to a peer of the same run: A B A B …,
// one ratio a pair, and of all pairs the median with the least and the greatest beside it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace daybook::bench {

struct Options {
    std::uint64_t events = 10'000; // How long the books become, or how much is written.
    int repeats = 9;               // Pairs measured; one more warms up.
};

// Reads --events N, --repeats N and --dir DIR (where the files are written, else $TMPDIR or /tmp).
// --help prints `purpose` and the arguments; anything else ends the program with a word about it.
Options parse_options(int argc, char** argv, const std::string& purpose, Options defaults);

using Work = std::function<void()>;

double seconds_of(const Work& work);
// Of the processor, on all threads of this process: what waits, for the disk or for a neighbour on
// a shared machine, does not count.
double processor_seconds_of(const Work& work);
using Watch = double (*)(const Work&);

struct Spread {
    double median = 0;
    double low = 0;
    double high = 0;
};

Spread spread_of(std::vector<double> values);

// How many times as long `ours` takes as `peer`. Both are repeated, equally often, until a sample
// is far above the grain of the clock.
Spread times_as_long(int repeats, const Work& ours, const Work& peer, Watch watch = seconds_of);
// How many times as fast `ours` is.
Spread times_as_fast(int repeats, const Work& ours, const Work& peer, Watch watch = seconds_of);

struct Budget {
    enum class Kind { none, at_least, at_most } kind = Kind::none;
    double bound = 0;
};
inline Budget at_least(double bound) { return {Budget::Kind::at_least, bound}; }
inline Budget at_most(double bound) { return {Budget::Kind::at_most, bound}; }

// Prints as it goes: a long run shows what it has.
class Table {
  public:
    // `unit` says what a number above one means, such as "× as long as now".
    Table(const std::string& title, const std::string& unit);
    void row(const std::string& name, const Spread& spread, const Budget& budget = {}) const;
    // For what was counted, not timed.
    void row(const std::string& name, double counted, const Budget& budget = {}) const;
};

} // namespace daybook::bench
