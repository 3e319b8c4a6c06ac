#include "engine/domain/company.h"

#include "engine/domain/changed.h"
#include "engine/domain/country_profile.h"
#include "engine/domain/profile_rules.h"
#include "events/base/check.h"

#include <algorithm>

namespace daybook::domain {
namespace {

bool zone_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || std::string_view("/_+-").find(c) != std::string_view::npos;
}

// Only the form: whether there is such a zone is known to who holds the zone database.
void check_time_zone(const std::string& zone, Faults& faults) {
    check_required(zone, "/time_zone", faults);
    if (!blank(zone) && !std::ranges::all_of(zone, zone_name_character))
        faults.push_back({"/time_zone", Code::unknown_time_zone, {}});
}

void check_base_currency(const Currency& currency, Faults& faults) {
    if (currency.code.empty())
        faults.push_back({"/currency", Code::missing_member, {}});
    else
        check_currency(currency, "/currency", faults);
}

Faults faults_of(const CompanyProfile& profile) {
    Faults faults;
    check_party(profile.party, faults);
    if (profile.country.empty())
        faults.push_back({"/country", Code::missing_member, {}});
    else
        check_country(profile.country, "/country", faults);
    check_base_currency(profile.base_currency, faults);
    if (!profile.locale.empty())
        check_language(profile.locale, "/locale", faults);
    check_time_zone(profile.time_zone, faults);
    // 2000 was a leap year: a year may end on 29 February where there is one.
    if (!parse_date("2000-" + profile.year_end))
        faults.push_back({"/year_end", Code::bad_date, "a month and a day, such as 12-31"});
    if (!is_known_profile(profile.country_profile))
        faults.push_back({"/profile", Code::unknown_value, "either FR or generic"});
    check_terms(profile.default_terms, "/default_terms", faults);
    return faults;
}

// What was left open is decided here and recorded, so that no later release decides it otherwise.
CompanyProfile completed(CompanyProfile profile) {
    if (profile.country_profile.empty())
        profile.country_profile = profile.country == "FR" ? "FR" : "generic";
    if (profile.year_end.empty())
        profile.year_end = "12-31";
    return profile;
}

NewEvent series_of(SeriesId id, DocumentKind kind, const std::string& prefix) {
    return {ref(id), SeriesDefined{{.document_kind = kind,
                                    .pattern = prefix + "-{yyyy}-{n:6}",
                                    .reset = SeriesReset::yearly,
                                    .next = 1}}};
}

// Which commands open shut books; their own deciders check that there is something to open.
bool opens(const Command& command) {
    return std::holds_alternative<ActivateCompany>(command)
           || std::holds_alternative<ReinstateCompany>(command)
           || std::holds_alternative<UnarchiveCompany>(command);
}

} // namespace

Allowed company_allows(const Books& books, const Command& command,
                       const Circumstances& circumstances) {
    if (std::holds_alternative<CreateCompany>(command))
        return {};
    const CompanyState* company = books.company(circumstances.company);
    if (!company)
        return refuse(Code::not_found, "company " + to_text(circumstances.company));
    if (opens(command))
        return {};
    if (company->retired)
        return refuse(Code::company_retired);
    if (company->archived)
        return refuse(Code::company_archived);
    if (company->mode == BookMode::standby)
        return refuse(Code::company_standby);
    return {};
}

Decision decide(const Books& books, const CreateCompany& command, const Circumstances&) {
    CHECK(!books.company(command.id), "the id of a new company is new");
    CompanyProfile profile = completed(command.profile);
    if (Faults faults = faults_of(profile); !faults.empty())
        return refuse_for(std::move(faults));
    const bool french = profile.country == "FR";
    return std::vector<NewEvent>{
        {ref(command.id), CompanyCreated{std::move(profile)}},
        series_of(command.invoice_series, DocumentKind::invoice, french ? "FA" : "INV"),
        series_of(command.credit_note_series, DocumentKind::credit_note, french ? "AV" : "CN")};
}

Decision decide(const Books& books, const ChangeCompany& command,
                const Circumstances& circumstances) {
    const CompanyProfile& before = company_of(books, circumstances).profile;
    CompanyProfile profile = completed(command.profile);
    std::vector<std::string> changed = changed_fields(before, profile);
    if (changed.empty())
        return nothing_happens();
    Faults faults = faults_of(profile);
    if (profile.base_currency != before.base_currency && books.has_documents())
        faults.push_back({"/currency", Code::base_currency_frozen,
                          "documents are in " + before.base_currency.code});
    if (!faults.empty())
        return refuse_for(std::move(faults));
    return happens(ref(circumstances.company),
                   CompanyChanged{std::move(profile), std::move(changed)});
}

Decision decide(const Books&, const ArchiveCompany& command, const Circumstances& circumstances) {
    return happens(ref(circumstances.company), CompanyArchived{command.reason});
}

Decision decide(const Books& books, const UnarchiveCompany& command,
                const Circumstances& circumstances) {
    if (!company_of(books, circumstances).archived)
        return refuse(Code::not_archived);
    return happens(ref(circumstances.company), CompanyUnarchived{command.reason});
}

Decision decide(const Books&, const RetireCompany& command, const Circumstances& circumstances) {
    TRY(reason_given(command.reason));
    return happens(ref(circumstances.company),
                   CompanyRetired{command.reason, command.handed_to, {}});
}

Decision decide(const Books& books, const ReinstateCompany& command,
                const Circumstances& circumstances) {
    if (!company_of(books, circumstances).retired)
        return refuse(Code::company_not_retired);
    TRY(reason_given(command.reason));
    return happens(ref(circumstances.company), CompanyReinstated{command.reason});
}

} // namespace daybook::domain
