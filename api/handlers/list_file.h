// A list as a file: all that follows; or, where a limit is given, the one page, with a link to the
// next (RFC 8288).
#pragma once

#include "api/handlers/list_writer.h"
#include "api/http/message.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace daybook::api {

struct FilePage {
    JsonArray items;
    std::string next; // What the parameter `turned_by` is on the next page; empty = there is none.
};

struct ListFile {
    TableShape shape;
    ListForm form = ListForm::csv; // Any but json.
    std::function<std::expected<FilePage, Problem>()> page;
    // All that follows, made while it is sent; nothing where a page holds all when no limit is
    // given.
    std::function<std::unique_ptr<BodyStream>(std::unique_ptr<ListWriter>)> whole;
    std::string_view turned_by = "cursor";
};

// `head` has the headers that the answer carries in any form.
Reply list_file(const Call& call, Response head, const ListFile& file);

} // namespace daybook::api
