#include "api/handlers/list_file.h"

#include "api/routing/links.h"

namespace daybook::api {

Reply list_file(const Call& call, Response head, const ListFile& file) {
    auto writer = TRY(list_writer(call, file.shape, file.form));
    Response response = std::move(head);
    add_file_headers(response, file.shape.name, file.form);
    if (file.whole && !call.request.parameter("limit")) {
        response.stream = file.whole(std::move(writer));
        return response;
    }
    const FilePage page = TRY(file.page());
    response.body = writer->begin();
    for (const Json& item : page.items)
        response.body += writer->item(item);
    while (writer->end(response.body)) {
    }
    if (!page.next.empty())
        response.headers.emplace_back(
            "Link", link(query_with(call.request, file.turned_by, page.next), "next"));
    return response;
}

} // namespace daybook::api
