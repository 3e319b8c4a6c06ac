// The body of an upload on its way into the blob store.
#pragma once

#include "api/http/message.h"
#include "api/service.h"

#include <memory>

namespace daybook::api {

class BlobSink final : public BodySink {
  public:
    static Result<std::shared_ptr<BodySink>> open(Service& service);

    explicit BlobSink(std::unique_ptr<log::IncomingBlob> blob) : blob_(std::move(blob)) {}
    Result<void> take(std::string_view piece) override { return blob_->take(piece); }
    std::string digest() const override { return to_hex(blob_->name()); }
    log::IncomingBlob& blob() { return *blob_; }

  private:
    std::unique_ptr<log::IncomingBlob> blob_;
};

// What a route with that sink was sent. Requests that a test or the command line makes have their
// body in memory: it goes the same way.
Result<std::shared_ptr<BlobSink>> uploaded(const Request& request, Service& service);

} // namespace daybook::api
