#include "engine/log/append_rules.h"

#include "events/base/planted.h"

#include <fmt/format.h>
#include <unordered_map>

namespace daybook::log {
namespace {

Result<void> check_sizes(const Commit& commit) {
    if (commit.records.empty())
        return fail(ErrorKind::invalid,
                    describe(commit.line) + ": a commit holds at least one record");
    for (const std::string& record : commit.records)
        if (record.size() > kRecordBytesMax)
            return fail(ErrorKind::invalid,
                        fmt::format("{}: a record of {} bytes; {} are allowed",
                                    describe(commit.line), record.size(), kRecordBytesMax));
    for (const IndexPut& put : commit.index)
        if (put.key.size() > kIndexKeyBytesMax)
            return fail(ErrorKind::invalid,
                        fmt::format("{}: an index key of {} bytes; {} are allowed",
                                    describe(commit.line), put.key.size(), kIndexKeyBytesMax));
    return {};
}

Result<void> check_persons(const Commit& commit) {
    for (const PersonBlob& person : commit.persons) {
        if (person.bytes.size() > kPersonBytesMax)
            return fail(ErrorKind::invalid,
                        fmt::format("{}: personal data of {} bytes; {} are allowed",
                                    describe(commit.line), person.bytes.size(), kPersonBytesMax));
        if (sha256(person.bytes) != person.name)
            return fail(ErrorKind::invalid,
                        fmt::format("{}: personal data named {} does not hash to its name",
                                    describe(commit.line), to_hex(person.name)));
    }
    return {};
}

} // namespace

Result<void> check_group(std::span<const Commit> group,
                         const std::function<Result<Revision>(LineNumber)>& head_of) {
    std::unordered_map<LineNumber, Revision> heads;
    for (const Commit& commit : group) {
        TRY(check_sizes(commit));
        TRY(check_persons(commit));
        auto head = heads.find(commit.line);
        if (head == heads.end())
            head = heads.emplace(commit.line, TRY(head_of(commit.line))).first;
        if (commit.expected_head != head->second && !planted("any head is the one expected"))
            return fail(ErrorKind::conflict,
                        fmt::format("{}: its head is {}, not {} as expected", describe(commit.line),
                                    head->second, commit.expected_head));
        head->second += commit.records.size();
    }
    return {};
}

Result<void> check_range(LineNumber line, Revision first, Revision last, Revision head) {
    if (first >= 1 && first <= last && last <= head)
        return {};
    return fail(ErrorKind::invalid, fmt::format("{}: {} to {} is not a range of its {} records",
                                                describe(line), first, last, head));
}

Result<std::pair<Revision, Revision>> subtree_range(LineNumber line, unsigned height,
                                                    std::uint64_t index, Revision head) {
    if (height >= 63 || index >= (head >> height))
        return fail(ErrorKind::invalid,
                    fmt::format("{}: its {} records do not fill subtree {} of height {}",
                                describe(line), head, index, height));
    return std::pair{(index << height) + 1, (index + 1) << height};
}

std::string describe(LineNumber line) { return fmt::format("line {}", line); }

} // namespace daybook::log
