#include "engine/custody/custody_book.h"

#include "engine/command/each_event.h"
#include "events/base/reflect.h"
#include "events/base/whole_number.h"

#include <algorithm>
#include <ranges>

namespace daybook::custody {
namespace {

// How a BackupVerified that tells of a failed copy begins: it is read as a sentence, too.
constexpr std::string_view kNotCopied = "not copied: ";

std::uint64_t number_in(std::string_view text) {
    return whole_number<std::uint64_t>(text).value_or(0);
}

std::string who(const Actor& actor) {
    return actor.name.empty() ? std::string(enum_name(actor.kind)) : actor.name;
}

} // namespace

std::string_view option_of(const CustodyNoted& noted, std::string_view name) {
    const auto found = std::ranges::find(noted.options, name, &NamedText::name);
    return found == noted.options.end() ? std::string_view{} : std::string_view(found->value);
}

CustodyNoted noted_of(const Backup& backup) {
    CustodyNoted noted;
    noted.company_id = backup.company;
    noted.log_id = backup.log_id;
    noted.epoch = backup.epoch;
    noted.revision = backup.revision;
    noted.root = backup.root;
    noted.file_sha256 = backup.file_sha256;
    return noted;
}

CustodyNoted copy_note(const Backup& backup, const std::string& target,
                       const Result<std::string>& copied) {
    CustodyNoted noted = noted_of(backup);
    noted.options = {{std::string(kCopyAt), target}};
    noted.target = copied ? *copied : target;
    noted.result = copied ? std::string(kVerified) : std::string(kNotCopied) + copied.error().what;
    return noted;
}

void CustodyBook::made(const RecordedEvent& recorded, const CustodyNoted& noted) {
    const Envelope& envelope = recorded.envelope;
    Backup& backup = backups_[envelope.entity.id];
    backup.id = envelope.entity.id;
    backup.company = noted.company_id.value_or(CompanyId{});
    backup.log_id = noted.log_id;
    backup.epoch = noted.epoch;
    backup.revision = noted.revision;
    backup.root = noted.root.value_or(Hash{});
    backup.file_sha256 = noted.file_sha256.value_or(Hash{});
    backup.path = noted.target;
    const std::string_view name = option_of(noted, kName);
    backup.name = name.empty() ? noted.target.substr(noted.target.rfind('/') + 1) : name;
    backup.bytes = number_in(option_of(noted, kBytes));
    backup.attachments = option_of(noted, kAttachments) != "false";
    backup.emails = option_of(noted, kEmails) != "false";
    backup.history = option_of(noted, kHistory) != "false";
    backup.sealed = option_of(noted, kSealed) == "true";
    backup.scheduled = option_of(noted, kScheduled) == "true";
    backup.made_by = who(envelope.actor);
    backup.made_at = envelope.recorded_at;
    backup.verified_at = envelope.recorded_at;
    if (const auto company = companies_.find(backup.company); company != companies_.end())
        company->second.backed_up_at = envelope.recorded_at;
}

// Read again and found sound; or a copy of it written elsewhere, or not.
void CustodyBook::verified(const RecordedEvent& recorded, const CustodyNoted& noted) {
    const auto found = backups_.find(recorded.envelope.entity.id);
    if (found == backups_.end())
        return;
    Backup& backup = found->second;
    const Timestamp at = recorded.envelope.recorded_at;
    if (noted.result != kVerified)
        return not_copied(backup, noted, at);
    backup.verified_at = at;
    if (noted.target != backup.path)
        copied(backup, noted, at);
    if (const auto company = companies_.find(backup.company);
        company != companies_.end() && option_of(noted, kScheduled) == "true")
        company->second.backed_up_at = recorded.envelope.recorded_at;
}

void CustodyBook::copied(Backup& backup, const CustodyNoted& noted, Timestamp at) {
    if (std::ranges::find(backup.copies, noted.target) == backup.copies.end())
        backup.copies.push_back(noted.target);
    const auto company = companies_.find(backup.company);
    if (company == companies_.end())
        return;
    // Older notes do not say which target it was; then it was that of the schedule.
    std::string target(option_of(noted, kCopyAt));
    if (target.empty())
        target = company->second.schedule.target;
    if (target.empty())
        return;
    company->second.targets[target].copied_at = at;
    if (backup.not_copied && backup.not_copied->target == target)
        backup.not_copied.reset();
}

void CustodyBook::not_copied(Backup& backup, const CustodyNoted& noted, Timestamp at) {
    const std::string target(option_of(noted, kCopyAt));
    if (target.empty())
        return;
    std::string_view why = noted.result;
    if (why.starts_with(kNotCopied))
        why.remove_prefix(kNotCopied.size());
    backup.not_copied = NotCopied{target, at, std::string(why)};
    if (const auto company = companies_.find(backup.company); company != companies_.end())
        company->second.targets[target].failure = backup.not_copied;
}

void CustodyBook::downloaded(const RecordedEvent& recorded, const CustodyNoted& noted) {
    if (const auto backup = backups_.find(recorded.envelope.entity.id); backup != backups_.end())
        ++backup->second.downloads;
    if (const auto id = parse_uuid(option_of(noted, kLink)))
        if (const auto link = links_.find(*id); link != links_.end())
            ++link->second.downloads;
}

// A repair is noted by the same event, and says nothing of how the books are since.
void CustodyBook::examined(Timestamp at, const CustodyNoted& noted) {
    if (noted.target != kOwnBooks)
        return;
    const auto sound_at = noted.result == kVerified ? std::optional(at)
                          : verification_           ? verification_->sound_at
                                                    : std::nullopt;
    verification_ = {at, noted.result, number_in(option_of(noted, kEvents)), sound_at};
}

void CustodyBook::apply(const RecordedEvent& recorded) {
    const Timestamp at = recorded.envelope.recorded_at;
    const Uuid& id = recorded.envelope.entity.id;
    keys_.apply(recorded);
    if (const auto* opened = std::get_if<CompanyOpened>(&recorded.event))
        companies_.try_emplace(opened->company_id, Keeping{at, {}, {}, {}, {}, {}});
    else if (const auto* closed = std::get_if<CompanyClosed>(&recorded.event))
        companies_.erase(closed->company_id);
    else if (const auto* backup = std::get_if<BackupMade>(&recorded.event))
        made(recorded, *backup);
    else if (const auto* sound = std::get_if<BackupVerified>(&recorded.event))
        verified(recorded, *sound);
    else if (const auto* download = std::get_if<FileDownloaded>(&recorded.event))
        downloaded(recorded, *download);
    else if (std::holds_alternative<BackupExpired>(recorded.event)) {
        if (const auto found = backups_.find(id); found != backups_.end())
            found->second.expired_at = at;
    } else if (const auto* issued = std::get_if<LinkIssued>(&recorded.event)) {
        const auto link = parse_uuid(option_of(*issued, kLink));
        const auto until = parse_timestamp(option_of(*issued, kExpiresAt));
        if (link && until)
            links_[*link] = {*link, id, at, *until, {}, 0};
    } else if (const auto* revoked = std::get_if<LinkRevoked>(&recorded.event)) {
        if (const auto link = parse_uuid(option_of(*revoked, kLink));
            link && links_.contains(*link))
            links_[*link].revoked_at = at;
    } else if (const auto* drill = std::get_if<DrillRun>(&recorded.event)) {
        if (const auto company = companies_.find(drill->company_id.value_or(CompanyId{}));
            company != companies_.end()) {
            auto passed = company->second.drill ? company->second.drill->passed_at : std::nullopt;
            if (drill->result == kVerified)
                passed = at;
            company->second.drill = Drill{at, id, drill->result, passed};
        }
    } else if (const auto* run = std::get_if<VerificationRun>(&recorded.event)) {
        examined(at, *run);
    } else if (const auto* set = std::get_if<ScheduleSet>(&recorded.event)) {
        if (const auto company = companies_.find(set->company_id.value_or(CompanyId{}));
            company != companies_.end()) {
            company->second.schedule = schedule_of(*set);
            company->second.schedule_set_at = at;
        }
    }
}

const Backup* CustodyBook::find(const Uuid& id) const {
    const auto found = backups_.find(id);
    return found == backups_.end() ? nullptr : &found->second;
}

const Link* CustodyBook::link(const Uuid& id) const {
    const auto found = links_.find(id);
    return found == links_.end() ? nullptr : &found->second;
}

std::vector<const Backup*> CustodyBook::backups_of(CompanyId company) const {
    std::vector<const Backup*> backups;
    for (const auto& [id, backup] : std::views::reverse(backups_))
        if (backup.company == company)
            backups.push_back(&backup);
    return backups;
}

std::vector<const Link*> CustodyBook::links_of(const Uuid& backup) const {
    std::vector<const Link*> links;
    for (const auto& [id, link] : std::views::reverse(links_))
        if (link.backup == backup)
            links.push_back(&link);
    return links;
}

const Backup* CustodyBook::newest(CompanyId company) const {
    const Backup* newest = nullptr;
    for (const Backup* backup : backups_of(company)) // By revision: a slow one may end last.
        if (!backup->expired_at
            && (!newest
                || std::pair(backup->epoch, backup->revision)
                       > std::pair(newest->epoch, newest->revision)))
            newest = backup;
    return newest;
}

const Keeping* CustodyBook::company(CompanyId id) const {
    const auto found = companies_.find(id);
    return found == companies_.end() ? nullptr : &found->second;
}

Result<CustodyBook> read_custody_book(const log::LogReader& log) {
    CustodyBook book;
    TRY(command::each_event(log, log::kInstanceLine,
                            [&](const RecordedEvent& recorded) -> Result<void> {
                                book.apply(recorded);
                                return {};
                            }));
    return book;
}

} // namespace daybook::custody
