#include "engine/adapters/signal_watcher.h"

#include <csignal>
#include <pthread.h>

namespace daybook {
namespace {

// SIGUSR1 is ours alone: it ends the watching when nobody asked to stop.
constexpr int kEndWatching = SIGUSR1;

sigset_t watched() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGTERM, SIGINT, kEndWatching})
        sigaddset(&signals, signal);
    return signals;
}

} // namespace

SignalWatcher::SignalWatcher() {
    const sigset_t signals = watched();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

SignalWatcher::~SignalWatcher() {
    if (!watcher_.joinable())
        return;
    pthread_kill(watcher_.native_handle(), kEndWatching);
    watcher_.join();
}

void SignalWatcher::start(std::function<void()> asked_to_stop) {
    watcher_ = std::thread([asked_to_stop = std::move(asked_to_stop)] {
        const sigset_t signals = watched();
        int signal = 0;
        if (sigwait(&signals, &signal) == 0 && signal != kEndWatching)
            asked_to_stop();
    });
}

} // namespace daybook
