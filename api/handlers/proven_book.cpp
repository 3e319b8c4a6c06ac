#include "api/handlers/proven_book.h"

#include "api/or_problem.h"
#include "events/base/whole_number.h"

namespace daybook::api {
namespace {

bool asks_for_moment(const Request& request) {
    return request.parameter("as_of") || !request.header("accept-datetime").empty();
}

std::expected<command::CompanyLine, Problem> line_asked_for(const Call& call) {
    const CompanyId company{TRY(call.id("company"))};
    const auto text = call.request.parameter("epoch");
    const auto epoch = text ? whole_number<Epoch>(*text) : std::nullopt;
    if (text && (!epoch || *epoch == 0))
        return bad_parameter("epoch", "a number, from 1");
    const auto directory = call.service.directory();
    const auto* where = epoch ? directory->find(company, *epoch) : directory->find(company);
    if (!where)
        return std::unexpected(problem(404, "not_found", "no such company or epoch"));
    return *where;
}

} // namespace

std::expected<ProvenBook, Problem> open_proven_book(const Call& call) {
    if (asks_for_moment(call.request)) {
        CompanyView view = TRY(open_company(call));
        const Revision size = view.snapshot->revision();
        return ProvenBook{view.where, size, std::move(view)};
    }
    const command::CompanyLine where = TRY(line_asked_for(call));
    return ProvenBook{where, TRY(or_problem(call.service.log().head(where.line))).revision, {}};
}

void add_moment_headers(Response& response, const ProvenBook& book) {
    if (book.at_moment)
        return add_moment_headers(response, *book.at_moment);
    response.headers.emplace_back("Daybook-Revision", std::to_string(book.size));
    response.headers.emplace_back("Vary", "Accept-Datetime");
}

} // namespace daybook::api
