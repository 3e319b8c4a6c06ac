#include "api/backups/readable_books.h"

#include "api/backups/line_table.h"
#include "api/handlers/clients.h"
#include "api/handlers/companies.h"
#include "api/handlers/credit_notes.h"
#include "api/handlers/invoices.h"
#include "api/handlers/payments.h"
#include "api/handlers/products.h"
#include "api/present/event.h"
#include "api/routing/route.h"
#include "engine/adapters/awaited.h"
#include "engine/command/live_versions.h"
#include "events/base/strict_json.h"
#include "events/codec/codec.h"
#include "projections/state_hash.h"

#include <algorithm>
#include <stdexcept>

namespace daybook::api {
namespace {

std::shared_ptr<const Router> router() {
    std::vector<Route> routes;
    for (auto make : {company_routes, client_routes, product_routes, invoice_routes,
                      credit_note_routes, payment_routes})
        std::ranges::move(make(), std::back_inserter(routes));
    return std::make_shared<const Router>(std::move(routes));
}

// A list as clients of the API get it, for nobody should see two versions of one list.
class Asked {
  public:
    Asked(Service& service, CompanyId company, Revision until)
        : router_(router()), service_(&service), company_(to_text(company)), until_(until) {}

    Result<Response> get(const std::string& path, const char* accept) const {
        Request request;
        request.method = "GET";
        request.segments = {"api", "v1", "companies", company_, path};
        request.path = "/api/v1/companies/" + company_ + "/" + path;
        request.query = {{"as_of", "@" + std::to_string(until_)}};
        request.headers = {{"accept", accept}};
        const Awaited<Response> awaited;
        router_->dispatch(std::move(request), *service_,
                          [awaited](Response response) { awaited.give(std::move(response)); });
        Response response = awaited.take();
        if (response.status != 200)
            return fail(ErrorKind::busy, path + " cannot be read: " + response.body);
        return response;
    }

  private:
    std::shared_ptr<const Router> router_;
    Service* service_;
    std::string company_;
    Revision until_;
};

backup::TextSource list_text(const Asked& asked, std::string path) {
    const auto stream = std::make_shared<std::unique_ptr<BodyStream>>();
    return [=, path = std::move(path)](std::string& out) -> Result<bool> {
        try {
            if (*stream)
                return (*stream)->next(out) != BodyStream::State::end;
            Response response = TRY(asked.get(path, "text/csv"));
            out += response.body;
            *stream = std::move(response.stream);
            return *stream != nullptr;
        } catch (const std::runtime_error& error) { // How a stream says that it cannot go on.
            return fail(ErrorKind::io, path + ": " + error.what());
        }
    };
}

backup::TextSource event_text(const log::LogReader& log, const command::CompanyLine& where,
                              Revision until, int digits) {
    return [=, &log, next = Revision{1}](std::string& out) mutable -> Result<bool> {
        const auto records = TRY(log.read(where.line, next, {.records_max = 500}));
        command::LiveVersions versions(log, where.line, where.book, until);
        for (const log::StoredRecord& record : records) {
            if (record.revision > until)
                return false;
            const RecordedEvent recorded = TRY(decode_record(record.bytes));
            const Envelope& envelope = recorded.envelope;
            const bool live = TRY(versions.is_live(envelope.entity, envelope.entity_version));
            out +=
                to_json(show_event(recorded, record.bytes, live, Language::english, digits)) + "\n";
        }
        next += records.size();
        return !records.empty() && next <= until;
    };
}

} // namespace

Result<backup::Readable> readable_books(Service& service, const command::CompanyLine& where,
                                        Revision until, bool history) {
    std::shared_ptr<projections::Snapshot> snapshot =
        TRY(service.views().snapshot_at(where.line, until));
    const auto company = TRY(snapshot->find({EntityKind::company, where.book.value}));
    if (!company || snapshot->revision() != until)
        return fail(ErrorKind::busy, "the views have not reached that moment yet");
    const auto& profile = std::get<domain::CompanyState>(company->state).profile;
    const int digits = profile.base_currency.likely_digits();

    const Asked asked(service, where.company, until);
    const Response summary = TRY(asked.get("summary", "application/json"));
    const auto numbers = parse_strict_json(summary.body);
    if (!numbers)
        return fail(ErrorKind::corrupt, "the summary is no JSON: " + numbers.error().detail);

    backup::Readable readable;
    readable.summary = *numbers;
    readable.state = {projections::kStateHashForm, TRY(snapshot->state_hash())};
    for (const char* list : {"clients", "products", "invoices", "credit-notes", "payments"})
        readable.texts.push_back({std::string(list) + ".csv", list_text(asked, list)});
    readable.texts.push_back({"lines.csv", line_table(snapshot)});
    if (history)
        readable.texts.push_back(
            {"events.ndjson", event_text(service.log(), where, until, digits)});
    return readable;
}

} // namespace daybook::api
