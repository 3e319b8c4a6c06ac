#include "api/handlers/list_export.h"

#include <stdexcept>
#include <utility>

namespace daybook::api {
namespace {

constexpr std::size_t kPage = 500;

class ListExport final : public BodyStream {
  public:
    ListExport(const Resource& resource, const Call& call, CompanyView view,
               projections::ListQuery query, std::unique_ptr<ListWriter> writer)
        : resource_(resource),
          call_(call),
          view_(std::move(view)),
          query_(std::move(query)),
          writer_(std::move(writer)),
          head_(writer_->begin()) {
        query_.limit = kPage;
        query_.count = query_.sums = false;
    }

    State next(std::string& out) override {
        out += std::exchange(head_, {});
        if (!listed_)
            add_page(out);
        else if (!writer_->end(out))
            return State::end;
        return State::more;
    }

  private:
    void add_page(std::string& out) {
        const auto page = view_.snapshot->list(query_);
        if (!page)
            throw std::runtime_error(page.error().what); // The reader sees that some is missing.
        for (const projections::ListItem& item : page->items) {
            const auto shown = resource_.show_in_list(call_, view_, item.thing, item.row);
            if (!shown)
                throw std::runtime_error(shown.error().detail);
            out += writer_->item(*shown);
        }
        query_.after = page->next;
        listed_ = page->next.empty();
    }

    const Resource& resource_;
    const Call call_;
    const CompanyView view_;
    projections::ListQuery query_;
    std::unique_ptr<ListWriter> writer_;
    std::string head_;
    bool listed_ = false;
};

} // namespace

std::unique_ptr<BodyStream> export_list(const Resource& resource, const Call& call,
                                        CompanyView view, projections::ListQuery query,
                                        std::unique_ptr<ListWriter> writer) {
    return std::make_unique<ListExport>(resource, call, std::move(view), std::move(query),
                                        std::move(writer));
}

} // namespace daybook::api
