#include "engine/domain/settings.h"

#include "engine/domain/profile_rules.h"

#include <type_traits>

namespace daybook::domain {
namespace {

Faults faults_of(const TaxRateDefined& definition) {
    Faults faults;
    check_tax(definition.tax, "", faults);
    if (definition.valid_from && definition.valid_to
        && *definition.valid_to < *definition.valid_from)
        faults.push_back({"/valid_to", Code::out_of_range, "lies before valid_from"});
    if (!definition.country.empty())
        check_country(definition.country, "/country", faults);
    return faults;
}

Faults faults_of(const TermsDefined& definition) {
    Faults faults;
    check_name(definition.name, "/name", faults);
    check_terms(definition.terms, "", faults);
    return faults;
}

Faults faults_of(const MoneyAccountDefined& definition) {
    Faults faults;
    check_name(definition.name, "/name", faults);
    if (!definition.currency.code.empty())
        check_currency(definition.currency, "/currency", faults);
    if (!definition.iban.empty())
        check_iban(definition.iban, "/iban", faults);
    return faults;
}

// Terms take new values; a rate or an account, once recorded, is retired and another one defined.
template <class S>
inline constexpr bool kMayBeDefinedAgain = std::is_same_v<S, TermsState>;

bool is_retired(const TermsState&) { return false; }
template <class S>
bool is_retired(const S& state) {
    return state.retired;
}

template <class S, class Definition>
Decision define(const Books& books, EntityRef thing, const Definition& definition) {
    const S* known = books.get<S>(thing.kind, thing.id);
    if (known && is_retired(*known))
        return refuse(Code::already_archived);
    if (known && known->definition == definition)
        return nothing_happens();
    if (known && !kMayBeDefinedAgain<S>)
        return refuse(Code::not_supported_yet, "retire it and define another");
    if (Faults faults = faults_of(definition); !faults.empty())
        return refuse_for(std::move(faults));
    return happens(thing, definition);
}

template <class S, class Retired>
Decision retire(const Books& books, EntityRef thing, const std::string& reason) {
    const S* known = books.get<S>(thing.kind, thing.id);
    if (!known)
        return refuse(Code::not_found);
    if (known->retired)
        return refuse(Code::already_archived);
    return happens(thing, Retired{reason});
}

} // namespace

Decision decide(const Books& books, const DefineTaxRate& command, const Circumstances&) {
    return define<TaxRateState>(books, ref(command.id), command.definition);
}

Decision decide(const Books& books, const RetireTaxRate& command, const Circumstances&) {
    return retire<TaxRateState, TaxRateRetired>(books, ref(command.id), command.reason);
}

Decision decide(const Books& books, const DefineTerms& command, const Circumstances&) {
    return define<TermsState>(books, ref(command.id), command.definition);
}

Decision decide(const Books& books, const DefineMoneyAccount& command, const Circumstances&) {
    return define<MoneyAccountState>(books, ref(command.id), command.definition);
}

Decision decide(const Books& books, const RetireMoneyAccount& command, const Circumstances&) {
    return retire<MoneyAccountState, MoneyAccountRetired>(books, ref(command.id), command.reason);
}

} // namespace daybook::domain
