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
class WitnessedLog final : public log::ForwardingLog {
  public:
    WitnessedLog(log::FillableLog& log, Ledger& ledger) : log_(log), ledger_(ledger) {}

    Result<std::vector<log::LineHead>> append(std::span<const log::Commit> group) override {
        ledger_.begin(group);
        auto heads = log_.append(group);
        if (heads)
            ledger_.acknowledge();
        return heads;
    }
    std::uint64_t watch(Watcher watcher) override { return log_.watch(std::move(watcher)); }
    void unwatch(std::uint64_t id) override { log_.unwatch(id); }
    Result<log::LineHead> fill(const log::Commit& batch) override { return log_.fill(batch); }
    Result<std::vector<log::LineHead>> show(log::LineNumber line,
                                            std::span<const log::Commit> with) override {
        return log_.show(line, with);
    }
    Result<std::vector<log::UnfinishedLine>> unfinished_lines() const override {
        return log_.unfinished_lines();
    }
    Result<void> sweep(log::LineNumber line) override { return log_.sweep(line); }

  private:
    const log::LogReader& reader() const override { return log_; }
    log::FillableLog& log_;
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
