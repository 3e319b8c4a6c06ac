#include "api/cli/command_line.h"

#include "api/application.h"
#include "api/cli/source.h"
#include "api/handlers/clients.h"
#include "api/handlers/companies.h"
#include "api/handlers/copies.h"
#include "api/handlers/credit_notes.h"
#include "api/handlers/diff.h"
#include "api/handlers/events.h"
#include "api/handlers/going_back.h"
#include "api/handlers/history.h"
#include "api/handlers/invoices.h"
#include "api/handlers/payments.h"
#include "api/handlers/products.h"
#include "api/handlers/proofs.h"
#include "api/handlers/settings.h"
#include "api/operations/operations.h"
#include "api/routing/route.h"
#include "engine/adapters/awaited.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::api {
namespace {

std::vector<Route> routes(Operations& operations) {
    std::vector<Route> all = copy_routes(operations);
    for (auto make : {company_routes, client_routes, product_routes, invoice_routes,
                      credit_note_routes, payment_routes, series_routes, tax_rate_routes,
                      terms_routes, money_account_routes, lock_routes, history_routes, diff_routes,
                      event_routes, going_back_routes, proof_bundle_routes})
        std::ranges::move(make(), std::back_inserter(all));
    return all;
}

class LocalBooks final : public BooksSource {
  public:
    LocalBooks(std::unique_ptr<Application> application, std::unique_ptr<Operations> operations)
        : operations_(std::move(operations)),
          application_(std::move(application)),
          router_(routes(*operations_)) {}

    Result<Response> ask(Request request) override {
        const Awaited<Response> awaited;
        router_.dispatch(std::move(request), *application_,
                         [awaited](Response response) { awaited.give(std::move(response)); });
        return awaited.take();
    }

  private:
    std::unique_ptr<Operations> operations_;
    std::unique_ptr<Application> application_; // Ends first: answers may still use the former.
    Router router_;
};

} // namespace

std::unique_ptr<BooksSource> open_local_books(const std::string& directory, int& exit_code) {
    auto application = open_directory(directory, exit_code);
    if (!application)
        return nullptr;
    auto operations = Operations::open(*application);
    if (!operations) {
        fmt::print(stderr, "{}\n", operations.error().what);
        exit_code = kExitCannotTell;
        return nullptr;
    }
    return std::make_unique<LocalBooks>(std::move(application), *std::move(operations));
}

} // namespace daybook::api
