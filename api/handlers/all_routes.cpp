#include "api/handlers/all_routes.h"

#include "api/handlers/attachments.h"
#include "api/handlers/backup_schedule.h"
#include "api/handlers/backups.h"
#include "api/handlers/book_comparison.h"
#include "api/handlers/clients.h"
#include "api/handlers/companies.h"
#include "api/handlers/copies.h"
#include "api/handlers/credit_notes.h"
#include "api/handlers/diff.h"
#include "api/handlers/downloads.h"
#include "api/handlers/events.h"
#include "api/handlers/going_back.h"
#include "api/handlers/history.h"
#include "api/handlers/inside.h"
#include "api/handlers/instance.h"
#include "api/handlers/invoices.h"
#include "api/handlers/list_archive.h"
#include "api/handlers/operations.h"
#include "api/handlers/payments.h"
#include "api/handlers/products.h"
#include "api/handlers/proofs.h"
#include "api/handlers/restores.h"
#include "api/handlers/settings.h"
#include "api/handlers/take_out.h"
#include "api/handlers/uploads.h"
#include "api/version.h"

namespace daybook::api {

Router make_router(Metrics& metrics, const Desks& desks) {
    std::vector<Route> routes;
    const auto add = [&](std::vector<Route> more) {
        std::ranges::move(more, std::back_inserter(routes));
    };
    add(company_routes());
    add(series_routes());
    add(tax_rate_routes());
    add(terms_routes());
    add(money_account_routes());
    add(lock_routes());
    add(client_routes());
    add(product_routes());
    add(invoice_routes());
    add(credit_note_routes());
    add(payment_routes());
    add(attachment_routes());
    add(list_archive_routes());
    add(history_routes());
    add(going_back_routes());
    add(copy_routes(desks.operations));
    add(backup_routes(desks.backups));
    add(backup_schedule_routes(desks.backups, desks.scheduler));
    add(download_routes(desks.backups));
    add(diff_routes());
    add(event_routes());
    add(proof_routes(desks.backups.ports().custody));
    add(proof_bundle_routes());
    add(import_routes(desks.restores));
    add(upload_routes(desks.restores));
    add(inside_routes(desks.restores));
    add(take_out_routes(desks.restores));
    add(take_file_routes(desks.restores));
    add(book_comparison_routes(desks.restores));
    add(replacement_routes(desks.restores));
    add(operation_routes(desks.restores));
    add(instance_routes(metrics, desks.backups.ports().custody));
    auto document = std::make_shared<Json>();
    routes.push_back(openapi_route(document));
    Router router(std::move(routes));
    *document = openapi(router, kVersion);
    return router;
}

} // namespace daybook::api
