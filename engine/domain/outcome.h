// The small words deciders are written in: what a guard answers, what a decision leads to, how a
// thing is named. They keep one invariant: every faulty field is reported, not only the first.
#pragma once

#include "engine/domain/decide.h"

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace daybook::domain {

// A guard's answer: go on, or the refusal to hand back.
using Allowed = std::expected<void, Refusal>;
using Faults = std::vector<Fault>;

// One refusal for all faults. Named by their code when they share one, else invalid_input. A shared
// not_found is invalid_input too: it is a name in the body, and not the thing that was addressed.
std::unexpected<Refusal> refuse_for(Faults faults);
// What several refusals come to: a single one speaks for itself, else all their faults are
// reported.
Allowed together(std::vector<Refusal> refusals);
Allowed together(Faults faults, Allowed guard);

template <class T>
void note(std::vector<Refusal>& refusals, const std::expected<T, Refusal>& outcome) {
    if (!outcome)
        refusals.push_back(outcome.error());
}

// Nothing but white space counts as nothing.
bool blank(std::string_view text);
// For what an auditor will ask about (domain.md 1, "reason").
Allowed reason_given(std::string_view reason);

// The company decided for. The guard in decide.cpp has seen that it exists.
const CompanyState& company_of(const Books& books, const Circumstances& circumstances);

inline Decision happens(EntityRef thing, Event event, std::optional<Date> effective_on = {}) {
    return std::vector{NewEvent{thing, std::move(event), effective_on, {}}};
}
// It is so already: nothing is written.
inline Decision nothing_happens() { return std::vector<NewEvent>{}; }

inline EntityRef ref(CompanyId id) { return {EntityKind::company, id.value}; }
inline EntityRef ref(SeriesId id) { return {EntityKind::series, id.value}; }
inline EntityRef ref(TaxRateId id) { return {EntityKind::tax_rate, id.value}; }
inline EntityRef ref(TermsId id) { return {EntityKind::terms, id.value}; }
inline EntityRef ref(MoneyAccountId id) { return {EntityKind::money_account, id.value}; }
inline EntityRef ref(ClientId id) { return {EntityKind::client, id.value}; }
inline EntityRef ref(ProductId id) { return {EntityKind::product, id.value}; }
inline EntityRef ref(InvoiceId id) { return {EntityKind::invoice, id.value}; }
inline EntityRef ref(CreditNoteId id) { return {EntityKind::credit_note, id.value}; }
inline EntityRef ref(FileId id) { return {EntityKind::file, id.value}; }
inline EntityRef ref(PaymentId id) { return {EntityKind::payment, id.value}; }

} // namespace daybook::domain
