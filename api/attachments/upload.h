// A file that arrived becomes an attachment: its bytes durable in the blob store first, then the
// event that names them. Or it brings back the bytes of one that was left out of a backup.
#pragma once

#include "api/handlers/resource.h"

namespace daybook::api {

// 201 with the new attachment of `owner`. 200 and no event when the same bytes are attached to it
// under the same name, or were missing there under whatever name: they are joined again.
void attach(Call call, EntityRef owner, std::string location, Respond respond);

// 200: the bytes of this file are here (again). 422 file_differs for other bytes; no event is
// written, so that it also serves books that take none.
void join(Call call, Respond respond);

} // namespace daybook::api
