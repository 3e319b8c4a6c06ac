#include "engine/audit/chain_audit.h"

#include "engine/log/big_endian.h"
#include "engine/log/tiles.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::audit {
namespace {

class ChainWalk {
  public:
    ChainWalk(const log::FoundHead& head, Report& report) : head_(head), report_(report) {}

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
        if (head_.position && head_.position->group == next_)
            compare(*head_.position);
        promises_.last_group = next_++;
    }

    Promises finish() {
        if (next_ == 0)
            report_.find("group 0", "the log is empty, not even its birth is in it");
        report_.groups = promises_.last_group;
        if (!head_.exists && promises_.last_group > 0)
            report_.find("HEAD", "it is missing");
        else if (head_.exists && !head_.position)
            report_.find("HEAD", head_.trouble);
        else if (head_.position)
            compare_ends(head_.position->group);
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
        for (const log::GroupEntry& entry : decoded->entries)
            follow(where, entry);
    }
    void follow(const std::string& where, const log::GroupEntry& entry) {
        auto& promised = promises_.lines[entry.line];
        switch (entry.deed) {
        case log::Deed::swept:
            promises_.lines.erase(entry.line);
            promises_.unfinished.erase(entry.line);
            return;
        case log::Deed::filled:
            promises_.unfinished.insert(entry.line);
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
    void compare(const log::ChainPosition& head) {
        if (head.chain != chain_)
            report_.find("HEAD", fmt::format("it promises another group {}", head.group));
        if (head.realm != promises_.realm)
            report_.find("HEAD", "it is of another installation");
    }
    void compare_ends(std::uint64_t acknowledged) {
        const std::uint64_t last = promises_.last_group;
        if (acknowledged > last)
            report_.find("HEAD", fmt::format("{} groups were acknowledged, the log holds {}",
                                             acknowledged, last));
        else if (acknowledged + 1 < last)
            report_.find("HEAD", fmt::format("the log holds {} groups, of which {} were "
                                             "acknowledged; one more at most is possible",
                                             last, acknowledged));
        else if (acknowledged < last)
            report_.notes.push_back("The last group was written and not acknowledged; it counts.");
    }

    const log::FoundHead& head_;
    Report& report_;
    Promises promises_;
    std::uint64_t next_ = 0;
    Hash chain_;
    bool is_continuous_ = false;
};

} // namespace

Result<Promises> audit_chain(const log::RocksdbStore& store, const log::FoundHead& head,
                             Report& report) {
    ChainWalk walk(head, report);
    TRY(store.scan(log::Family::groups, {}, {}, [&](std::string_view key, std::string_view value) {
        walk.group(key, value);
        return true;
    }));
    return walk.finish();
}

} // namespace daybook::audit
