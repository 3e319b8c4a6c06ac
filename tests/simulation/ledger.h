// The second, simple ledger: what was acknowledged, as plain bytes in memory, and what the last
// group would have added. It learns both at the log's own door, before a byte reaches the disk.
#pragma once

#include "engine/log/forwarding_log.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace daybook::simulation {

using Lines = std::map<log::LineNumber, std::vector<std::string>>;

struct Ledger {
    Lines acknowledged;
    std::optional<Lines> in_doubt; // What the group adds whose outcome nobody knows.
    std::uint64_t groups = 0;

    void begin(std::span<const log::Commit> group) {
        in_doubt.emplace();
        for (const log::Commit& commit : group)
            for (const std::string& record : commit.records)
                (*in_doubt)[commit.line].push_back(record);
    }
    void acknowledge() {
        take_doubted();
        ++groups;
    }
    // It was written after all.
    void take_doubted() {
        for (auto& [line, records] : *in_doubt)
            std::ranges::move(records, std::back_inserter(acknowledged[line]));
        in_doubt.reset();
    }
};

// A log whose groups the ledger sees go in and come out.
class WitnessedLog final : public log::AppendingLog {
  public:
    WitnessedLog(log::FillableLog& log, Ledger& ledger) : AppendingLog(log), ledger_(ledger) {}

    Result<std::vector<log::LineHead>> append(std::span<const log::Commit> group) override {
        ledger_.begin(group);
        auto heads = to().append(group);
        if (heads)
            ledger_.acknowledge();
        return heads;
    }

  private:
    Ledger& ledger_;
};

// Everything that can be read, line by line.
inline Result<Lines> read_lines(const log::LogReader& log) {
    Lines lines;
    const std::vector<log::LineNumber> numbers = TRY(log.lines());
    for (const log::LineNumber line : numbers)
        for (Revision next = 1;;) {
            const auto records = TRY(log.read(line, next));
            if (records.empty())
                break;
            for (const log::StoredRecord& record : records)
                lines[line].push_back(record.bytes);
            next = records.back().revision + 1;
        }
    return lines;
}

} // namespace daybook::simulation
