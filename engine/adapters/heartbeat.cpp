#include "engine/adapters/heartbeat.h"

#include <utility>

namespace daybook {

Heartbeat::Heartbeat(std::chrono::milliseconds period, std::function<void()> beat)
    : period_(period),
      beat_(std::move(beat)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Heartbeat::run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        stopped_.wait_for(lock, stop, period_, [] { return false; });
        if (!stop.stop_requested())
            beat_();
    }
}

} // namespace daybook
