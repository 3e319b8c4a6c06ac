// Files, imports, what went outside, and the instance's own book (line 0).
#pragma once

#include "events/document.h"

namespace daybook {

// ---- files and persons -----------------------------------------------------------------------

struct FileAttached {
    EntityRef owner;
    Hash blob;
    std::string name;
    std::string media_type; // Sniffed, not believed.
    std::uint64_t size = 0;
    std::string role;
    bool operator==(const FileAttached&) const = default;
};
BOOST_DESCRIBE_STRUCT(FileAttached, (), (owner, blob, name, media_type, size, role))

struct FileDetached {
    EntityRef owner;
    Hash blob;
    bool operator==(const FileDetached&) const = default;
};
BOOST_DESCRIBE_STRUCT(FileDetached, (), (owner, blob))

struct FileErased {
    Hash blob;
    std::string legal_basis;
    bool operator==(const FileErased&) const = default;
};
BOOST_DESCRIBE_STRUCT(FileErased, (), (blob, legal_basis))

struct PersonErased {
    Hash blob;
    std::string legal_basis;
    bool operator==(const PersonErased&) const = default;
};
BOOST_DESCRIBE_STRUCT(PersonErased, (), (blob, legal_basis))

// ---- imports ---------------------------------------------------------------------------------

struct NamedText {
    std::string name;
    std::string value;
    bool operator==(const NamedText&) const = default;
};
BOOST_DESCRIBE_STRUCT(NamedText, (), (name, value))

struct NamedCount {
    std::string name;
    std::uint64_t count = 0;
    bool operator==(const NamedCount&) const = default;
};
BOOST_DESCRIBE_STRUCT(NamedCount, (), (name, count))

struct ImportSum {
    Currency currency;
    Amount invoices;
    Amount credit_notes; // Negative: what they take away.
    Amount total;
    bool operator==(const ImportSum&) const = default;
};
BOOST_DESCRIBE_STRUCT(ImportSum, (), (currency, invoices, credit_notes, total))

struct ImportWarning {
    std::string code;
    std::uint64_t count = 0;
    std::string detail;
    std::vector<std::string> examples;
    bool operator==(const ImportWarning&) const = default;
};
BOOST_DESCRIBE_STRUCT(ImportWarning, (), (code, count, detail, examples))

struct ImportFile {
    std::string name;
    Hash sha256;
    std::uint64_t size = 0;
    std::string kind;
    std::optional<Hash> blob;
    bool operator==(const ImportFile&) const = default;
};
BOOST_DESCRIBE_STRUCT(ImportFile, (), (name, sha256, size, kind, blob))

struct ImportRecorded {
    ImportId import_id;
    ImportFile file;
    std::vector<NamedText> options;
    std::vector<NamedText> mapping;
    std::vector<NamedCount> counts;
    std::vector<ImportSum> sums;
    std::vector<Difference> differences;
    std::vector<ImportWarning> warnings;
    std::optional<Hash> unused_records;
    bool operator==(const ImportRecorded&) const = default;
};
BOOST_DESCRIBE_STRUCT(ImportRecorded, (),
                      (import_id, file, options, mapping, counts, sums, differences, warnings,
                       unused_records))

// ---- what left the house: names reserved -----------------------------------------------------

struct DocumentRendered {
    Hash blob;
    std::string template_version;
    std::string software_version;
    bool operator==(const DocumentRendered&) const = default;
};
BOOST_DESCRIBE_STRUCT(DocumentRendered, (), (blob, template_version, software_version))

struct DocumentSent {
    Uuid intent;
    std::uint32_t attempt = 0;
    Hash recipients; // Blob.
    std::string result;
    bool operator==(const DocumentSent&) const = default;
};
BOOST_DESCRIBE_STRUCT(DocumentSent, (), (intent, attempt, recipients, result))

struct DeliveryReported {
    std::string code;
    Timestamp at;
    bool operator==(const DeliveryReported&) const = default;
};
BOOST_DESCRIBE_STRUCT(DeliveryReported, (), (code, at))

struct LifecycleReported {
    std::string platform_code;
    Timestamp at;
    bool operator==(const LifecycleReported&) const = default;
};
BOOST_DESCRIBE_STRUCT(LifecycleReported, (), (platform_code, at))

// ---- the instance's book ---------------------------------------------------------------------

struct InstanceInitialised {
    Uuid realm;
    std::string version;
    std::uint32_t data_format = 1;
    bool operator==(const InstanceInitialised&) const = default;
};
BOOST_DESCRIBE_STRUCT(InstanceInitialised, (), (realm, version, data_format))

struct ServerStarted {
    std::string version;
    bool clean = true; // The stop before was.
    bool operator==(const ServerStarted&) const = default;
};
BOOST_DESCRIBE_STRUCT(ServerStarted, (), (version, clean))

struct ServerStopped {
    std::string version;
    bool operator==(const ServerStopped&) const = default;
};
BOOST_DESCRIBE_STRUCT(ServerStopped, (), (version))

struct SoftwareUpgraded {
    std::string from;
    std::string to;
    bool operator==(const SoftwareUpgraded&) const = default;
};
BOOST_DESCRIBE_STRUCT(SoftwareUpgraded, (), (from, to))

struct ClockSkewSeen {
    Timestamp clock_at;
    Timestamp last_recorded_at;
    bool operator==(const ClockSkewSeen&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClockSkewSeen, (), (clock_at, last_recorded_at))

struct SigningKeyIntroduced {
    Hash key; // Ed25519 public key, 32 bytes.
    std::optional<Hash> previous;
    std::string cross_signature;
    bool operator==(const SigningKeyIntroduced&) const = default;
};
BOOST_DESCRIBE_STRUCT(SigningKeyIntroduced, (), (key, previous, cross_signature))

struct SigningKeyRetired {
    Hash key;
    std::string reason;
    bool operator==(const SigningKeyRetired&) const = default;
};
BOOST_DESCRIBE_STRUCT(SigningKeyRetired, (), (key, reason))

struct CompanyOpened {
    CompanyId company_id;
    Uuid log_id;
    Epoch epoch = 1;
    std::uint32_t line = 0;
    std::string name;
    bool operator==(const CompanyOpened&) const = default;
};
BOOST_DESCRIBE_STRUCT(CompanyOpened, (), (company_id, log_id, epoch, line, name))

struct LineActivated {
    CompanyId company_id;
    Uuid log_id;
    Epoch epoch = 1;
    std::uint32_t line = 0;
    bool operator==(const LineActivated&) const = default;
};
BOOST_DESCRIBE_STRUCT(LineActivated, (), (company_id, log_id, epoch, line))

struct CompanyClosed {
    CompanyId company_id;
    std::string reason;
    bool operator==(const CompanyClosed&) const = default;
};
BOOST_DESCRIBE_STRUCT(CompanyClosed, (), (company_id, reason))

BOOST_DEFINE_ENUM_CLASS(OperationState, pending, running, proposed, succeeded, failed, cancelled)

struct OperationMoved {
    Uuid operation_id;
    std::string kind; // "import"
    OperationState state = OperationState::pending;
    std::optional<CompanyId> company_id;
    std::string request; // JSON: what was asked, enough to resume.
    std::string result;  // JSON
    std::string error;   // JSON
    bool operator==(const OperationMoved&) const = default;
};
BOOST_DESCRIBE_STRUCT(OperationMoved, (),
                      (operation_id, kind, state, company_id, request, result, error))

// Users and sessions: one shape, the type says which; never a secret.
struct PrincipalNoted {
    std::string principal;
    std::string role;
    std::optional<CompanyId> company_id;
    std::optional<Timestamp> expires_at;
    std::string method;
    std::string address;
    bool operator==(const PrincipalNoted&) const = default;
};
BOOST_DESCRIBE_STRUCT(PrincipalNoted, (),
                      (principal, role, company_id, expires_at, method, address))

struct UserInvited : PrincipalNoted {};
BOOST_DESCRIBE_STRUCT(UserInvited, (PrincipalNoted), ())
struct UserJoined : PrincipalNoted {};
BOOST_DESCRIBE_STRUCT(UserJoined, (PrincipalNoted), ())
struct CredentialChanged : PrincipalNoted {};
BOOST_DESCRIBE_STRUCT(CredentialChanged, (PrincipalNoted), ())
struct RoleGranted : PrincipalNoted {};
BOOST_DESCRIBE_STRUCT(RoleGranted, (PrincipalNoted), ())
struct RoleRevoked : PrincipalNoted {};
BOOST_DESCRIBE_STRUCT(RoleRevoked, (PrincipalNoted), ())
struct TokenIssued : PrincipalNoted {};
BOOST_DESCRIBE_STRUCT(TokenIssued, (PrincipalNoted), ())
struct TokenRevoked : PrincipalNoted {};
BOOST_DESCRIBE_STRUCT(TokenRevoked, (PrincipalNoted), ())
struct SessionStarted : PrincipalNoted {};
BOOST_DESCRIBE_STRUCT(SessionStarted, (PrincipalNoted), ())
struct SessionEnded : PrincipalNoted {};
BOOST_DESCRIBE_STRUCT(SessionEnded, (PrincipalNoted), ())
struct LoginFailed : PrincipalNoted {};
BOOST_DESCRIBE_STRUCT(LoginFailed, (PrincipalNoted), ())

// Backups, drills, downloads, verifications: one shape likewise.
struct CustodyNoted {
    std::optional<CompanyId> company_id;
    Uuid log_id;
    Epoch epoch = 0;
    Revision revision = 0;
    std::optional<Hash> root;
    std::optional<Hash> file_sha256;
    std::vector<NamedText> options;
    std::string target;
    std::string result;
    std::uint64_t duration_micros = 0;
    bool operator==(const CustodyNoted&) const = default;
};
BOOST_DESCRIBE_STRUCT(CustodyNoted, (),
                      (company_id, log_id, epoch, revision, root, file_sha256, options, target,
                       result, duration_micros))

struct BackupMade : CustodyNoted {};
BOOST_DESCRIBE_STRUCT(BackupMade, (CustodyNoted), ())
struct BackupVerified : CustodyNoted {};
BOOST_DESCRIBE_STRUCT(BackupVerified, (CustodyNoted), ())
struct BackupExpired : CustodyNoted {};
BOOST_DESCRIBE_STRUCT(BackupExpired, (CustodyNoted), ())
struct DrillRun : CustodyNoted {};
BOOST_DESCRIBE_STRUCT(DrillRun, (CustodyNoted), ())
struct LinkIssued : CustodyNoted {};
BOOST_DESCRIBE_STRUCT(LinkIssued, (CustodyNoted), ())
struct LinkRevoked : CustodyNoted {};
BOOST_DESCRIBE_STRUCT(LinkRevoked, (CustodyNoted), ())
struct FileDownloaded : CustodyNoted {};
BOOST_DESCRIBE_STRUCT(FileDownloaded, (CustodyNoted), ())
struct ExportMade : CustodyNoted {};
BOOST_DESCRIBE_STRUCT(ExportMade, (CustodyNoted), ())
struct RecordsRead : CustodyNoted {};
BOOST_DESCRIBE_STRUCT(RecordsRead, (CustodyNoted), ())
struct VerificationRun : CustodyNoted {};
BOOST_DESCRIBE_STRUCT(VerificationRun, (CustodyNoted), ())
struct ScheduleSet : CustodyNoted {};
BOOST_DESCRIBE_STRUCT(ScheduleSet, (CustodyNoted), ())

} // namespace daybook
