// What the suites of this folder share: logs to test, commits in one line of code, and the whole
// content of a log as one comparable value.
#pragma once

#include "engine/adapters/posix_files.h"
#include "engine/log/memory_event_log.h"
#include "engine/log/rocksdb_event_log.h"
#include "tests/support/fixed_ids.h"
#include "tests/support/ok.h"
#include "tests/support/temp_directory.h"

#include <map>
#include <memory>

namespace daybook::log {

using tests::kind_of_failure;
using tests::ok;

inline Commit commit(LineNumber line, Revision expected_head, std::vector<std::string> records,
                     std::vector<IndexPut> index = {}, std::vector<PersonBlob> persons = {}) {
    return {line, expected_head, std::move(records), std::move(index), std::move(persons)};
}

inline std::vector<LineHead> append(EventLog& log, std::vector<Commit> group) {
    return ok(log.append(group));
}

inline PersonBlob person(const std::string& bytes) { return {sha256(bytes), bytes}; }

// `count` records that differ in content and length.
inline std::vector<std::string> records(std::size_t count, std::string_view name = "record") {
    std::vector<std::string> made;
    for (std::size_t i = 0; i < count; ++i)
        made.push_back(std::string(name) + " " + std::to_string(i) + std::string(i % 7, '.'));
    return made;
}

class LogUnderTest {
  public:
    virtual ~LogUnderTest() = default;
    virtual FillableLog& log() = 0;
    virtual void reopen() = 0; // As a new process would find it.
};

class MemoryUnderTest final : public LogUnderTest {
  public:
    FillableLog& log() override { return log_; }
    void reopen() override {} // Its process cannot end without it.

  private:
    MemoryEventLog log_;
};

class RocksdbUnderTest final : public LogUnderTest {
  public:
    RocksdbUnderTest() { reopen(); }
    FillableLog& log() override { return *opened_.log; }
    void reopen() override {
        opened_ = {};
        opened_ = ok(open_rocksdb_log(files_, directory_.path(), ids_));
        if (opened_.damage)
            throw std::runtime_error(*opened_.damage);
    }

  private:
    tests::TempDirectory directory_;
    PosixFiles files_;
    tests::FixedIds ids_;
    OpenedLog opened_;
};

struct LineContent {
    LineHead head;
    std::vector<StoredRecord> records;
    std::vector<Hash> leaves;
    std::map<Index, std::vector<IndexEntry>> index;
    std::map<Hash, std::optional<std::string>> persons;

    bool operator==(const LineContent&) const = default;
};
using Content = std::map<LineNumber, LineContent>;

inline Result<LineContent> read_line(const LogReader& log, LineNumber line,
                                     const std::vector<PersonBlob>& persons) {
    LineContent content{.head = TRY(log.head(line))};
    while (content.records.size() < content.head.revision) {
        const auto more = TRY(log.read(line, content.records.size() + 1));
        content.records.insert(content.records.end(), more.begin(), more.end());
    }
    if (content.head.revision != 0)
        content.leaves = TRY(log.leaves(line, 1, content.head.revision));
    for (const Index index : {Index::thing, Index::touch, Index::command, Index::claim})
        content.index[index] = TRY(log.scan_index(line, index, ""));
    for (const PersonBlob& person : persons)
        content.persons[person.name] = TRY(log.find_person(line, person.name));
    return content;
}

// Everything that can be read, by every way to read it.
inline Result<Content> read_everything(const LogReader& log,
                                       const std::vector<PersonBlob>& persons = {}) {
    Content content;
    const std::vector<LineNumber> lines = TRY(log.lines());
    for (const LineNumber line : lines)
        content[line] = TRY(read_line(log, line, persons));
    return content;
}

} // namespace daybook::log
