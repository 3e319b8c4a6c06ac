#include "engine/domain/outcome.h"

#include "events/base/check.h"

#include <algorithm>
#include <iterator>

namespace daybook::domain {

std::unexpected<Refusal> refuse_for(Faults faults) {
    CHECK(!faults.empty(), "a refusal for faults has one");
    const Code first = faults.front().code;
    const bool shared =
        first != Code::not_found
        && std::ranges::all_of(faults, [&](const Fault& fault) { return fault.code == first; });
    return refuse(shared ? first : Code::invalid_input, {}, std::move(faults));
}

Allowed together(std::vector<Refusal> refusals) {
    if (refusals.empty())
        return {};
    if (refusals.size() == 1)
        return std::unexpected(std::move(refusals.front()));
    Faults faults;
    for (Refusal& refusal : refusals)
        std::ranges::move(refusal.faults, std::back_inserter(faults));
    return refuse_for(std::move(faults));
}

Allowed together(Faults faults, Allowed guard) {
    std::vector<Refusal> refusals;
    if (!faults.empty())
        refusals.push_back(refuse_for(std::move(faults)).error());
    note(refusals, guard);
    return together(std::move(refusals));
}

bool blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

Allowed reason_given(std::string_view reason) {
    if (blank(reason))
        return refuse_for({{"/reason", Code::reason_required, {}}});
    return {};
}

const CompanyState& company_of(const Books& books, const Circumstances& circumstances) {
    const CompanyState* company = books.company(circumstances.company);
    CHECK(company, "a decision is taken for a company that exists");
    return *company;
}

} // namespace daybook::domain
