#include "api/cli/progress_bar.h"

#include "engine/adapters/terminal.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

constexpr int kWidth = 30;

} // namespace

ProgressBar::ProgressBar(std::string label, std::string unit)
    : label_(std::move(label)), unit_(std::move(unit)), visible_(is_terminal(2)) {}

ProgressBar::~ProgressBar() {
    if (visible_ && last_percent_ >= 0)
        fmt::print(stderr, "\n");
}

void ProgressBar::show(std::uint64_t done, std::uint64_t total) {
    const int percent = total == 0 ? 100 : static_cast<int>(done * 100 / total);
    if (!visible_ || percent == last_percent_)
        return;
    last_percent_ = percent;
    const int filled = percent * kWidth / 100;
    fmt::print(stderr, "\r{} [{}{}] {:3}% {}/{} {}", label_,
               std::string(static_cast<std::size_t>(filled), '#'),
               std::string(static_cast<std::size_t>(kWidth - filled), '.'), percent, done, total,
               unit_);
    std::fflush(stderr);
}

} // namespace daybook::api
