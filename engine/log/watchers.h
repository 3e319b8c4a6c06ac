// Those who want to know that a line has moved. Any thread may come and go while the writer calls
// back, and nobody is called once unwatch() has returned.
#pragma once

#include "engine/adapters/read_write_lock.h"
#include "engine/log/event_log.h"

#include <map>

namespace daybook::log {

class Watchers {
  public:
    std::uint64_t add(EventLog::Watcher watcher) {
        const auto lock = lock_.for_writing();
        watchers_.emplace(++last_id_, std::move(watcher));
        return last_id_;
    }

    void remove(std::uint64_t id) {
        const auto lock = lock_.for_writing();
        watchers_.erase(id);
    }

    // The lock is held while calling back; so a watcher must not watch or unwatch.
    void notify(LineNumber line, const LineHead& head) const {
        const auto lock = lock_.for_writing();
        for (const auto& [id, watcher] : watchers_)
            watcher(line, head);
    }

  private:
    ReadWriteLock lock_;
    std::map<std::uint64_t, EventLog::Watcher> watchers_;
    std::uint64_t last_id_ = 0;
};

} // namespace daybook::log
