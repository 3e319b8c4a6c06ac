#include "api/handlers/list_archive.h"

#include "api/handlers/clients.h"
#include "api/handlers/credit_notes.h"
#include "api/handlers/invoices.h"
#include "api/handlers/list_export.h"
#include "api/handlers/payments.h"
#include "api/handlers/products.h"
#include "api/http/file_name.h"
#include "engine/backup/plain_zip.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace daybook::api {
namespace {

class ListArchive final : public BodyStream {
  public:
    ListArchive(const Call& call, const CompanyView& view, ListForm form)
        : call_(call),
          at_("@" + std::to_string(view.snapshot->revision())),
          moment_{view.where.company, call_.request.parameter("epoch"), at_, "as_of"},
          today_(view.today),
          form_(form),
          lists_{&clients(), &products(), &invoices(), &credit_notes(), &payments()} {}

    State next(std::string& out) override {
        if (next_ == lists_.size()) {
            zip_.finish(out);
            return State::end;
        }
        if (!list_)
            begin(*lists_[next_], out);
        std::string piece;
        const State state = list_->next(piece);
        zip_.write(piece, out);
        if (state == State::end) {
            zip_.end(out);
            list_.reset();
            ++next_;
        }
        return State::more;
    }

  private:
    // Each list has a snapshot of its own, all of the same moment.
    void begin(const Resource& resource, std::string& out) {
        auto view = open_company(call_, moment_);
        if (!view)
            throw std::runtime_error(view.error().detail); // The reader sees that some is missing.
        auto writer =
            list_writer(call_, {resource.path, resource.csv_columns, resource.list_schema}, form_);
        if (!writer)
            throw std::runtime_error(writer.error().detail);
        view->today = today_;
        projections::ListQuery query;
        query.kind = resource.kind;
        query.today = today_;
        list_ =
            export_list(resource, call_, std::move(*view), std::move(query), std::move(*writer));
        zip_.begin(std::string(resource.path) + "." + std::string(extension_of(form_)), out);
    }

    const Call call_;
    const std::string at_;
    const MomentWanted moment_; // Points into the two above.
    const Date today_;          // Overdue is what was overdue then, or is today.
    const ListForm form_;
    const std::array<const Resource*, 5> lists_;
    std::size_t next_ = 0;
    std::unique_ptr<BodyStream> list_;
    backup::PlainZip zip_;
};

std::expected<ListForm, Problem> read_form(const Request& request) {
    constexpr std::array kForms = {ListForm::csv, ListForm::tsv, ListForm::xlsx, ListForm::ndjson};
    const std::string_view wanted = request.parameter("format").value_or("csv");
    const auto found = std::ranges::find(kForms, wanted, extension_of);
    if (found == kForms.end())
        return bad_parameter("format", "csv, tsv, xlsx or ndjson");
    return *found;
}

Reply get_lists(const Call& call) {
    const ListForm form = TRY(read_form(call.request));
    TRY(read_csv_form(call.request)); // What is wrong with it is said before the first byte.
    const CompanyView view = TRY(open_company(call));
    Response response;
    response.headers = {
        {"Content-Type", "application/zip"},
        {"Content-Disposition",
         content_disposition(Disposition::attachment, view.company.profile.party.name + " "
                                                          + to_text(view.today) + ".zip")}};
    add_moment_headers(response, view);
    response.stream = std::make_unique<ListArchive>(call, view, form);
    return response;
}

} // namespace

std::vector<Route> list_archive_routes() {
    std::vector<Parameter> parameters = moment_parameters();
    parameters.insert(parameters.end(), {{"format", "csv (default), tsv, xlsx or ndjson"},
                                         {"separator", "of CSV: ',' ';' or tab"},
                                         {"bom", "of CSV: true writes a byte order mark"},
                                         {"decimal", "of CSV and TSV: '.' or ','"}});
    return {{.method = "GET",
             .pattern = "/api/v1/companies/{company}/lists.zip",
             .summary = "All lists in one ZIP: clients, products, invoices, credit notes, payments",
             .parameters = std::move(parameters),
             .handler = reading(get_lists)}};
}

} // namespace daybook::api
