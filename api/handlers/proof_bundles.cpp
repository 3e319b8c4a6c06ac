// The file that proves one document to whoever received it: engine/audit/proof_bundle.h.

#include "api/handlers/proofs.h"
#include "api/handlers/proven_book.h"
#include "api/or_problem.h"
#include "api/routing/write.h"
#include "engine/audit/proof_bundle.h"
#include "engine/command/fold.h"

namespace daybook::api {
namespace {

using namespace schema;

bool is_issue(const Event& event) {
    return std::holds_alternative<InvoiceIssued>(event)
           || std::holds_alternative<InvoiceImported>(event)
           || std::holds_alternative<CreditNoteIssued>(event)
           || std::holds_alternative<CreditNoteImported>(event);
}

// Where the document got its number and became what its receiver holds. Drafts are nobody else's.
std::expected<Revision, Problem> issued_at(const Call& call, log::LineNumber line,
                                           EntityRef document) {
    const log::LogReader& log = call.service.log();
    Version version = TRY(or_problem(command::newest_version(log, line, document)));
    if (version == 0)
        return std::unexpected(problem(404, "not_found", "no such document"));
    for (; version > 0; --version) {
        const RecordedEvent recorded =
            TRY(or_problem(command::read_version(log, line, document, version)));
        if (is_issue(recorded.event))
            return recorded.envelope.revision;
    }
    return std::unexpected(problem(409, "invoice_not_issued", "a draft is proven to nobody"));
}

Reply get_bundle(const Call& call, EntityKind kind) {
    const ProvenBook book = TRY(open_proven_book(call));
    const log::LineNumber line = book.where.line;
    const Revision revision = TRY(issued_at(call, line, {kind, TRY(call.id("id"))}));
    if (revision > book.size)
        return std::unexpected(
            problem_of(domain::Refusal{domain::Code::not_yet_created,
                                       "it was issued at revision " + std::to_string(revision),
                                       {},
                                       {}}));
    std::string checkpoint = TRY(or_problem(call.service.checkpoint(book.where, book.size)));
    const audit::ProofBundle bundle = TRY(or_problem(audit::make_bundle(
        call.service.log(), line, revision, std::move(checkpoint), call.service.public_key())));
    Response response{200,
                      {{"Content-Type", "application/json"},
                       {"Content-Disposition", "attachment; filename=\"proof.json\""}},
                      audit::to_text(bundle),
                      nullptr};
    add_moment_headers(response, book);
    return response;
}

Route bundle_route(const std::string& path, const char* summary, EntityKind kind) {
    return {"GET",
            "/api/v1/companies/{company}/" + path + "/{id}/proof",
            summary,
            Permission::read,
            kBodyNone,
            moment_parameters(),
            {},
            200,
            named("ProofBundle", object({{"format", text_of({"daybook proof"})},
                                         {"version", integer()},
                                         {"record", text()},
                                         {"index", integer()},
                                         {"path", array(hex())},
                                         {"checkpoint", text()},
                                         {"key", text()}})),
            reading([kind](const Call& call) { return get_bundle(call, kind); })};
}

} // namespace

std::vector<Route> proof_bundle_routes() {
    return {bundle_route("invoices", "One file that proves an issued invoice, offline",
                         EntityKind::invoice),
            bundle_route("credit-notes", "One file that proves a credit note, offline",
                         EntityKind::credit_note)};
}

} // namespace daybook::api
