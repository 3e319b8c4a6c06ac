// What happens to a company, its settings, its periods and its timeline.
#pragma once

#include "events/document.h"

namespace daybook {

BOOST_DEFINE_ENUM_CLASS(BookMode, live, standby, sandbox)
BOOST_DEFINE_ENUM_CLASS(SeriesReset, never, yearly, monthly)
BOOST_DEFINE_ENUM_CLASS(MoneyAccountKind, bank, cash, card, cheque)
BOOST_DEFINE_ENUM_CLASS(PeriodKind, day, month, year)
BOOST_DEFINE_ENUM_CLASS(IssuedPolicy, keep, credit)

// ---- company -------------------------------------------------------------------------------

struct CompanyProfile {
    Party party;
    std::string country; // ISO 3166-1 alpha-2
    Currency base_currency;
    std::string locale;
    std::string time_zone; // IANA
    std::string year_end;  // "12-31"
    std::string tax_regime;
    VatDue vat_due = VatDue::unspecified;
    PaymentTerms default_terms;
    std::string country_profile; // "FR", "generic"

    bool operator==(const CompanyProfile&) const = default;
};
BOOST_DESCRIBE_STRUCT(CompanyProfile, (),
                      (party, country, base_currency, locale, time_zone, year_end, tax_regime,
                       vat_due, default_terms, country_profile))

struct CompanyCreated {
    CompanyProfile profile;
    bool operator==(const CompanyCreated&) const = default;
};
BOOST_DESCRIBE_STRUCT(CompanyCreated, (), (profile))

struct CompanyChanged {
    CompanyProfile profile; // Full new values.
    std::vector<std::string> changed;
    bool operator==(const CompanyChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(CompanyChanged, (), (profile, changed))

struct CompanyArchived {
    std::string reason;
    bool operator==(const CompanyArchived&) const = default;
};
BOOST_DESCRIBE_STRUCT(CompanyArchived, (), (reason))

struct CompanyUnarchived {
    std::string reason;
    bool operator==(const CompanyUnarchived&) const = default;
};
BOOST_DESCRIBE_STRUCT(CompanyUnarchived, (), (reason))

struct HandedTo {
    Uuid realm;
    std::optional<Uuid> log_id;
    bool operator==(const HandedTo&) const = default;
};
BOOST_DESCRIBE_STRUCT(HandedTo, (), (realm, log_id))

struct CompanyRetired {
    std::string reason;
    std::optional<HandedTo> handed_to;
    std::optional<Hash> head_root;
    bool operator==(const CompanyRetired&) const = default;
};
BOOST_DESCRIBE_STRUCT(CompanyRetired, (), (reason, handed_to, head_root))

struct CompanyReinstated {
    std::string reason;
    bool operator==(const CompanyReinstated&) const = default;
};
BOOST_DESCRIBE_STRUCT(CompanyReinstated, (), (reason))

// ---- forks: a line that begins with another line's records -----------------------------------

struct ForkParent {
    Uuid log_id;
    Epoch epoch = 0;
    Revision revision = 0;
    Hash root;
    std::string checkpoint;
    std::optional<Hash> file_sha256;
    bool operator==(const ForkParent&) const = default;
};
BOOST_DESCRIBE_STRUCT(ForkParent, (), (log_id, epoch, revision, root, checkpoint, file_sha256))

struct SeriesFloor {
    SeriesId series_id;
    std::string period;
    std::uint64_t last = 0;
    bool operator==(const SeriesFloor&) const = default;
};
BOOST_DESCRIBE_STRUCT(SeriesFloor, (), (series_id, period, last))

struct OnlyInParent {
    EntityRef thing;
    std::string number;
    Amount total;
    bool operator==(const OnlyInParent&) const = default;
};
BOOST_DESCRIBE_STRUCT(OnlyInParent, (), (thing, number, total))

struct RevisionRange {
    Revision from = 0;
    Revision to = 0;
    bool operator==(const RevisionRange&) const = default;
};
BOOST_DESCRIBE_STRUCT(RevisionRange, (), (from, to))

struct Fork {
    ForkParent parent;
    Uuid new_log_id;
    Epoch new_epoch = 0;
    BookMode mode = BookMode::standby;
    std::vector<SeriesFloor> series_floors;
    std::vector<OnlyInParent> only_in_parent;
    std::optional<RevisionRange> lost;
    bool operator==(const Fork&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fork, (),
                      (parent, new_log_id, new_epoch, mode, series_floors, only_in_parent, lost))

struct CompanyCopied {
    Fork fork;
    bool operator==(const CompanyCopied&) const = default;
};
BOOST_DESCRIBE_STRUCT(CompanyCopied, (), (fork))

struct CompanyRestored {
    Fork fork;
    bool operator==(const CompanyRestored&) const = default;
};
BOOST_DESCRIBE_STRUCT(CompanyRestored, (), (fork))

struct CompanyReplaced {
    Fork fork;
    bool operator==(const CompanyReplaced&) const = default;
};
BOOST_DESCRIBE_STRUCT(CompanyReplaced, (), (fork))

struct LossAccepted {
    Fork fork;
    std::string reason;
    bool operator==(const LossAccepted&) const = default;
};
BOOST_DESCRIBE_STRUCT(LossAccepted, (), (fork, reason))

struct CompanyActivated {
    std::string original; // "gone" or "retired"
    std::string statement;
    std::vector<SeriesFloor> last_numbers;
    bool operator==(const CompanyActivated&) const = default;
};
BOOST_DESCRIBE_STRUCT(CompanyActivated, (), (original, statement, last_numbers))

// ---- timeline --------------------------------------------------------------------------------

struct CompanyRolledBack {
    Revision to = 0;
    std::vector<EntityRef> entities; // Empty = all.
    IssuedPolicy policy = IssuedPolicy::keep;
    std::uint32_t rules = 1;
    std::uint32_t returned_count = 0;
    std::uint32_t kept_count = 0;
    std::uint32_t credited_count = 0;
    std::optional<Revision> preview_revision;
    std::optional<Revision> undoes;
    bool operator==(const CompanyRolledBack&) const = default;
};
BOOST_DESCRIBE_STRUCT(CompanyRolledBack, (),
                      (to, entities, policy, rules, returned_count, kept_count, credited_count,
                       preview_revision, undoes))

// S(e,k) = S(e,j): one event of any thing (design 2.2).
struct Returned {
    Version to_version = 0;
    bool operator==(const Returned&) const = default;
};
BOOST_DESCRIBE_STRUCT(Returned, (), (to_version))

// ---- series ----------------------------------------------------------------------------------

struct SeriesTerms {
    DocumentKind document_kind = DocumentKind::invoice;
    std::string pattern; // "FA-{yyyy}-{n:6}"
    SeriesReset reset = SeriesReset::yearly;
    std::uint64_t next = 1;
    std::string purpose;
    bool operator==(const SeriesTerms&) const = default;
};
BOOST_DESCRIBE_STRUCT(SeriesTerms, (), (document_kind, pattern, reset, next, purpose))

struct SeriesDefined {
    SeriesTerms series;
    bool operator==(const SeriesDefined&) const = default;
};
BOOST_DESCRIBE_STRUCT(SeriesDefined, (), (series))

struct SeriesChanged {
    SeriesTerms series;
    bool operator==(const SeriesChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(SeriesChanged, (), (series))

struct LostNumber {
    std::string number;
    std::optional<Amount> total;
    bool operator==(const LostNumber&) const = default;
};
BOOST_DESCRIBE_STRUCT(LostNumber, (), (number, total))

struct SeriesAdvanced {
    std::string period;
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    std::vector<LostNumber> lost;
    bool operator==(const SeriesAdvanced&) const = default;
};
BOOST_DESCRIBE_STRUCT(SeriesAdvanced, (), (period, from, to, lost))

struct SeriesClosed {
    std::string reason;
    bool operator==(const SeriesClosed&) const = default;
};
BOOST_DESCRIBE_STRUCT(SeriesClosed, (), (reason))

// ---- settings --------------------------------------------------------------------------------

struct TaxRateDefined {
    Tax tax;
    std::optional<Date> valid_from;
    std::optional<Date> valid_to;
    std::string country;
    bool operator==(const TaxRateDefined&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaxRateDefined, (), (tax, valid_from, valid_to, country))

struct TaxRateRetired {
    std::string reason;
    bool operator==(const TaxRateRetired&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaxRateRetired, (), (reason))

struct TermsDefined {
    std::string name;
    PaymentTerms terms;
    bool operator==(const TermsDefined&) const = default;
};
BOOST_DESCRIBE_STRUCT(TermsDefined, (), (name, terms))

struct MoneyAccountDefined {
    std::string name;
    MoneyAccountKind kind = MoneyAccountKind::bank;
    std::string iban;
    Currency currency;
    std::string ledger_account;
    bool operator==(const MoneyAccountDefined&) const = default;
};
BOOST_DESCRIBE_STRUCT(MoneyAccountDefined, (), (name, kind, iban, currency, ledger_account))

struct MoneyAccountRetired {
    std::string reason;
    bool operator==(const MoneyAccountRetired&) const = default;
};
BOOST_DESCRIBE_STRUCT(MoneyAccountRetired, (), (reason))

// ---- periods ---------------------------------------------------------------------------------

struct PeriodLocked {
    Date through;
    std::optional<Date> previous_through;
    bool operator==(const PeriodLocked&) const = default;
};
BOOST_DESCRIBE_STRUCT(PeriodLocked, (), (through, previous_through))

struct PeriodUnlocked {
    std::optional<Date> through; // What stays locked.
    std::optional<Date> previous_through;
    bool operator==(const PeriodUnlocked&) const = default;
};
BOOST_DESCRIBE_STRUCT(PeriodUnlocked, (), (through, previous_through))

struct MethodTotal {
    std::string method;
    Amount amount;
    bool operator==(const MethodTotal&) const = default;
};
BOOST_DESCRIBE_STRUCT(MethodTotal, (), (method, amount))

// Later; the fields are part of version 1.
struct PeriodClosed {
    PeriodKind kind = PeriodKind::day;
    std::uint64_t sequence = 0;
    Date from;
    Date to;
    std::uint64_t documents = 0;
    std::uint64_t payments = 0;
    std::vector<TaxRow> by_tax;
    std::vector<MethodTotal> by_method;
    std::vector<TaxRow> perpetual_by_tax;
    Amount perpetual_total;
    std::optional<Hash> previous_leaf;
    std::optional<Hash> state_hash;
    bool operator==(const PeriodClosed&) const = default;
};
BOOST_DESCRIBE_STRUCT(PeriodClosed, (),
                      (kind, sequence, from, to, documents, payments, by_tax, by_method,
                       perpetual_by_tax, perpetual_total, previous_leaf, state_hash))

} // namespace daybook
