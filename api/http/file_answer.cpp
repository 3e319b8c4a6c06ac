#include "api/http/file_answer.h"

#include "engine/log/base64.h"
#include "engine/log/sha256.h"
#include "events/base/whole_number.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace daybook::api {
namespace {

constexpr std::uint64_t kPiece = 64 * 1024;

// Sends bytes [range.first, range.first + range.count) of a file. Of all of it, it makes sure that
// they are those of the digest before the last piece goes.
class FileStream final : public BodyStream {
  public:
    FileStream(std::shared_ptr<const ReadableFile> file, ByteRange range, std::optional<Hash> whole)
        : file_(std::move(file)), next_(range.first), left_(range.count), whole_(whole) {}

    State next(std::string& out) override {
        const auto wanted = static_cast<std::size_t>(std::min(kPiece, left_));
        const auto piece = file_->read_at(next_, wanted);
        if (!piece)
            throw std::runtime_error(piece.error().what);
        if (piece->size() != wanted)
            throw std::runtime_error("a file is shorter than it was");
        next_ += wanted;
        left_ -= wanted;
        if (whole_) {
            hash_.add(*piece);
            if (left_ == 0 && hash_.end() != *whole_)
                throw std::runtime_error("a file is not what was written: " + to_hex(*whole_));
        }
        out += *piece;
        return left_ == 0 ? State::end : State::more;
    }

  private:
    std::shared_ptr<const ReadableFile> file_;
    std::uint64_t next_;
    std::uint64_t left_;
    std::optional<Hash> whole_;
    log::Sha256 hash_;
};

// A range of what has changed since would be put together with something else. Only a strong tag
// can tell; a date, which we never gave, cannot.
bool range_is_fresh(const Request& request, std::string_view etag) {
    const std::string_view known = request.header("if-range");
    return known.empty() || known == etag;
}

bool is_known(const Request& request, std::string_view etag) {
    const std::string_view known = request.header("if-none-match");
    return known == "*" || known.find(etag) != std::string_view::npos;
}

std::string content_range(const ByteRange& part, std::uint64_t size) {
    return "bytes " + std::to_string(part.first) + "-" + std::to_string(part.first + part.count - 1)
           + "/" + std::to_string(size);
}

} // namespace

RangeAsked read_range(std::string_view header, std::uint64_t size, ByteRange& part) {
    constexpr std::string_view kUnit = "bytes=";
    if (!header.starts_with(kUnit) || header.find(',') != std::string_view::npos)
        return RangeAsked::whole;
    header.remove_prefix(kUnit.size());
    const std::size_t dash = header.find('-');
    if (dash == std::string_view::npos)
        return RangeAsked::whole;
    const std::string_view from = header.substr(0, dash);
    const std::string_view to = header.substr(dash + 1);
    const auto first = whole_number<std::uint64_t>(from);
    const auto last = whole_number<std::uint64_t>(to);
    if (from.empty() && last) { // The last so many.
        if (*last == 0 || size == 0)
            return RangeAsked::unsatisfiable;
        part = {size - std::min(*last, size), std::min(*last, size)};
        return RangeAsked::part;
    }
    if (!first || (!to.empty() && !last) || (last && *last < *first))
        return RangeAsked::whole;
    if (*first >= size)
        return RangeAsked::unsatisfiable;
    part = {*first, std::min(last.value_or(size - 1), size - 1) - *first + 1};
    return RangeAsked::part;
}

std::string repr_digest(const Hash& sha256) {
    return "sha-256=:" + log::to_base64(sha256.bytes) + ":";
}

std::string file_etag(const Hash& sha256) { return '"' + to_hex(sha256) + '"'; }

std::expected<Response, Problem> file_answer(const Request& request, FileToSend file) {
    const auto size = file.bytes->size();
    if (!size)
        return std::unexpected(problem_of(size.error()));
    Response response;
    const std::string etag = file_etag(file.sha256);
    response.headers = {{"ETag", etag},
                        {"Accept-Ranges", "bytes"},
                        {"Repr-Digest", repr_digest(file.sha256)},
                        {"Content-Disposition", content_disposition(file.disposition, file.name)}};
    if (is_known(request, etag)) {
        response.status = 304;
        return response;
    }
    ByteRange part{0, *size};
    RangeAsked asked = RangeAsked::whole;
    if (range_is_fresh(request, etag))
        asked = read_range(request.header("range"), *size, part);
    if (asked == RangeAsked::unsatisfiable) {
        Problem no = problem(416, "range_not_satisfiable",
                             "the file has " + std::to_string(*size) + " bytes");
        no.headers.emplace_back("Content-Range", "bytes */" + std::to_string(*size));
        return std::unexpected(std::move(no));
    }
    response.headers.emplace_back("Content-Type", file.media_type);
    if (asked == RangeAsked::part) {
        response.status = 206;
        response.headers.emplace_back("Content-Range", content_range(part, *size));
    }
    if (part.count == 0)
        return response;
    const bool is_whole = part.count == *size;
    response.stream_size = part.count;
    response.stream = std::make_unique<FileStream>(
        std::move(file.bytes), part, is_whole ? std::optional(file.sha256) : std::nullopt);
    return response;
}

} // namespace daybook::api
