// The real server as a process of its own, on a port it chose itself; ended with the object. The
// program is $DAYBOOK_BINARY, else build-bench/daybook.
#pragma once

#include "events/base/check.h"

#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace daybook::bench {

class Server {
  public:
    // Makes the data directory, without sample books, and returns once the server listens.
    explicit Server(const std::string& directory) {
        int ends[2];
        CHECK(::pipe(ends) == 0, "a pipe can be made");
        process_ = ::fork();
        CHECK(process_ >= 0, "a process can be made");
        if (process_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL); // It goes with us, however we end.
            ::dup2(ends[1], STDERR_FILENO);
            ::close(ends[0]);
            ::close(ends[1]);
            const char* named = std::getenv("DAYBOOK_BINARY");
            const char* program = named ? named : "build-bench/daybook";
            ::execl(program, program, "serve", "--empty", "--data", directory.c_str(), "--listen",
                    "127.0.0.1:0", nullptr);
            ::_exit(127);
        }
        ::close(ends[1]);
        said_ = ends[0];
        read_port();
        // Its log must be read, or the pipe fills up and the server waits.
        drain_ = std::jthread([this] {
            char bytes[4096];
            while (::read(said_, bytes, sizeof bytes) > 0) {
            }
        });
    }
    ~Server() {
        ::kill(process_, SIGTERM);
        ::waitpid(process_, nullptr, 0);
        drain_.join();
        ::close(said_);
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::uint16_t port() const { return port_; }

  private:
    // From the line that ends "… on http://127.0.0.1:PORT".
    void read_port() {
        constexpr std::string_view kAddress = "http://127.0.0.1:";
        std::string said;
        for (char byte = 0; ::read(said_, &byte, 1) == 1;) {
            said += byte;
            const std::size_t at = said.find(kAddress);
            if (byte != '\n' || at == std::string::npos)
                continue;
            std::from_chars(said.data() + at + kAddress.size(), said.data() + said.size(), port_);
            return;
        }
        CHECK(port_ != 0, ("the server starts: " + said).c_str());
    }

    pid_t process_ = 0;
    int said_ = -1;
    std::uint16_t port_ = 0;
    std::jthread drain_;
};

} // namespace daybook::bench
