#include "api/attachments/blob_sink.h"

namespace daybook::api {

Result<std::shared_ptr<BodySink>> BlobSink::open(Service& service) {
    return std::make_shared<BlobSink>(TRY(service.blobs().receive()));
}

Result<std::shared_ptr<BlobSink>> uploaded(const Request& request, Service& service) {
    if (auto sink = std::dynamic_pointer_cast<BlobSink>(request.sink))
        return sink;
    auto made = std::make_shared<BlobSink>(TRY(service.blobs().receive()));
    TRY(made->take(request.body));
    return made;
}

} // namespace daybook::api
