#include "engine/audit/head_audit.h"

#include "engine/log/head_file.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::audit {
namespace {

constexpr std::size_t kSectorBytes = 512;

struct Slot {
    std::string where;
    std::optional<log::ChainPosition> position;
    std::string_view bytes;
};

std::vector<Slot> slots_of(const HeadFound& found) {
    if (found.bytes.empty())
        return {{"HEAD", found.head.position, {}}};
    std::vector<Slot> slots;
    for (std::size_t at = 0; at + log::kSlotBytes <= found.bytes.size(); at += log::kSlotBytes) {
        const auto bytes = std::string_view(found.bytes).substr(at, log::kSlotBytes);
        slots.push_back(
            {fmt::format("HEAD, slot {}", slots.size()), log::decode_slot(bytes), bytes});
    }
    return slots;
}

// A power cut leaves the first sector, which holds all there is, empty, or the beginning of what
// was written and the end of what was there.
bool is_torn(std::string_view slot, const std::string& written, const Ends& ends) {
    const std::string_view sector = slot.substr(0, kSectorBytes);
    if (slot.find_first_not_of('\0', kSectorBytes) != slot.npos)
        return false;
    if (sector.find_first_not_of('\0') == sector.npos)
        return true;
    const auto same = std::ranges::mismatch(sector, written).in1 - sector.begin();
    return std::ranges::any_of(ends, [&](const auto& end) {
        const std::string before = log::encode_slot(end.second).substr(0, kSectorBytes);
        return sector.substr(static_cast<std::size_t>(same))
               == std::string_view(before).substr(static_cast<std::size_t>(same));
    });
}

} // namespace

std::vector<std::uint64_t> groups_named(const HeadFound& found) {
    std::vector<std::uint64_t> groups;
    for (const Slot& slot : slots_of(found))
        if (slot.position)
            groups.push_back(slot.position->group);
    return groups;
}

bool audit_slots(const HeadFound& found, const Ends& ends, Report& report) {
    const std::vector<Slot> slots = slots_of(found);
    const std::uint64_t found_before = report.found;
    const std::uint64_t newest = found.head.position->group;
    for (std::size_t n = 0; n < slots.size(); ++n) {
        const auto find = [&](std::string what) {
            report.find(slots[n].where, std::move(what), Place{.file = "HEAD"});
        };
        const auto& [where, position, bytes] = slots[n];
        if (!position) {
            const auto next = ends.find(newest + 1);
            const bool was_next = next != ends.end() && next->first % slots.size() == n;
            if (was_next && is_torn(bytes, log::encode_slot(next->second), ends))
                report.notes.push_back(where
                                       + ": it was being written when the machine stopped; "
                                         "the other one counts.");
            else
                find("its checksum does not fit; the other slot is sound");
            continue;
        }
        if (!bytes.empty() && bytes != log::encode_slot(*position))
            find("there is something behind its checksum, where nothing was written");
        if (position->group != newest && position->group + 1 != newest)
            find(fmt::format("it is of group {}, the other one of group {}", position->group,
                             newest));
        const auto end = ends.find(position->group);
        if (end == ends.end())
            continue; // Missing, which is another finding.
        if (position->realm != end->second.realm)
            find("it is of another installation");
        else if (*position != end->second)
            find(fmt::format("it promises another group {}", position->group));
    }
    return report.found == found_before;
}

} // namespace daybook::audit
