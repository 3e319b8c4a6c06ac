// A whole list as a file: made page by page while it is sent, all of it from the one snapshot that
// the first page came from.
#pragma once

#include "api/handlers/list_writer.h"
#include "api/handlers/resource.h"

#include <memory>

namespace daybook::api {

// Everything from `query.after` on. `resource` outlives the answer, as the routes do.
std::unique_ptr<BodyStream> export_list(const Resource& resource, const Call& call,
                                        CompanyView view, projections::ListQuery query,
                                        std::unique_ptr<ListWriter> writer);

} // namespace daybook::api
