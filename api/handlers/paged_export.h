// A file of a list, made page by page while it is sent.
#pragma once

#include "api/handlers/list_writer.h"
#include "api/http/message.h"

#include <expected>
#include <memory>
#include <stdexcept>
#include <utility>

namespace daybook::api {

class PagedExport : public BodyStream {
  public:
    explicit PagedExport(std::unique_ptr<ListWriter> writer)
        : writer_(std::move(writer)), head_(writer_->begin()) {}

    State next(std::string& out) final {
        out += std::exchange(head_, {});
        if (!told_)
            add_page(out);
        else if (!writer_->end(out))
            return State::end;
        return State::more;
    }

  protected:
    struct Page {
        JsonArray items;
        bool last = false;
    };

  private:
    virtual std::expected<Page, Problem> next_page() = 0;
    void add_page(std::string& out) {
        const auto page = next_page();
        if (!page)
            throw std::runtime_error(page.error().detail); // The reader sees that some is missing.
        for (const Json& item : page->items)
            out += writer_->item(item);
        told_ = page->last;
    }

    std::unique_ptr<ListWriter> writer_;
    std::string head_;
    bool told_ = false;
};

} // namespace daybook::api
