#include "api/operations/deadlines.h"

#include <utility>

namespace daybook::api {

void Deadlines::add(std::chrono::nanoseconds at, Late late) {
    waiting_.with([&](auto& waiting) { waiting.emplace(at, std::move(late)); });
}

// Called without the lock, since who is late may wait anew.
void Deadlines::expire(std::chrono::nanoseconds now) {
    std::multimap<std::chrono::nanoseconds, Late> due;
    waiting_.with([&](auto& waiting) {
        while (!waiting.empty() && waiting.begin()->first <= now)
            due.insert(waiting.extract(waiting.begin()));
    });
    for (const auto& [at, late] : due)
        late();
}

} // namespace daybook::api
