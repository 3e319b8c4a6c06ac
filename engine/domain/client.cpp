#include "engine/domain/client.h"

#include "engine/domain/changed.h"
#include "engine/domain/claims.h"
#include "engine/domain/profile_rules.h"
#include "engine/domain/unique.h"
#include "events/base/check.h"

namespace daybook::domain {
namespace {

Faults faults_of(const ClientProfile& profile) {
    Faults faults;
    check_party(profile.party, faults);
    if (!profile.currency.code.empty())
        check_currency(profile.currency, "/currency", faults);
    if (!profile.language.empty())
        check_language(profile.language, "/locale", faults);
    check_terms(profile.terms, "/terms", faults);
    check_taxes(profile.tax_default, "/tax_default", faults);
    for (std::size_t i = 0; i < profile.delivery_addresses.size(); ++i)
        if (const Address& address = profile.delivery_addresses[i].address;
            !address.country.empty())
            check_country(address.country,
                          "/delivery_addresses/" + std::to_string(i) + "/address/country", faults);
    return faults;
}

Allowed sound(const Books& books, ClientId id, const ClientProfile& profile) {
    const std::string& code = profile.party.code;
    Allowed free =
        blank(code) ? Allowed{} : free_for(books, client_code_claim(code), ref(id), "/code");
    return together(faults_of(profile), std::move(free));
}

} // namespace

Decision decide(const Books& books, const CreateClient& command, const Circumstances&) {
    CHECK(!books.find(ref(command.id)), "the id of a new client is new");
    TRY(sound(books, command.id, command.profile));
    return happens(ref(command.id), ClientCreated{command.profile});
}

Decision decide(const Books& books, const ChangeClient& command, const Circumstances&) {
    const ClientState* client = books.client(command.id);
    if (!client)
        return refuse(Code::not_found);
    std::vector<std::string> changed = changed_fields(client->profile, command.profile);
    if (changed.empty())
        return nothing_happens();
    TRY(sound(books, command.id, command.profile));
    return happens(ref(command.id), ClientChanged{command.profile, std::move(changed)});
}

Decision decide(const Books& books, const ArchiveClient& command, const Circumstances&) {
    const ClientState* client = books.client(command.id);
    if (!client)
        return refuse(Code::not_found);
    if (client->archived)
        return refuse(Code::already_archived);
    return happens(ref(command.id), ClientArchived{command.reason});
}

Decision decide(const Books& books, const UnarchiveClient& command, const Circumstances&) {
    const ClientState* client = books.client(command.id);
    if (!client)
        return refuse(Code::not_found);
    if (!client->archived)
        return refuse(Code::not_archived);
    return happens(ref(command.id), ClientUnarchived{command.reason});
}

} // namespace daybook::domain
