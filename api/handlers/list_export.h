// A whole list as a file, CSV or NDJSON: made page by page while it is sent, all of it from the one
// snapshot that the first page came from.
#pragma once

#include "api/handlers/resource.h"

#include <functional>
#include <optional>
#include <string>

namespace daybook::api {

enum class ListForm { json, csv, ndjson };

// What Accept asks for; 406 not_acceptable when it is none of the three.
std::expected<ListForm, Problem> list_form_of(const Request& request);

// One item as bytes of the file.
using WriteItem = std::function<std::string(const Json& item)>;

// Everything from `query.after` on. `resource` outlives the answer, as the routes do.
std::unique_ptr<BodyStream> export_list(const Resource& resource, const Call& call,
                                        CompanyView view, projections::ListQuery query,
                                        std::string head, WriteItem write);

} // namespace daybook::api
