// The seventeen kinds of request that Boost.Beast 1.81 accepts and this server refuses, as bytes:
// used against the pure filter and against a running server. Some kinds have several spellings.
// Each is followed by a second request, which must never be answered: smuggling is exactly that.
#pragma once

#include <string>
#include <vector>

namespace daybook::test {

struct RefusedForm {
    int number; // As in api/http/README.md.
    const char* name;
    std::string bytes;
    const char* detail;     // Part of the refusal's text.
    bool by_target = false; // Refused when the target is decoded.
};

inline std::string post_with(const std::string& lines, const std::string& body = "hello") {
    return "POST /echo HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n" + body;
}

inline std::string get_with(const std::string& lines, const std::string& target = "/echo") {
    return "GET " + target + " HTTP/1.1\r\n" + lines + "\r\n";
}

inline const std::vector<RefusedForm>& refused_forms() {
    static const std::string host = "Host: localhost\r\n";
    static const std::string chunks = "5\r\nhello\r\n0\r\n\r\n";
    static const char* const coding = "exactly \"chunked\"";
    static const std::vector<RefusedForm> forms = {
        {1, "gzip before length", post_with("Transfer-Encoding: gzip\r\nContent-Length: 5\r\n"),
         coding},
        {2, "identity before length",
         post_with("Transfer-Encoding: identity\r\nContent-Length: 5\r\n"), coding},
        {3, "unknown coding before length",
         post_with("Transfer-Encoding: frobnicated\r\nContent-Length: 5\r\n"), coding},
        {4, "unknown coding without length", post_with("Transfer-Encoding: frobnicated\r\n"),
         coding},
        {5, "chunked, identity", post_with("Transfer-Encoding: chunked, identity\r\n", chunks),
         coding},
        {6, "gzip, chunked", post_with("Transfer-Encoding: gzip, chunked\r\n", chunks), coding},
        {7, "chunked in HTTP/1.0",
         "POST /echo HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks,
         "HTTP/1.0"},
        {8, "two equal lengths", post_with("Content-Length: 5\r\nContent-Length: 5\r\n"),
         "more than one Content-Length"},
        {9, "length 5, 5", post_with("Content-Length: 5, 5\r\n"), "one decimal number"},
        {10, "folded header", get_with(host + "X-Note: one\r\n two\r\n"), "folded"},
        {10, "folded coding", post_with("Transfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n"),
         "folded"},
        {11, "no Host", get_with(""), "0 Host headers"},
        {12, "two Hosts", get_with(host + host), "2 Host headers"},
        {13, "absolute URI naming another host", get_with(host, "http://evil.example/echo"),
         "begin with \"/\""},
        {14, "body on GET", get_with(host + "Content-Length: 5\r\n") + "hello", "takes no body"},
        {14, "chunked body on GET", get_with(host + "Transfer-Encoding: chunked\r\n") + chunks,
         "takes no body"},
        {14, "body on HEAD",
         "HEAD /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello",
         "takes no body"},
        {14, "body on DELETE",
         "DELETE /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello",
         "takes no body"},
        {15, "raw 0x80 in target", get_with(host, "/echo/\x80"), "must be escaped"},
        {15, "raw 0xFF in target", get_with(host, "/echo?q=\xFF"), "must be escaped"},
        {15, "raw UTF-8 in target", get_with(host, "/echo/caf\xC3\xA9"), "must be escaped"},
        {16, "%00 in path", get_with(host, "/echo/a%00b"), "control character", true},
        {16, "%00 in query", get_with(host, "/echo?q=%00"), "control character", true},
        {17, "underscore in name", get_with(host + "X_Forwarded_For: 10.0.0.1\r\n"), "underscore"},
        {17, "underscore in framing", post_with("Content_Length: 5\r\n"), "underscore"},
    };
    return forms;
}

} // namespace daybook::test
