// A file as an answer: its name, its digest, and as much of it as was asked for, read while it is
// sent, so that its size does not matter.
//
// Sources: RFC 9110, 13 and 14 (Range, If-Range, If-None-Match), RFC 9530 (Repr-Digest), RFC 6266.
#pragma once

#include "api/http/file_name.h"
#include "api/http/message.h"
#include "api/problem.h"
#include "engine/large_files.h"
#include "events/identifiers.h"

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace daybook::api {

struct FileToSend {
    std::shared_ptr<const ReadableFile> bytes;
    std::string name;
    std::string media_type;
    Hash sha256; // Of all of it; its ETag too.
    Disposition disposition = Disposition::attachment;
};

// 200, or 206 for one range that is asked for and not stale; 304 where If-None-Match names it. 416
// range_not_satisfiable as a problem. Several ranges in one request are answered with the whole, as
// RFC 9110 allows. Bytes that turn out not to be those of the digest cut the connection before the
// last of them is sent; of a range only the reader can tell.
std::expected<Response, Problem> file_answer(const Request& request, FileToSend file);

// ---- the parts ----------------------------------------------------------------------------------

struct ByteRange {
    std::uint64_t first = 0;
    std::uint64_t count = 0;

    bool operator==(const ByteRange&) const = default;
};
enum class RangeAsked { whole, part, unsatisfiable };

// What the header Range asks of so many bytes; `part` is written for RangeAsked::part. What is
// malformed or not in bytes is as if it were not there.
RangeAsked read_range(std::string_view header, std::uint64_t size, ByteRange& part);

// sha-256=:<base64>:
std::string repr_digest(const Hash& sha256);
// "<64 hexadecimal digits>", strong.
std::string file_etag(const Hash& sha256);

} // namespace daybook::api
