// Every event there is, as one sum type, and the envelope it is recorded in.
#pragma once

#include "events/base/sum.h"
#include "events/company_events.h"
#include "events/opening_events.h"
#include "events/record_keeping_events.h"
#include "events/trade_events.h"

#include <string>
#include <variant>
#include <vector>

namespace daybook {

// The order is that of the catalogue (catalogue.cpp) and of nothing stored: records name their
// type by text.
using AnyEvent = std::variant<
    CompanyCreated, CompanyChanged, CompanyArchived, CompanyUnarchived, CompanyRetired,
    CompanyReinstated, CompanyCopied, CompanyRestored, CompanyReplaced, LossAccepted,
    CompanyActivated, CompanyRolledBack, Returned, SeriesDefined, SeriesChanged, SeriesAdvanced,
    SeriesClosed, TaxRateDefined, TaxRateRetired, TermsDefined, MoneyAccountDefined,
    MoneyAccountRetired, PeriodLocked, PeriodUnlocked, PeriodClosed, ClientCreated, ClientChanged,
    ClientArchived, ClientUnarchived, ClientsMerged, ProductCreated, ProductChanged,
    ProductArchived, ProductUnarchived, InvoiceDrafted, InvoiceChanged, InvoiceVoided,
    InvoiceIssued, InvoiceImported, InvoiceAnnotated, InvoiceWrittenOff, WriteOffReversed,
    CreditNoteIssued, CreditNoteImported, CreditAllocated, CreditUnallocated, CreditRefunded,
    CreditRefundReversed, PaymentRecorded, PaymentImported, PaymentAllocated, PaymentUnallocated,
    PaymentRefunded, RefundReversed, PaymentReversed, PaymentAnnotated, FileAttached, FileDetached,
    FileErased, PersonErased, ImportRecorded, DocumentRendered, DocumentSent, DeliveryReported,
    LifecycleReported, HistoryLeftOut, CommandsKept, SeriesOpened, TaxRateOpened, TermsOpened,
    MoneyAccountOpened, PeriodOpened, ClientOpened, ProductOpened, InvoiceOpened, CreditNoteOpened,
    PaymentOpened, FileOpened, ImportOpened, InstanceInitialised, ServerStarted, ServerStopped,
    SoftwareUpgraded, ClockSkewSeen, SigningKeyIntroduced, SigningKeyRetired, CompanyOpened,
    LineActivated, CompanyClosed, OperationMoved, UserInvited, UserJoined, CredentialChanged,
    RoleGranted, RoleRevoked, TokenIssued, TokenRevoked, SessionStarted, SessionEnded, LoginFailed,
    BackupMade, BackupVerified, BackupExpired, DrillRun, LinkIssued, LinkRevoked, FileDownloaded,
    ExportMade, RecordsRead, VerificationRun, ScheduleSet>;
inline constexpr std::size_t kEventCount = std::variant_size_v<AnyEvent>;

struct Event : Sum<AnyEvent> {
    using Sum::Sum;
    friend bool operator==(const Event& a, const Event& b); // Compiled once, too.
};
extern template struct Sum<AnyEvent>;

// ---- the envelope: who, when, from where, why (domain.md 2) ----------------------------------

BOOST_DEFINE_ENUM_CLASS(ActorKind, anonymous, user, token, scheduler, system)

struct Actor {
    Uuid realm; // The installation that vouches for the rest.
    ActorKind kind = ActorKind::anonymous;
    std::string id;
    std::string name;
    std::string auth;
    bool asserted = false; // The name was said, not proven.
    std::string on_behalf_of;

    bool operator==(const Actor&) const = default;
};
BOOST_DESCRIBE_STRUCT(Actor, (), (realm, kind, id, name, auth, asserted, on_behalf_of))

// Where an imported thing came from; sameness is by (system, table, id or row), not by file.
struct External {
    std::string system;
    std::optional<Hash> file_sha256;
    std::string table;
    std::string id;
    std::uint64_t row = 0;
    std::optional<Timestamp> occurred_at;

    bool operator==(const External&) const = default;
};
BOOST_DESCRIBE_STRUCT(External, (), (system, file_sha256, table, id, row, occurred_at))

struct Source {
    std::string channel; // "api", "cli", "import", "sample"
    std::string program;
    std::string request_id;
    std::optional<ImportId> import_id;
    std::optional<External> external;

    bool operator==(const Source&) const = default;
};
BOOST_DESCRIBE_STRUCT(Source, (), (channel, program, request_id, import_id, external))

struct BlobRef {
    Hash sha256;
    std::uint64_t size = 0;
    std::string role; // "contacts", "private_notes"

    bool operator==(const BlobRef&) const = default;
};
BOOST_DESCRIBE_STRUCT(BlobRef, (), (sha256, size, role))

struct Flags {
    bool sandbox = false;
    std::string retention;

    bool operator==(const Flags&) const = default;
};
BOOST_DESCRIBE_STRUCT(Flags, (), (sandbox, retention))

// Payload bytes: a FlatBuffer of the event's own schema.
struct Bytes {
    std::string value;
    bool operator==(const Bytes&) const = default;
};

struct Envelope {
    Uuid log_id;
    Epoch epoch = 0;
    Revision revision = 0;
    Revision commit_first = 0;
    Revision commit_last = 0;
    Uuid event_id;
    EntityRef entity;
    Version entity_version = 0;
    std::string type;
    std::uint32_t schema_version = 1;
    Timestamp recorded_at; // max(clock, last of the line + 1 µs); one per commit.
    Timestamp clock_at;
    std::optional<Date> effective_on;
    Actor actor;
    std::string attributed_to;
    Source source;
    std::string command_type;
    std::string command_id; // Idempotency key.
    std::optional<Hash> request_hash;
    std::optional<Uuid> correlation_id;
    std::optional<Uuid> causation;
    std::string reason;
    std::string software;
    Flags flags;
    std::vector<BlobRef> blobs;
    Bytes payload;

    bool operator==(const Envelope&) const = default;
};
BOOST_DESCRIBE_STRUCT(Envelope, (),
                      (log_id, epoch, revision, commit_first, commit_last, event_id, entity,
                       entity_version, type, schema_version, recorded_at, clock_at, effective_on,
                       actor, attributed_to, source, command_type, command_id, request_hash,
                       correlation_id, causation, reason, software, flags, blobs, payload))

// A record, read back: what was said, and what it means.
struct RecordedEvent {
    Envelope envelope; // Its payload is emptied once decoded.
    Event event;
};

} // namespace daybook
