#include "api/handlers/list_export.h"

#include "api/handlers/paged_export.h"
#include "api/or_problem.h"

namespace daybook::api {
namespace {

constexpr std::size_t kPage = 500;

class ListExport final : public PagedExport {
  public:
    ListExport(const Resource& resource, const Call& call, CompanyView view,
               projections::ListQuery query, std::unique_ptr<ListWriter> writer)
        : PagedExport(std::move(writer)),
          resource_(resource),
          call_(call),
          view_(std::move(view)),
          query_(std::move(query)) {
        query_.limit = kPage;
        query_.count = query_.sums = false;
    }

  private:
    std::expected<Page, Problem> next_page() override {
        const projections::ListPage page = TRY(or_problem(view_.snapshot->list(query_)));
        Page shown;
        for (const projections::ListItem& item : page.items)
            shown.items.push_back(TRY(resource_.show_in_list(call_, view_, item.thing, item.row)));
        query_.after = page.next;
        shown.last = page.next.empty();
        return shown;
    }

    const Resource& resource_;
    const Call call_;
    const CompanyView view_;
    projections::ListQuery query_;
};

} // namespace

std::unique_ptr<BodyStream> export_list(const Resource& resource, const Call& call,
                                        CompanyView view, projections::ListQuery query,
                                        std::unique_ptr<ListWriter> writer) {
    return std::make_unique<ListExport>(resource, call, std::move(view), std::move(query),
                                        std::move(writer));
}

} // namespace daybook::api
