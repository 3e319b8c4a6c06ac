#include "engine/audit/chain_audit.h"

#include "engine/log/big_endian.h"
#include "engine/log/tiles.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::audit {
namespace {

class ChainWalk {
  public:
    ChainWalk(const HeadFound& found, Report& report)
        : found_(found), named_(groups_named(found)), report_(report) {}

    void group(std::string_view key, std::string_view value) {
        const auto wanted = log::group_key(next_);
        const std::string where = fmt::format("group {}", next_);
        if (key != std::string_view(wanted)) {
            report_.find(where, "it is missing");
            if (key.size() == std::string_view(wanted).size())
                next_ = log::read_big_endian<std::uint64_t>(key, 0);
            is_continuous_ = false;
        }
        const auto chain = log::hash_at(value, 0);
        if (!chain) {
            report_.find(where, "it is cut short");
            is_continuous_ = false;
        } else {
            const std::string_view row = value.substr(log::kHashBytes);
            next_ == 0 ? birth(row, *chain) : link(where, row, *chain);
            chain_ = *chain;
            is_continuous_ = true;
        }
        remember();
        promises_.last_group = next_++;
    }

    Promises finish() {
        if (next_ == 0)
            report_.find("group 0", "the log is empty, not even its birth is in it");
        report_.groups = promises_.last_group;
        if (!found_.head.exists && promises_.last_group > 0)
            report_.find("HEAD", "it is missing");
        else if (found_.head.exists && !found_.head.position)
            report_.find("HEAD", found_.head.trouble);
        else if (found_.head.position)
            compare_ends(found_.head.position->group);
        return std::move(promises_);
    }

  private:
    void birth(std::string_view row, const Hash& chain) {
        if (row.size() != promises_.realm.bytes.size())
            return report_.find("group 0", "the log's birth names no installation");
        std::ranges::copy(row, promises_.realm.bytes.begin());
        if (chain != log::first_chain(promises_.realm))
            report_.find("group 0", "the chain does not begin with its installation");
    }
    void link(const std::string& where, std::string_view row, const Hash& chain) {
        if (is_continuous_ && chain != log::next_chain(chain_, row))
            report_.find(where, "it does not continue the group before it");
        const auto decoded = log::decode_row(row);
        if (!decoded)
            return report_.find(where, decoded.error().what);
        bytes_ = decoded->bytes;
        for (const log::GroupEntry& entry : decoded->entries)
            follow(where, entry);
    }
    void follow(const std::string& where, const log::GroupEntry& entry) {
        auto& promised = promises_.lines[entry.line];
        switch (entry.deed) {
        case log::Deed::swept:
            promises_.lines.erase(entry.line);
            promises_.unfinished.erase(entry.line);
            promises_.swept.insert(entry.line);
            return;
        case log::Deed::filled:
            promises_.unfinished.insert(entry.line);
            promises_.swept.erase(entry.line);
            break;
        case log::Deed::shown:
            promises_.unfinished.erase(entry.line);
            break;
        case log::Deed::appended:
            break;
        }
        const Revision before = promised.empty() ? 0 : promised.rbegin()->first;
        if (entry.first != before + 1 && entry.last >= entry.first)
            report_.find(where, fmt::format("line {}: it goes on at revision {}, after {}",
                                            entry.line, entry.first, before));
        if (entry.last > 0)
            promised[entry.last] = {next_, entry.root};
    }
    // Those of the end, and those that HEAD speaks of.
    void remember() {
        constexpr std::uint64_t kKept = 4;
        ends_[next_] = {promises_.realm, next_, chain_, bytes_};
        if (next_ >= kKept && std::ranges::find(named_, next_ - kKept) == named_.end())
            ends_.erase(next_ - kKept);
    }
    void compare_ends(std::uint64_t acknowledged) {
        const std::uint64_t last = promises_.last_group;
        const bool can_be_believed = audit_slots(found_, ends_, report_);
        if (acknowledged + 1 < last)
            report_.find("HEAD", fmt::format("the log holds {} groups, of which {} were "
                                             "acknowledged; one more at most is possible",
                                             last, acknowledged));
        else if (acknowledged + 1 == last && can_be_believed)
            report_.notes.push_back("The last group was written and not acknowledged; it counts.");
    }

    const HeadFound& found_;
    const std::vector<std::uint64_t> named_;
    Report& report_;
    Ends ends_;
    Promises promises_;
    std::uint64_t next_ = 0;
    Hash chain_;
    std::uint64_t bytes_ = 0;
    bool is_continuous_ = false;
};

} // namespace

Result<Promises> audit_chain(const log::RocksdbStore& store, const HeadFound& found,
                             Report& report) {
    ChainWalk walk(found, report);
    TRY(store.scan(log::Family::groups, {}, {}, [&](std::string_view key, std::string_view value) {
        walk.group(key, value);
        return true;
    }));
    return walk.finish();
}

} // namespace daybook::audit
