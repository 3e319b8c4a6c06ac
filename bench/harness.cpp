#include "bench/harness.h"

#include "events/base/check.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>
#include <string_view>

namespace daybook::bench {
namespace {

constexpr int kNameWidth = 46;

[[noreturn]] void end_with(int exit_code, const std::string& words) {
    fmt::print(exit_code == 0 ? stdout : stderr, "{}\n", words);
    std::exit(exit_code);
}

std::uint64_t parse_count(std::string_view name, std::string_view text) {
    std::uint64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc() || end != text.data() + text.size() || count == 0)
        end_with(2, fmt::format("{} takes a whole number from 1 on, not \"{}\"", name, text));
    return count;
}

std::string verdict(double value, const Budget& budget) {
    if (budget.kind == Budget::Kind::none)
        return {};
    const bool is_floor = budget.kind == Budget::Kind::at_least;
    const bool met = is_floor ? value >= budget.bound : value <= budget.bound;
    return fmt::format("{} {:<6} {}", is_floor ? ">=" : "<=", budget.bound, met ? "met" : "MISSED");
}

// A sample of less than this would be measured by the neighbours' load.
constexpr double kSampleSeconds = 0.02;

Work repeated(const Work& work, int times) {
    return [&work, times] {
        for (int i = 0; i < times; ++i)
            work();
    };
}

Spread paired(int repeats, const Work& ours, const Work& peer, Watch watch) {
    ours();
    peer();
    const double once = std::max(seconds_of(peer), 1e-7);
    const int times = static_cast<int>(std::clamp(kSampleSeconds / once, 1.0, 100'000.0));
    std::vector<double> ratios;
    for (int pair = 0; pair < repeats; ++pair) {
        const double our_seconds = watch(repeated(ours, times));
        ratios.push_back(our_seconds / watch(repeated(peer, times)));
    }
    return spread_of(std::move(ratios));
}

} // namespace

Options parse_options(int argc, char** argv, const std::string& purpose, Options defaults) {
    const std::string help =
        fmt::format("{}\n\n  --events N   default {}\n  --repeats N  pairs measured, default {}\n"
                    "  --dir DIR    where files are written and removed; default $TMPDIR or /tmp",
                    purpose, defaults.events, defaults.repeats);
    for (int at = 1; at < argc; ++at) {
        const std::string_view name = argv[at];
        if (name == "--help")
            end_with(0, help);
        if (name != "--events" && name != "--repeats" && name != "--dir")
            end_with(2, fmt::format("unknown argument {}\n\n{}", name, help));
        if (++at == argc)
            end_with(2, fmt::format("{} takes a value\n\n{}", name, help));
        if (name == "--events")
            defaults.events = parse_count(name, argv[at]);
        else if (name == "--repeats")
            defaults.repeats =
                static_cast<int>(std::min<std::uint64_t>(parse_count(name, argv[at]), 1'000));
        else // Temporary directories, ours and the tests', are made below $TMPDIR.
            CHECK(::setenv("TMPDIR", argv[at], 1) == 0, "the environment takes a variable");
    }
    return defaults;
}

double seconds_of(const Work& work) {
    const auto before = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
}

Spread spread_of(std::vector<double> values) {
    CHECK(!values.empty(), "something was measured");
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    const double median =
        values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    return {median, values.front(), values.back()};
}

double processor_seconds_of(const Work& work) {
    const auto spent = [] {
        timespec now{};
        CHECK(::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) == 0, "Linux counts our time");
        return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
    };
    const double before = spent();
    work();
    return spent() - before;
}

Spread times_as_long(int repeats, const Work& ours, const Work& peer, Watch watch) {
    return paired(repeats, ours, peer, watch);
}

Spread times_as_fast(int repeats, const Work& ours, const Work& peer, Watch watch) {
    const Spread longer = paired(repeats, ours, peer, watch);
    return {1 / longer.median, 1 / longer.high, 1 / longer.low};
}

Table::Table(const std::string& title, const std::string& unit) {
    fmt::print("\n{} ({})\n{:<{}} {:>8}  {:>15}   budget\n", title, unit, "", kNameWidth, "median",
               "least–greatest");
}

void Table::row(const std::string& name, const Spread& spread, const Budget& budget) const {
    fmt::print("  {:<{}} {:>6.2f}  {:>15}   {}\n", name, kNameWidth, spread.median,
               fmt::format("{:.2f}–{:.2f}", spread.low, spread.high),
               verdict(spread.median, budget));
    std::fflush(stdout);
}

void Table::row(const std::string& name, double counted, const Budget& budget) const {
    fmt::print("  {:<{}} {:>6.2f}  {:>15}   {}\n", name, kNameWidth, counted, "counted",
               verdict(counted, budget));
    std::fflush(stdout);
}

} // namespace daybook::bench
