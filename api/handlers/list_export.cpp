#include "api/handlers/list_export.h"

#include <stdexcept>
#include <utility>

namespace daybook::api {
namespace {

constexpr std::size_t kPage = 500;

class ListExport final : public BodyStream {
  public:
    ListExport(const Resource& resource, const Call& call, CompanyView view,
               projections::ListQuery query, std::string head, WriteItem write)
        : resource_(resource),
          call_(call),
          view_(std::move(view)),
          query_(std::move(query)),
          head_(std::move(head)),
          write_(std::move(write)) {
        query_.limit = kPage;
        query_.count = query_.sums = false;
    }

    State next(std::string& out) override {
        out += std::exchange(head_, {});
        const auto page = view_.snapshot->list(query_);
        if (!page)
            throw std::runtime_error(page.error().what); // The reader sees that some is missing.
        for (const projections::ListItem& item : page->items) {
            const auto shown = resource_.show_in_list(call_, view_, item.thing, item.row);
            if (!shown)
                throw std::runtime_error(shown.error().detail);
            out += write_(*shown);
        }
        query_.after = page->next;
        return page->next.empty() ? State::end : State::more;
    }

  private:
    const Resource& resource_;
    const Call call_;
    const CompanyView view_;
    projections::ListQuery query_;
    std::string head_;
    WriteItem write_;
};

} // namespace

std::expected<ListForm, Problem> list_form_of(const Request& request) {
    std::string_view accept = request.header("accept");
    if (accept.empty())
        return ListForm::json;
    while (!accept.empty()) {
        std::string_view type = accept.substr(0, accept.find(','));
        accept.remove_prefix(std::min(accept.size(), type.size() + 1));
        type = type.substr(0, type.find(';'));
        type.remove_prefix(std::min(type.find_first_not_of(' '), type.size()));
        type = type.substr(0, type.find_last_not_of(' ') + 1);
        if (type == "text/csv")
            return ListForm::csv;
        if (type == "application/x-ndjson")
            return ListForm::ndjson;
        if (type == "application/json" || type == "application/*" || type == "*/*")
            return ListForm::json;
    }
    return std::unexpected(
        problem(406, "not_acceptable", "application/json, text/csv or application/x-ndjson"));
}

std::unique_ptr<BodyStream> export_list(const Resource& resource, const Call& call,
                                        CompanyView view, projections::ListQuery query,
                                        std::string head, WriteItem write) {
    return std::make_unique<ListExport>(resource, call, std::move(view), std::move(query),
                                        std::move(head), std::move(write));
}

} // namespace daybook::api
