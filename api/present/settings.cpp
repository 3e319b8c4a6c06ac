#include "api/present/settings.h"

#include "api/handlers/resource.h"
#include "api/json/party_json.h"
#include "events/base/reflect.h"

namespace daybook::api {

Json setting_form(const domain::SeriesState& series) {
    Json json;
    json.set("document_kind", enum_name(series.series.document_kind));
    json.set("pattern", series.series.pattern);
    json.set("reset", enum_name(series.series.reset));
    json.set("next", series.series.next);
    json.set("purpose", text_or_null(series.series.purpose));
    json.set("closed", series.closed);
    return json;
}

Json setting_form(const domain::TaxRateState& rate) {
    Json json;
    json.set("tax", show_tax(rate.definition.tax));
    json.set("valid_from", date_or_null(rate.definition.valid_from));
    json.set("valid_to", date_or_null(rate.definition.valid_to));
    json.set("country", text_or_null(rate.definition.country));
    json.set("retired", rate.retired);
    return json;
}

Json setting_form(const domain::TermsState& terms) {
    Json json;
    json.set("name", terms.definition.name);
    json.set("terms", show_terms(terms.definition.terms));
    return json;
}

Json setting_form(const domain::MoneyAccountState& account) {
    Json json;
    json.set("name", account.definition.name);
    json.set("kind", enum_name(account.definition.kind));
    json.set("iban", text_or_null(account.definition.iban));
    json.set("currency", text_or_null(account.definition.currency.code));
    json.set("ledger_account", text_or_null(account.definition.ledger_account));
    json.set("retired", account.retired);
    return json;
}

Json setting_form(const domain::PeriodState& lock) {
    Json json;
    json.set("through", to_text(lock.through));
    json.set("lifted", lock.lifted);
    return json;
}

Json show_setting_row(EntityRef thing, const projections::EntityRow& row, const Json& form) {
    Json json = common_members(thing, row);
    for (const auto& [name, value] : *form.if_object())
        json.set(name, value);
    return json;
}

std::expected<Json, Problem> show_setting(const Call& call, const CompanyView& view,
                                          EntityRef thing, const projections::EntityRow& row,
                                          const Json& form) {
    Json json = show_setting_row(thing, row, form);
    const Json actions = TRY(show_actions(call, view, thing, row.state));
    if (!actions.if_object()->empty())
        json.set("actions", actions);
    return json;
}

} // namespace daybook::api
