// The custody book as it stands now, and how something is noted in it.
// Threads: any.
#pragma once

#include "api/service.h"
#include "engine/adapters/guarded.h"
#include "engine/custody/custody_book.h"

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace daybook::api {

class Custody {
  public:
    static Result<std::unique_ptr<Custody>> open(Service& service);

    // Calls `use` with the book, which holds everything that is durable by now.
    template <class Use>
    auto read(Use&& use) const {
        return follower_.with([&](Follower& follower) {
            follower.catch_up(service_.log());
            return use(std::as_const(follower.book));
        });
    }

    // Notes what happened to one thing, as one commit of the instance's book. `asked` says who, and
    // where from; calls back once it is durable, on the sequencer's thread.
    using Noted = std::function<void(Result<void>)>;
    void note(EntityRef thing, std::vector<Event> events, const command::Submission& asked,
              Noted noted);
    // The same, waited for; never on the sequencer's thread.
    Result<void> note_and_wait(EntityRef thing, std::vector<Event> events,
                               const command::Submission& asked);

  private:
    struct Follower {
        custody::CustodyBook book;
        Revision read = 0;
        Result<void> catch_up(const log::LogReader& log);
    };

    explicit Custody(Service& service) : service_(service) {}

    Service& service_;
    mutable Guarded<Follower> follower_;
};

// What this server does by itself.
command::Submission by_system();

} // namespace daybook::api
