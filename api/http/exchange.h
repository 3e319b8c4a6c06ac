// A request together with what its answer must know of it, made from a header section.
#pragma once

#include "api/http/message.h"
#include "api/http/request_filter.h"

#include <optional>
#include <string>
#include <vector>

namespace daybook::api {

struct Exchange {
    Request request;  // Without its body and remote address.
    std::string path; // As in the request, which the handler takes away.
    std::string request_id;
    std::string accept_language;
    bool is_head = false;     // Shown to the handler as GET; the body is kept back.
    bool is_http_1_0 = false; // Knows no chunks: a stream ends with the connection.
    bool keep_alive = false;
};

// Judges and decodes. When there is a breach, `exchange` holds what a refusal needs: language and
// request id. The id that is there stays unless the client gave a sane one.
std::optional<Breach> understand(const RawRequest& raw, const std::vector<std::string>& hosts,
                                 Exchange& exchange);

// Where the body goes: into a sink of the route's, or into memory. Refuses what cannot be kept.
std::optional<Breach> open_sink(const BodyPlan& plan, Request& request);
std::optional<Breach> take_body(Request& request, std::string_view piece);

// Holds a stream to the length that was announced: throws where it is another.
class StreamMeter {
  public:
    explicit StreamMeter(std::optional<std::uint64_t> announced) : left_(announced) {}
    void count(std::size_t bytes, BodyStream::State state);

  private:
    std::optional<std::uint64_t> left_;
};

// The refusals that have to do with sizes and times, in one place.
Breach header_too_large(std::size_t bytes_max);
Breach header_too_slow();
Breach body_too_large(std::uint64_t bytes_max);
Breach body_too_slow();
Breach too_many_connections();
Breach internal_error();

} // namespace daybook::api
