#include "api/http/request_filter.h"

#include "events/base/utf8.h"
#include "events/base/whole_number.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::api {
namespace {

Breach malformed(std::string detail) { return {400, "malformed_request", std::move(detail)}; }

bool is_digit(char character) { return character >= '0' && character <= '9'; }

bool is_letter(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

// RFC 9110 "tchar".
bool is_token_character(char character) {
    return is_digit(character) || is_letter(character)
           || std::string_view("!#$%&'*+-.^_`|~").find(character) != std::string_view::npos;
}

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_token_character);
}

std::string_view trim(std::string_view text) {
    const auto is_blank = [](char character) { return character == ' ' || character == '\t'; };
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> values_of(const RawRequest& request, std::string_view name) {
    std::vector<std::string_view> values;
    for (const auto& [field, value] : request.fields) {
        if (equals_ignoring_case(field, name))
            values.push_back(value);
    }
    return values;
}

// ---- cutting ----------------------------------------------------------------------------------

std::expected<RawRequest, Breach> split_request_line(std::string_view line) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) {
        return std::unexpected(malformed("the first line is not \"method target version\""));
    }
    RawRequest request{.method = std::string(line.substr(0, first)),
                       .target = std::string(line.substr(first + 1, last - first - 1)),
                       .version = std::string(line.substr(last + 1))};
    if (!is_token(request.method))
        return std::unexpected(malformed("the method is not a token"));
    return request;
}

std::optional<Breach> add_field(RawRequest& request, std::string_view line) {
    if (line.starts_with(' ') || line.starts_with('\t')) {
        return malformed("a header is folded over several lines");
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
        return malformed("a header line is not \"name: value\"");
    }
    const std::string_view name = line.substr(0, colon);
    // Gateways turn both "-" and "_" into "_": X_Forwarded_For would pass for X-Forwarded-For.
    if (name.find('_') != std::string_view::npos) {
        return malformed(fmt::format("the header name \"{}\" holds an underscore", name));
    }
    const std::string_view value = trim(line.substr(colon + 1));
    if (!is_utf8(value))
        return malformed(fmt::format("the header \"{}\" is not UTF-8", name));
    request.fields.emplace_back(name, value);
    return std::nullopt;
}

// ---- judging ----------------------------------------------------------------------------------

std::optional<Breach> breach_in_version(const RawRequest& request) {
    if (request.version == "HTTP/1.1" || request.version == "HTTP/1.0")
        return std::nullopt;
    const std::string_view version = request.version;
    if (version.size() == 8 && version.starts_with("HTTP/") && is_digit(version[5])
        && version[6] == '.' && is_digit(version[7])) {
        return Breach{505, "version_not_supported", fmt::format("{} is not HTTP/1.1", version)};
    }
    return malformed("the version is not \"HTTP/1.1\"");
}

std::optional<Breach> breach_in_target(const RawRequest& request) {
    if (!request.target.starts_with('/')) {
        return malformed("the target is not a path: it does not begin with \"/\"");
    }
    const bool printable = std::ranges::all_of(request.target, [](char character) {
        // A backslash is a slash to some proxies; a fragment is never sent.
        return character > ' ' && character < '\x7F' && character != '\\' && character != '#';
    });
    if (!printable)
        return malformed("the target holds a character that must be escaped");
    return std::nullopt;
}

// "books.example:8080" without its port; nothing when the port is not one.
std::optional<std::string_view> host_without_port(std::string_view value) {
    const std::size_t bracket = value.starts_with('[') ? value.find(']') : 0;
    if (bracket == std::string_view::npos)
        return std::nullopt;
    const std::size_t colon = value.find(':', bracket);
    if (colon == std::string_view::npos)
        return value;
    const std::string_view port = value.substr(colon + 1);
    if (port.empty() || port.size() > 5 || !std::ranges::all_of(port, is_digit)) {
        return std::nullopt;
    }
    return value.substr(0, colon);
}

std::optional<Breach> breach_in_host(const RawRequest& request,
                                     const std::vector<std::string>& hosts) {
    const auto values = values_of(request, "host");
    if (values.size() != 1) {
        return malformed(fmt::format("there are {} Host headers instead of one", values.size()));
    }
    const auto host = host_without_port(values.front());
    if (!host)
        return malformed("the Host header is not \"name:port\"");
    const bool known = std::ranges::any_of(
        hosts, [&](const std::string& name) { return equals_ignoring_case(*host, name); });
    // Answering to any name would let a web page reach us under its own (DNS rebinding).
    if (!known) {
        return Breach{400, "host_not_allowed",
                      fmt::format("this server does not answer to the Host \"{}\"", *host)};
    }
    return std::nullopt;
}

std::optional<Breach> breach_in_transfer_encoding(const RawRequest& request) {
    const auto codings = values_of(request, "transfer-encoding");
    if (codings.empty())
        return std::nullopt;
    if (request.version == "HTTP/1.0")
        return malformed("HTTP/1.0 has no Transfer-Encoding");
    if (codings.size() > 1 || !equals_ignoring_case(codings.front(), "chunked")) {
        return malformed("Transfer-Encoding is something else than exactly \"chunked\"");
    }
    if (!values_of(request, "content-length").empty()) {
        return malformed("there are both Transfer-Encoding and Content-Length");
    }
    return std::nullopt;
}

std::optional<Breach> breach_in_length(const RawRequest& request) {
    const auto lengths = values_of(request, "content-length");
    if (lengths.size() > 1)
        return malformed("there is more than one Content-Length");
    if (!lengths.empty() && !whole_number<std::uint64_t>(lengths.front())) {
        return malformed("Content-Length is not one decimal number");
    }
    return std::nullopt;
}

std::optional<Breach> breach_in_body(const RawRequest& request) {
    // RFC 9110: a body here has no meaning, and some proxies take it for the next request. An
    // announced length of nothing is common among clients and harmless.
    const bool bodiless =
        request.method == "GET" || request.method == "HEAD" || request.method == "DELETE";
    const BodyLength length = body_length(request);
    if (bodiless && (length.chunked || length.bytes > 0)) {
        return malformed(fmt::format("{} takes no body", request.method));
    }
    return std::nullopt;
}

std::optional<Breach> breach_in_expectation(const RawRequest& request) {
    for (const std::string_view value : values_of(request, "expect")) {
        if (!equals_ignoring_case(value, "100-continue")) {
            return Breach{417, "expectation_failed", "Expect is not \"100-continue\""};
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<Breach> breach_in_bytes(std::string_view arrived, std::size_t from) {
    for (std::size_t index = from; index < arrived.size(); ++index) {
        const auto byte = static_cast<unsigned char>(arrived[index]);
        if (byte >= 0x20 && byte != 0x7F)
            continue;
        if (byte == '\t')
            continue;
        const bool is_line_end =
            (byte == '\r' && (index + 1 == arrived.size() || arrived[index + 1] == '\n'))
            || (byte == '\n' && index > 0 && arrived[index - 1] == '\r');
        if (!is_line_end)
            return malformed("the header section holds a control character");
    }
    // RFC 9112 lets a server skip empty lines before a request; a second reader might not.
    if (arrived.starts_with("\r\n"))
        return malformed("an empty line stands before the request");
    return std::nullopt;
}

std::expected<RawRequest, Breach> split_header_section(std::string_view section,
                                                       std::size_t fields_max) {
    if (!section.ends_with("\r\n\r\n")) {
        return std::unexpected(malformed("the header section has no end"));
    }
    if (auto breach = breach_in_bytes(section))
        return std::unexpected(*std::move(breach));
    section.remove_suffix(2);
    const auto next_line = [&section] {
        const std::size_t end = section.find("\r\n");
        const std::string_view line = section.substr(0, end);
        section.remove_prefix(end + 2);
        return line;
    };
    auto request = split_request_line(next_line());
    while (request && !section.empty()) {
        if (request->fields.size() == fields_max) {
            return std::unexpected(
                Breach{431, "header_too_large", fmt::format("more than {} headers", fields_max)});
        }
        if (auto breach = add_field(*request, next_line())) {
            return std::unexpected(*std::move(breach));
        }
    }
    return request;
}

std::optional<Breach> breach_in_request(const RawRequest& request,
                                        const std::vector<std::string>& hosts) {
    if (auto breach = breach_in_version(request))
        return breach;
    if (auto breach = breach_in_target(request))
        return breach;
    if (auto breach = breach_in_host(request, hosts))
        return breach;
    if (auto breach = breach_in_transfer_encoding(request))
        return breach;
    if (auto breach = breach_in_length(request))
        return breach;
    if (auto breach = breach_in_body(request))
        return breach;
    return breach_in_expectation(request);
}

BodyLength body_length(const RawRequest& request) {
    const auto lengths = values_of(request, "content-length");
    return {.bytes = lengths.empty() ? 0 : whole_number<std::uint64_t>(lengths.front()).value_or(0),
            .chunked = !values_of(request, "transfer-encoding").empty()};
}

bool expects_continue(const RawRequest& request) {
    return request.version == "HTTP/1.1" && !values_of(request, "expect").empty();
}

bool wants_keep_alive(const RawRequest& request) {
    if (request.version != "HTTP/1.1")
        return false;
    for (std::string_view options : values_of(request, "connection")) {
        while (!options.empty()) {
            const std::size_t comma = std::min(options.find(','), options.size());
            if (equals_ignoring_case(trim(options.substr(0, comma)), "close"))
                return false;
            options.remove_prefix(std::min(comma + 1, options.size()));
        }
    }
    return true;
}

} // namespace daybook::api
