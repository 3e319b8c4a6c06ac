// The business saying no: expected, named, tested, part of the API.
//
// A refusal names its rule and, where input is at fault, every faulty field at once. Its sentences
// in English and French stand in refusal.cpp, one row a code; its HTTP status in api/http/problem.
#pragma once

#include "events/catalogue.h"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::domain {

// The names are the stable codes of the API.
enum class Code {
    // what was sent cannot be meant
    invalid_input,
    missing_member,
    unknown_member,
    wrong_type,
    money_must_be_string,
    not_a_decimal,
    too_many_decimals,
    out_of_range,
    bad_date,
    bad_id,
    unknown_value,
    text_too_long,
    not_supported_yet,
    unknown_currency,
    unknown_time_zone,
    unknown_country,
    siren_checksum,
    reason_required,
    too_many_lines,
    too_many_taxes,
    duplicate_line_id,
    unknown_line,
    // the thing is not there, or not in the state for it
    not_found,
    not_yet_created,
    removed_by_rollback,
    stale_version,
    if_match_required,
    invoice_not_draft,
    invoice_not_issued,
    invoice_is_draft,
    nothing_to_issue,
    negative_total,
    client_required,
    client_archived,
    client_mismatch,
    client_has_documents,
    currency_mismatch,
    product_archived,
    already_archived,
    not_archived,
    code_taken,
    series_not_found,
    series_closed,
    series_pattern_invalid,
    number_invalid,
    series_out_of_order,
    issued_in_future,
    issued_before_last,
    due_before_issue,
    period_locked,
    lock_not_later,
    lock_not_found,
    missing_legal_data,
    exchange_rate_missing,
    discount_too_large,
    // money
    amount_not_positive,
    amount_exceeds_due,
    amount_exceeds_unallocated,
    amount_exceeds_remaining,
    credit_exceeds_invoice,
    nothing_to_credit,
    allocation_not_found,
    refund_not_found,
    write_off_not_found,
    payment_reversed,
    refund_live,
    amount_overflow,
    dated_in_future,
    dated_before_document,
    // the company
    company_standby,
    company_retired,
    company_archived,
    company_not_retired,
    company_not_standby,
    base_currency_frozen,
    last_numbers_required,
    // imports
    needs_choice,
    import_broken_row,
    import_conflict,
    import_empty,
    unknown_format,
    // the commit
    commit_too_large,
    idempotency_key_reused,
    request_in_progress,
    clock_implausible,
    depended_on,
    inside_commit,
    as_of_in_future,
    // going back
    irrevocable,
    stale_revision,
    history_not_kept
};
inline constexpr std::size_t kCodeCount = static_cast<std::size_t>(Code::history_not_kept) + 1;

// One faulty field. The pointer is RFC 6901 into the request's body; "" = the whole.
struct Fault {
    std::string pointer;
    Code code = Code::invalid_input;
    std::string detail; // For a developer, English: the limit, the value found.

    bool operator==(const Fault&) const = default;
};

// A thing that is in the way, and how.
struct Obstacle {
    EntityRef thing;
    std::string detail; // For a developer, English.

    bool operator==(const Obstacle&) const = default;
};

struct Refusal {
    Code code = Code::invalid_input;
    std::string detail; // What exactly, English; may be empty.
    std::vector<Fault> faults;
    std::vector<NamedText> facts; // "due" = "12.00": machine-readable, shown beside.
    std::vector<Obstacle> things; // What stands in the way, where other things do.

    bool operator==(const Refusal&) const = default;
};

inline std::unexpected<Refusal> refuse(Code code, std::string detail = {},
                                       std::vector<Fault> faults = {}) {
    return std::unexpected(Refusal{code, std::move(detail), std::move(faults), {}});
}

// "The invoice is not a draft any more." / "La facture n'est plus un brouillon."
std::string_view sentence_of(Code code, Language language);
// The enumerator's own spelling: "invoice_not_draft".
std::string_view name_of(Code code);

} // namespace daybook::domain
