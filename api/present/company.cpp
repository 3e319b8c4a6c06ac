#include "api/present/company.h"

#include "api/present/actions.h"
#include "events/base/reflect.h"

namespace daybook::api {
namespace {

using namespace schema;

void set_input_members(Json& json, const CompanyProfile& profile) {
    json.set("name", profile.party.name);
    json.set("trade_name", text_or_null(profile.party.trade_name));
    json.set("country", profile.country);
    json.set("currency", profile.base_currency.code);
    json.set("locale", profile.locale);
    json.set("time_zone", profile.time_zone);
    json.set("address", show_address(profile.party.address));
    json.set("identifiers", show_identifiers(profile.party));
    json.set("legal_form", text_or_null(profile.party.legal_form));
    json.set("capital", text_or_null(profile.party.capital));
    json.set("tax_registrations", show_tax_registrations(profile.party.tax_registrations));
    json.set("tax_regime", text_or_null(profile.tax_regime));
    json.set("vat_due", enum_name(profile.vat_due));
    json.set("year_end", text_or_null(profile.year_end));
    json.set("terms", show_terms(profile.default_terms));
    json.set("profile", profile.country_profile);
}

std::vector<Member> company_input_members() {
    return {{"name", text()},
            optional("trade_name", text_or_null_schema()),
            {"country", text()},
            {"currency", text()},
            {"locale", text()},
            {"time_zone", text()},
            optional("address", nullable(address_schema())),
            optional("identifiers", nullable(identifiers_schema())),
            optional("legal_form", text_or_null_schema()),
            optional("capital", text_or_null_schema()),
            optional("tax_registrations", nullable(tax_registrations_schema())),
            optional("tax_regime", text_or_null_schema()),
            optional("vat_due", text_of({"unspecified", "issue", "delivery", "payment"})),
            optional("year_end", text_or_null_schema()),
            optional("terms", nullable(terms_schema())),
            optional("profile", text_of({"FR", "generic"}))};
}

} // namespace

CompanyProfile read_company(Input& input) {
    CompanyProfile profile;
    profile.party.name = input.text("name", Need::required);
    profile.party.trade_name = input.text("trade_name");
    profile.country = input.text("country", Need::required, 2);
    profile.base_currency.code = input.text("currency", Need::required, 3);
    profile.locale = input.text("locale", Need::required, 20);
    profile.time_zone = input.text("time_zone", Need::required, 60);
    input.object("address", Need::optional,
                 [&](Input& child) { profile.party.address = read_address(child); });
    if (profile.party.address.country.empty())
        profile.party.address.country = profile.country;
    input.object("identifiers", Need::optional,
                 [&](Input& child) { read_identifiers(child, profile.party); });
    profile.party.legal_form = input.text("legal_form", Need::optional, 100);
    profile.party.capital = input.text("capital", Need::optional, 100);
    profile.party.tax_registrations = read_tax_registrations(input, "tax_registrations");
    profile.tax_regime = input.text("tax_regime", Need::optional, 100);
    profile.vat_due = input.choice<VatDue>("vat_due").value_or(VatDue::unspecified);
    profile.year_end = input.text("year_end", Need::optional, 5);
    profile.default_terms.days = 30;
    input.object("terms", Need::optional,
                 [&](Input& child) { profile.default_terms = read_terms(child); });
    profile.country_profile = input.text("profile", Need::optional, 10);
    if (profile.country_profile.empty())
        profile.country_profile = profile.country == "FR" ? "FR" : "generic";
    return profile;
}

Json company_input_json(const CompanyProfile& profile) {
    Json json;
    set_input_members(json, profile);
    return json;
}

Schema company_input_schema() { return named("CompanyInput", object(company_input_members())); }

std::string_view company_state_name(const domain::CompanyState& company) {
    if (company.retired)
        return "retired";
    if (company.archived)
        return "archived";
    switch (company.mode) {
    case BookMode::live:
        return "live";
    case BookMode::standby:
        return "standby";
    case BookMode::sandbox:
        return "sandbox";
    }
    return "live";
}

std::expected<Json, Problem> show_company(const Call& call, const CompanyView& view,
                                          EntityRef thing, const projections::EntityRow& row) {
    const auto& company = std::get<domain::CompanyState>(row.state);
    Json json = common_members(thing, row);
    json.set("id", to_text(view.where.company));
    set_input_members(json, company.profile);
    json.set("log_id", to_text(view.where.log_id));
    json.set("epoch", view.where.epoch);
    json.set("state", company_state_name(company));
    json.set("actions", TRY(show_actions(call, view, thing, row.state)));
    return json;
}

Json company_form(const domain::CompanyState& company) {
    Json json = company_input_json(company.profile);
    json.set("state", company_state_name(company));
    return json;
}

Schema company_schema() {
    Schema whole = object(common_schema());
    whole = extended(whole, company_input_members());
    return named(
        "Company",
        extended(whole, {{"log_id", uuid()},
                         {"epoch", integer()},
                         {"state", text_of({"live", "standby", "sandbox", "retired", "archived"})},
                         {"actions", actions_schema(domain::CompanyState{})}}));
}

} // namespace daybook::api
