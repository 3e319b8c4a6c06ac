#include "api/backups/backup_subject.h"

#include "engine/custody/shelf.h"

#include <algorithm>

namespace daybook::api {
namespace {

constexpr std::size_t kNameBytesMax = 200; // Beside an id and extensions, below every 255.

// How many bytes from `at` on no file name should hold: controls (C1 is two bytes in UTF-8, C2 80
// to C2 9F) and what divides a path.
std::size_t unfit(std::string_view text, std::size_t at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x20 || byte == 0x7f || byte == '/' || byte == '\\')
        return 1;
    const bool c1 =
        byte == 0xc2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xa0;
    return c1 ? 2 : 0;
}

bool has_unfit(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at)
        if (unfit(text, at) != 0)
            return true;
    return false;
}

// Cuts between characters, not inside one.
std::string cut(std::string text, std::size_t bytes_max) {
    if (text.size() <= bytes_max)
        return text;
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    text.resize(end);
    return text;
}

} // namespace

std::string backup_name(const std::string& company, Date day) {
    std::string name;
    for (std::size_t at = 0; at < company.size();) {
        const std::size_t skipped = unfit(company, at);
        name += skipped == 0 ? company[at] : '-';
        at += std::max<std::size_t>(skipped, 1);
    }
    if (name.empty() || name.front() == '.' || name.front() == '-')
        name = "company " + name;
    return cut(name, kNameBytesMax - 20) + " " + to_text(day) + std::string(custody::kExtension);
}

std::optional<std::string> file_name_of(std::string name) {
    if (name.ends_with(custody::kExtension))
        name.resize(name.size() - custody::kExtension.size());
    if (name.empty() || name.size() > kNameBytesMax || name == "." || name == ".."
        || has_unfit(name))
        return std::nullopt;
    return name + std::string(custody::kExtension);
}

Result<BackupSubject> backup_subject(Service& service, CompanyId company) {
    const auto directory = service.directory();
    const command::CompanyLine* where = directory->find(company);
    if (!where)
        return fail(ErrorKind::invalid, "no such company");
    const auto snapshot = TRY(service.views().snapshot(where->line));
    const auto row = TRY(snapshot->find({EntityKind::company, where->book.value}));
    const auto* state = row ? std::get_if<domain::CompanyState>(&row->state) : nullptr;
    if (!state)
        return fail(ErrorKind::busy, "the views do not show the company yet");
    const Timestamp now = service.clock().now();
    const Date today = service.local_date(now, state->profile.time_zone).value_or(Date{});
    const std::string& name = state->profile.party.name;
    return BackupSubject{{where->line, where->log_id, where->epoch, snapshot->revision(), company,
                          name, service.realm(), service.software(), now},
                         backup_name(name, today)};
}

} // namespace daybook::api
