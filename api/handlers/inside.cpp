#include "api/handlers/inside.h"

#include "api/backups/restore_report.h"
#include "api/handlers/attachments.h"
#include "api/handlers/clients.h"
#include "api/handlers/companies.h"
#include "api/handlers/credit_notes.h"
#include "api/handlers/diff.h"
#include "api/handlers/events.h"
#include "api/handlers/history.h"
#include "api/handlers/invoices.h"
#include "api/handlers/pass_phrase.h"
#include "api/handlers/payments.h"
#include "api/handlers/products.h"
#include "api/handlers/settings.h"
#include "api/routing/prefer.h"
#include "api/routing/write.h"

namespace daybook::api {
namespace {

constexpr std::string_view kCompany = "/api/v1/companies/{company}";
const std::string kBooks = "/api/v1/uploads/{upload}/books";

// An answer that is still being made reads books that must stay open until then.
class HeldStream final : public BodyStream {
  public:
    HeldStream(std::shared_ptr<BackupBooks> books, std::unique_ptr<BodyStream> stream)
        : books_(std::move(books)), stream_(std::move(stream)) {}
    State next(std::string& out) override { return stream_->next(out); }
    void on_ready(std::function<void()> wake) override { stream_->on_ready(std::move(wake)); }

  private:
    std::shared_ptr<BackupBooks> books_;
    std::unique_ptr<BodyStream> stream_;
};

Respond holding(const std::shared_ptr<BackupBooks>& books, const Respond& respond) {
    return [books, respond](Response response) {
        if (response.stream)
            response.stream = std::make_unique<HeldStream>(books, std::move(response.stream));
        respond(std::move(response));
    };
}

// The same handler, asked of the books in the file.
Handler asking_inside(RestoreDesk& desk, Handler asked) {
    return [&desk, asked = std::move(asked)](Call call, const Respond& respond) {
        const auto upload = call.id("upload");
        const auto books =
            upload ? desk.inspections.books(*upload) : std::unexpected(upload.error());
        if (!books)
            return refuse(call, respond, books.error());
        Call inside{std::move(call.request), std::move(call.path), **books, call.language};
        inside.path["company"] = to_text((*books)->where().company);
        asked(std::move(inside), holding(*books, respond));
    };
}

std::vector<Route> reading_a_company() {
    std::vector<Route> reading;
    for (auto make :
         {company_routes, client_routes, product_routes, invoice_routes, credit_note_routes,
          payment_routes, series_routes, tax_rate_routes, terms_routes, money_account_routes,
          lock_routes, history_routes, diff_routes, event_routes, attachment_routes})
        for (Route& route : make())
            if (route.method == "GET" && route.pattern.starts_with(kCompany))
                reading.push_back(std::move(route));
    return reading;
}

Reply get_inspection(const RestoreDesk& desk, const Call& call) {
    const Uuid upload = TRY(call.id("upload"));
    return json_response(200, TRY(desk.inspections.report(upload)));
}

void post_inspection(RestoreDesk& desk, const Call& call, const Respond& respond) {
    const auto upload = call.id("upload");
    if (!upload)
        return refuse(call, respond, upload.error());
    auto pass_phrase = pass_phrase_in(call);
    if (!pass_phrase)
        return refuse(call, respond, pass_phrase.error());
    command::Submission asked;
    asked.actor = actor_of(call.request);
    asked.source = source_of(call.request, "api");
    asked.idempotency_key = call.request.header("idempotency-key");
    asked.request_hash = hash_without_pass_phrase(call.request);
    start_inspection(desk, *upload, *std::move(pass_phrase), asked,
                     preferred_wait(call.request.header("prefer")),
                     [call, respond](const std::expected<OperationAnswer, Problem>& outcome) {
                         if (!outcome)
                             return refuse(call, respond, outcome.error());
                         Response response = json_response(202, show_operation(outcome->operation));
                         response.headers.emplace_back(
                             "Location", "/api/v1/operations/" + to_text(outcome->operation.id));
                         respond(std::move(response));
                     });
}

} // namespace

std::vector<Route> inside_routes(RestoreDesk& desk) {
    const std::string inspection = "/api/v1/uploads/{upload}/inspection";
    std::vector<Route> routes;
    routes.push_back({.method = "POST",
                      .pattern = inspection,
                      .summary = "Look at an uploaded backup as a whole, so that it can be read",
                      .permission = Permission::admin,
                      .body_max = kBodyJson,
                      .request = pass_phrase_schema(),
                      .status = 202,
                      .response = operation_schema(),
                      .handler = [&desk](const Call& call, const Respond& respond) {
                          post_inspection(desk, call, respond);
                      }});
    routes.push_back(
        {.method = "GET",
         .pattern = inspection,
         .summary = "What the backup holds, and that it is sound",
         .permission = Permission::admin,
         .response = inspection_schema(),
         .handler = reading([&desk](const Call& call) { return get_inspection(desk, call); })});
    for (Route& route : reading_a_company()) {
        route.pattern = kBooks + route.pattern.substr(kCompany.size());
        route.permission = Permission::admin;
        route.handler = asking_inside(desk, std::move(route.handler));
        routes.push_back(std::move(route));
    }
    return routes;
}

} // namespace daybook::api
