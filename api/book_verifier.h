// The books of this server, held now and then against everything that was ever promised of them,
// while it serves them (engine/audit/verify.h). On a thread that gives way to all others; what came
// of it is noted in the instance's book, where health looks.
#pragma once

#include "api/application.h"
#include "api/backups/custody.h"
#include "engine/audit/report.h"

#include <atomic>
#include <chrono>

namespace daybook::api {

class BookVerifier {
  public:
    // Both outlive the verifier. The first time is a minute from now, if not sooner; `every` 0:
    // never.
    BookVerifier(Application& application, Custody& custody, std::chrono::seconds every);
    // A verification that is under way ends without a result.
    ~BookVerifier();
    BookVerifier(const BookVerifier&) = delete;
    BookVerifier& operator=(const BookVerifier&) = delete;

    // Begins one that is due, and returns at once. Called by one thread, about once a second.
    void step();

  private:
    void verify();
    void note(const audit::Report& report, std::chrono::nanoseconds took);

    Application& application_;
    Custody& custody_;
    PosixFiles files_;
    PosixLargeFiles large_files_;
    const std::chrono::nanoseconds every_;
    std::chrono::nanoseconds due_at_; // Monotonic.
    std::atomic<bool> works_ = false;
    std::atomic<bool> stops_ = false;
    ThreadExecutor thread_{ThreadExecutor::Priority::low}; // Last: it uses all of the above.
};

} // namespace daybook::api
