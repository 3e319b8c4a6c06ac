// Who keeps which backup of which company, since when, and who has had it: folded from the
// instance's own book (line 0), like engine/command/directory.h.
//
// Of a thing `backup` tell BackupMade, BackupVerified, BackupExpired, DrillRun, LinkIssued,
// LinkRevoked and FileDownloaded; of a thing `schedule`, which has its company's id, ScheduleSet;
// of the instance, VerificationRun. What CustodyNoted has no field for stands in its options, by
// the names below.
#pragma once

#include "engine/custody/key_chain.h"
#include "engine/custody/schedule.h"
#include "engine/log/event_log.h"
#include "events/event.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::custody {

// Names in CustodyNoted::options.
inline constexpr std::string_view kName = "name";               // For people, with its extension.
inline constexpr std::string_view kBytes = "bytes";             // Of the file.
inline constexpr std::string_view kAttachments = "attachments"; // "false": left out.
inline constexpr std::string_view kEmails = "emails";
inline constexpr std::string_view kHistory = "history";
inline constexpr std::string_view kSealed = "sealed";       // "true": needs a pass phrase.
inline constexpr std::string_view kScheduled = "scheduled"; // "true": retention may expire it.
inline constexpr std::string_view kLink = "link";           // Id of a link.
inline constexpr std::string_view kExpiresAt = "expires_at";

inline constexpr std::string_view kCopyAt = "copy_at"; // The schedule's target of a copy.

inline constexpr std::string_view kEvents = "events"; // That a verification read.

inline constexpr std::string_view kOwnBooks = "books"; // Target of a verification of all there is.
inline constexpr std::string_view kVerified = "verified"; // Result of what went well.

// A copy that could not be made.
struct NotCopied {
    std::string target; // Of the schedule.
    Timestamp at;
    std::string why;
    bool operator==(const NotCopied&) const = default;
};

struct Backup {
    Uuid id;
    CompanyId company;
    Uuid log_id;
    Epoch epoch = 1;
    Revision revision = 0; // Of what books: log_id, epoch, records 1 to this one, and their root.
    Hash root;
    Hash file_sha256;
    std::string name;
    std::uint64_t bytes = 0;
    bool attachments = true;
    bool emails = true;
    bool history = true;
    bool sealed = false;
    bool scheduled = false;
    std::string path; // Of the file; below the data directory when it is held there.
    std::string made_by;
    Timestamp made_at;
    Timestamp verified_at;               // Last read back and found sound.
    std::optional<Timestamp> expired_at; // The file is gone, the note of it is not.
    std::vector<std::string> copies;     // Paths at targets.
    std::optional<NotCopied> not_copied; // The last attempt, where it failed.
    std::uint64_t downloads = 0;
};

struct Link {
    Uuid id;
    Uuid backup;
    Timestamp issued_at;
    Timestamp expires_at;
    std::optional<Timestamp> revoked_at;
    std::uint64_t downloads = 0;
};

struct Drill {
    Timestamp at;
    Uuid backup;
    std::string result;                 // kVerified, or why not.
    std::optional<Timestamp> passed_at; // The last one that went well.
};

// Of all the books, by the server that serves them.
struct Verification {
    Timestamp at;
    std::string result; // kVerified, or what was found.
    std::uint64_t events = 0;
    std::optional<Timestamp> sound_at; // The last one that found nothing.
};

// What became of the copies of one company's backups at one target.
struct TargetBook {
    std::optional<Timestamp> copied_at;
    std::optional<NotCopied> failure; // The last one, whatever came after it.

    bool is_failing() const { return failure && (!copied_at || *copied_at < failure->at); }
};

// What is known of one company.
struct Keeping {
    Timestamp opened_at;
    Schedule schedule;
    std::optional<Timestamp> schedule_set_at;
    std::optional<Timestamp> backed_up_at; // The last time that its newest books were safe.
    std::optional<Drill> drill;
    std::map<std::string, TargetBook> targets; // Those that a schedule ever named, once tried.
};

class CustodyBook {
  public:
    void apply(const RecordedEvent& recorded);

    const Backup* find(const Uuid& id) const; // Expired ones too.
    const Link* link(const Uuid& id) const;
    std::vector<const Backup*> backups_of(CompanyId company) const; // Newest first.
    std::vector<const Link*> links_of(const Uuid& backup) const;    // Newest first.
    // What holds the newest books: verified, not expired; nullptr when there is none.
    const Backup* newest(CompanyId company) const;
    const std::map<CompanyId, Keeping>& companies() const { return companies_; }
    const Keeping* company(CompanyId id) const;
    const std::optional<Verification>& verification() const { return verification_; }
    const KeyChain& keys() const { return keys_; }

  private:
    void made(const RecordedEvent& recorded, const CustodyNoted& noted);
    void verified(const RecordedEvent& recorded, const CustodyNoted& noted);
    void copied(Backup& backup, const CustodyNoted& noted, Timestamp at);
    void not_copied(Backup& backup, const CustodyNoted& noted, Timestamp at);
    void downloaded(const RecordedEvent& recorded, const CustodyNoted& noted);
    void examined(Timestamp at, const CustodyNoted& noted);

    std::map<Uuid, Backup> backups_; // In order of making.
    std::map<Uuid, Link> links_;
    std::map<CompanyId, Keeping> companies_;
    std::optional<Verification> verification_;
    KeyChain keys_;
};

// The beginning of a note about that backup: which it is.
CustodyNoted noted_of(const Backup& backup);
// That its copy at a schedule's target was made, where it is; or that it was not, and why.
CustodyNoted copy_note(const Backup& backup, const std::string& target,
                       const Result<std::string>& copied);

// Reads the whole of line 0.
Result<CustodyBook> read_custody_book(const log::LogReader& log);

// The value of an option; empty when it is not there.
std::string_view option_of(const CustodyNoted& noted, std::string_view name);

} // namespace daybook::custody
