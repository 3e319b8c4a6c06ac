// A client that sends exactly the bytes it is given, for tests of what a well-behaved client
// library would never send. Blocking POSIX sockets. The time limit on reading only turns a hang
// into a failure; no test depends on how long it is.
#pragma once

#include <algorithm>
#include <arpa/inet.h>
#include <cctype>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <netinet/in.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <utility>

namespace daybook::test {

struct RawAnswer {
    int status = 0;                             // 0: the connection ended before a whole answer.
    std::map<std::string, std::string> headers; // Names in lowercase.
    std::string body;                           // Without chunk framing.
    bool complete = false;                      // Framing was there to its end.
};

class RawClient {
  public:
    explicit RawClient(std::uint16_t port) : RawClient() { connect(port); }
    // A socket that is not connected yet.
    RawClient() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        if (socket_ < 0)
            throw std::runtime_error("no socket");
        const timeval limit{.tv_sec = 20, .tv_usec = 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    ~RawClient() { close(); }

    void connect(std::uint16_t port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            throw std::runtime_error("cannot connect");
        }
    }

    // False when the other side no longer takes bytes.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    // Waits for more bytes; false at the end of the connection. Throws when nothing comes at all.
    bool receive() {
        char piece[4096];
        const ssize_t size = ::recv(socket_, piece, sizeof piece, 0);
        if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            throw std::runtime_error("the server neither answers nor closes");
        }
        if (size <= 0)
            return false;
        received_.append(piece, static_cast<std::size_t>(size));
        return true;
    }

    // The next answer. An interim one (100) is an answer of its own here. `bodiless` for answers
    // to HEAD.
    RawAnswer read_answer(bool bodiless = false) {
        RawAnswer answer;
        const auto head = take_until("\r\n\r\n");
        if (!head.second)
            return answer;
        parse_head(head.first, answer);
        const bool has_body =
            !bodiless && answer.status >= 200 && answer.status != 204 && answer.status != 304;
        if (!has_body) {
            answer.complete = true;
        } else if (answer.headers.contains("transfer-encoding")) {
            answer.complete = read_chunks(answer.body);
        } else if (answer.headers.contains("content-length")) {
            const auto size =
                static_cast<std::size_t>(std::stoull(answer.headers["content-length"]));
            answer.complete = take(size, answer.body);
        } else {
            answer.body = read_rest();
            answer.complete = true;
        }
        return answer;
    }

    // One chunk of a chunked answer whose head was read by read_head(); "" for the last.
    std::string read_chunk() {
        std::string chunk;
        read_one_chunk(chunk);
        return chunk;
    }
    RawAnswer read_head() {
        RawAnswer answer;
        if (const auto head = take_until("\r\n\r\n"); head.second)
            parse_head(head.first, answer);
        return answer;
    }

    // Everything until the server closes, which it must.
    std::string read_rest() {
        while (receive()) {
        }
        return std::exchange(received_, {});
    }
    bool is_closed_by_server() { return read_rest().empty(); }

    void close() {
        if (socket_ >= 0)
            ::close(std::exchange(socket_, -1));
    }

  private:
    std::pair<std::string, bool> take_until(std::string_view end) {
        while (received_.find(end) == std::string::npos) {
            if (!receive())
                return {{}, false};
        }
        const std::size_t size = received_.find(end) + end.size();
        std::string taken = received_.substr(0, size);
        received_.erase(0, size);
        return {taken, true};
    }

    bool take(std::size_t size, std::string& into) {
        while (received_.size() < size && receive()) {
        }
        const bool all = received_.size() >= size;
        into += received_.substr(0, size);
        received_.erase(0, size);
        return all;
    }

    bool read_one_chunk(std::string& into) {
        const auto line = take_until("\r\n");
        if (!line.second)
            return false;
        const auto size = static_cast<std::size_t>(std::stoull(line.first, nullptr, 16));
        std::string end;
        return take(size, into) && take(2, end);
    }

    bool read_chunks(std::string& body) {
        while (true) {
            const std::size_t before = body.size();
            if (!read_one_chunk(body))
                return false;
            if (body.size() == before)
                return true;
        }
    }

    static void parse_head(const std::string& head, RawAnswer& answer) {
        answer.status = std::atoi(head.c_str() + head.find(' '));
        std::size_t begin = head.find("\r\n") + 2;
        while (head.compare(begin, 2, "\r\n") != 0) {
            const std::size_t end = head.find("\r\n", begin);
            const std::size_t colon = head.find(':', begin);
            std::string name = head.substr(begin, colon - begin);
            std::ranges::transform(name, name.begin(), [](unsigned char character) {
                return static_cast<char>(std::tolower(character));
            });
            const std::size_t value = head.find_first_not_of(' ', colon + 1);
            answer.headers[name] = head.substr(value, end - value);
            begin = end + 2;
        }
    }

    int socket_;
    std::string received_;
};

} // namespace daybook::test
