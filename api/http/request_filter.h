// What is wrong with a request, judged from its header section alone.
//
// A proxy in front of us and we must never disagree about where a request ends, whom it is for and
// what it asks. Boost.Beast accepts many forms on which real proxies disagree; README.md lists the
// seventeen that were measured. This file looks at the raw bytes, before Beast, and lets only one
// spelling of everything through. It is stricter than RFC 9112 on purpose: no client of an
// accounting API has a reason to fold a header.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace daybook::api {

// A request that is answered with `status`, after which the connection is closed.
struct Breach {
    int status;
    std::string code;
    std::string detail;

    bool operator==(const Breach&) const = default;
};

// A header section cut into its parts, with nothing interpreted.
struct RawRequest {
    std::string method;
    std::string target;
    std::string version;                                     // "HTTP/1.1"
    std::vector<std::pair<std::string, std::string>> fields; // As sent; values trimmed.
};

// Finds, in what has arrived of a header section, bytes that no continuation can make right: a
// control character, a line feed or carriage return alone. So garbage is answered at once and not
// when the deadline passes. The bytes before `from` have been seen already.
std::optional<Breach> breach_in_bytes(std::string_view arrived, std::size_t from = 0);

// Cuts a whole header section, "\r\n\r\n" included. Refuses what is not one request line and at
// most `fields_max` lines "name: value" with no folding.
std::expected<RawRequest, Breach> split_header_section(std::string_view section,
                                                       std::size_t fields_max);

// Hosts in lowercase without port: "localhost", "127.0.0.1", "[::1]", "books.example".
std::optional<Breach> breach_in_request(const RawRequest& request,
                                        const std::vector<std::string>& hosts);

// The following describe a request that breach_in_request() let through.
struct BodyLength {
    std::uint64_t bytes = 0; // Announced; meaningless when chunked.
    bool chunked = false;
};
BodyLength body_length(const RawRequest& request);
// Whether the client waits for "100 Continue" before it sends the body.
bool expects_continue(const RawRequest& request);
bool wants_keep_alive(const RawRequest& request);

} // namespace daybook::api
