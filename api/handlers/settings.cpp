#include "api/handlers/settings.h"

#include "api/handlers/small_resource.h"
#include "api/json/party_json.h"
#include "api/present/settings.h"

namespace daybook::api {
namespace {

using namespace schema;

// ---- tax rates
// ------------------------------------------------------------------------------------

TaxRateDefined read_tax_rate(Input& input) {
    TaxRateDefined rate;
    input.object("tax", Need::required, [&](Input& child) { rate.tax = read_tax(child); });
    rate.valid_from = input.date("valid_from");
    rate.valid_to = input.date("valid_to");
    rate.country = input.text("country", Need::optional, 2);
    return rate;
}

std::vector<Member> tax_rate_members() {
    return {{"tax", tax_schema()},
            optional("valid_from", date_or_null_schema()),
            optional("valid_to", date_or_null_schema()),
            optional("country", text_or_null_schema())};
}

// ---- payment terms
// --------------------------------------------------------------------------------

TermsDefined read_named_terms(Input& input) {
    TermsDefined terms;
    terms.name = input.text("name", Need::required, 100);
    input.object("terms", Need::required, [&](Input& child) { terms.terms = read_terms(child); });
    return terms;
}

std::vector<Member> named_terms_members() { return {{"name", text()}, {"terms", terms_schema()}}; }

// ---- money accounts
// -------------------------------------------------------------------------------

MoneyAccountDefined read_account(Input& input) {
    MoneyAccountDefined account;
    account.name = input.text("name", Need::required, 100);
    account.kind =
        input.choice<MoneyAccountKind>("kind", Need::required).value_or(MoneyAccountKind::bank);
    account.iban = input.text("iban", Need::optional, 42);
    account.currency.code = input.text("currency", Need::optional, 3);
    account.ledger_account = input.text("ledger_account", Need::optional, 20);
    return account;
}

std::vector<Member> account_members() {
    const Schema value = text_or_null_schema();
    return {{"name", text()},
            {"kind", text_of({"bank", "cash", "card", "cheque"})},
            optional("iban", value),
            optional("currency", value),
            optional("ledger_account", value)};
}

std::vector<Member> retirable(const domain::State& state) {
    return {{"retired", boolean()}, {"actions", actions_schema(state)}};
}

Schema thing_schema(std::string_view name, std::vector<Member> input, std::vector<Member> more) {
    return named(name,
                 extended(extended(object(common_schema()), std::move(input)), std::move(more)));
}

Route post(const std::string& path, std::string_view summary, Schema request, Schema answer,
           Handler handler) {
    return {"POST",
            settings_path(path),
            summary,
            Permission::admin,
            kBodyJson,
            {},
            std::move(request),
            path.find("{id}") == std::string::npos ? 201 : 200,
            std::move(answer),
            std::move(handler)};
}

} // namespace

std::vector<Route> tax_rate_routes() {
    static const Schema schema =
        thing_schema("TaxRate", tax_rate_members(), retirable(domain::TaxRateState{}));
    static const Resource kTaxRates{EntityKind::tax_rate,
                                    "tax-rates",
                                    show_setting<domain::TaxRateState>,
                                    show_setting_in_list<domain::TaxRateState>,
                                    schema,
                                    schema,
                                    {{"status", "live, retired"}},
                                    {projections::SortKey::created},
                                    {"id", "tax.scheme", "tax.category", "tax.rate", "tax.name",
                                     "valid_from", "valid_to", "country", "retired"}};
    std::vector<Route> routes = reading_routes(kTaxRates);
    routes.push_back(post("tax-rates", "Define a tax rate", object(tax_rate_members()), schema,
                          creating<TaxRateDefined, domain::DefineTaxRate>(
                              EntityKind::tax_rate, "tax-rates", show_setting<domain::TaxRateState>,
                              read_tax_rate, [](Uuid id, TaxRateDefined rate) {
                                  return domain::DefineTaxRate{TaxRateId{id}, std::move(rate)};
                              })));
    routes.push_back(post("tax-rates/{id}/retire", "Retire a tax rate", reason_schema(), schema,
                          reasoned_verb<domain::RetireTaxRate>(
                              EntityKind::tax_rate, show_setting<domain::TaxRateState>)));
    return routes;
}

std::vector<Route> terms_routes() {
    static const Schema schema = thing_schema("Terms", named_terms_members(), {});
    static const Resource kTerms{EntityKind::terms,
                                 "terms",
                                 show_setting<domain::TermsState>,
                                 show_setting_in_list<domain::TermsState>,
                                 schema,
                                 schema,
                                 {},
                                 {projections::SortKey::created},
                                 {"id", "name", "terms.days", "terms.end_of_month", "terms.text"}};
    std::vector<Route> routes = reading_routes(kTerms);
    routes.push_back(post("terms", "Define payment terms", object(named_terms_members()), schema,
                          creating<TermsDefined, domain::DefineTerms>(
                              EntityKind::terms, "terms", show_setting<domain::TermsState>,
                              read_named_terms, [](Uuid id, TermsDefined terms) {
                                  return domain::DefineTerms{TermsId{id}, std::move(terms)};
                              })));
    return routes;
}

std::vector<Route> money_account_routes() {
    static const Schema schema =
        thing_schema("MoneyAccount", account_members(), retirable(domain::MoneyAccountState{}));
    static const Resource kAccounts{
        EntityKind::money_account,
        "money-accounts",
        show_setting<domain::MoneyAccountState>,
        show_setting_in_list<domain::MoneyAccountState>,
        schema,
        schema,
        {{"status", "live, retired"}},
        {projections::SortKey::created},
        {"id", "name", "kind", "iban", "currency", "ledger_account", "retired"}};
    std::vector<Route> routes = reading_routes(kAccounts);
    routes.push_back(post(
        "money-accounts", "Define a money account", object(account_members()), schema,
        creating<MoneyAccountDefined, domain::DefineMoneyAccount>(
            EntityKind::money_account, "money-accounts", show_setting<domain::MoneyAccountState>,
            read_account, [](Uuid id, MoneyAccountDefined account) {
                return domain::DefineMoneyAccount{MoneyAccountId{id}, std::move(account)};
            })));
    routes.push_back(
        post("money-accounts/{id}/retire", "Retire a money account", reason_schema(), schema,
             reasoned_verb<domain::RetireMoneyAccount>(EntityKind::money_account,
                                                       show_setting<domain::MoneyAccountState>)));
    return routes;
}

} // namespace daybook::api
