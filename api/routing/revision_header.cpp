#include "api/routing/revision_header.h"

#include "events/base/whole_number.h"

#include <algorithm>

namespace daybook::api {
namespace {

constexpr std::string_view kHeader = "Daybook-Revision";

// "/api/v1/companies/<id>…"
std::optional<CompanyId> company_of(const Request& request) {
    constexpr std::array<std::string_view, 3> kCompanies = {"api", "v1", "companies"};
    if (request.segments.size() <= kCompanies.size()
        || !std::equal(kCompanies.begin(), kCompanies.end(), request.segments.begin()))
        return std::nullopt;
    const auto id = parse_uuid(request.segments[kCompanies.size()]);
    return id ? std::optional(CompanyId{*id}) : std::nullopt;
}

// Nothing where the company, or that epoch of it, is not here.
std::optional<Revision> head_of(const Service& service, CompanyId company,
                                std::optional<Epoch> epoch) {
    const auto directory = service.directory();
    const auto* where = epoch ? directory->find(company, *epoch) : directory->find(company);
    if (!where)
        return std::nullopt;
    const auto head = service.log().head(where->line);
    return head ? std::optional(head->revision) : std::nullopt;
}

} // namespace

Respond naming_revision(const Request& request, Service& service, Respond respond) {
    const auto company = company_of(request);
    if (!company)
        return respond;
    const auto text = request.parameter("epoch");
    const auto epoch = text ? whole_number<Epoch>(*text) : std::nullopt;
    return [&service, company = *company, epoch, respond = std::move(respond)](Response response) {
        const bool said = std::ranges::any_of(
            response.headers, [](const Header& header) { return header.first == kHeader; });
        if (const auto head = said ? std::nullopt : head_of(service, company, epoch))
            response.headers.emplace_back(kHeader, std::to_string(*head));
        respond(std::move(response));
    };
}

} // namespace daybook::api
