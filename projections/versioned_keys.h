// One versioned table under everything (design 2.4): how rows of all tables of all lines, their
// history and the lists of what changed lie in one RocksDB column family.
//
//     class  key                                          value
//     'c'    line u32 ‖ table u8 ‖ key                    row, as it is now (some tables)
//     'h'    line u32 ‖ table u8 ‖ key ‖ ~revision u64    01 ‖ row; or 00: the row went
//     'l'    line u32 ‖ revision u64                      change list of the commit that ends there
//     'm'    (empty)                                      realm ‖ code version u32
//
//     change list: commit_first u64 ‖ recorded_at i64 ‖ flag u8 ‖ root, if the flag is 1
//                  ‖ for each changed row: table u8 ‖ bytes u32 ‖ key
//
// `~revision` puts the newest version first, so the row as of r is the first at or after ~r.
// The last change list of a line is how far the line is shown. It is written in the same batch as
// the rows of its commit, and the last of a batch carries the line's root: a position can neither
// run ahead of its rows nor stand beside another log unseen.
#pragma once

#include "engine/log/event_log.h"
#include "projections/table_keys.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::projections {

inline constexpr std::size_t kRowPrefixBytes = 1 + 4 + 1;
inline constexpr std::size_t kRevisionBytes = 8;

// Physical keys and values, in the order in which they lie.
using PhysicalRows = std::map<std::string, std::string>;

struct CommitRow {
    Revision first = 0;
    Revision last = 0;
    Timestamp recorded_at;
    std::optional<Hash> root; // After the commit.
    std::vector<std::pair<Table, std::string>> changed;
};

std::string current_key(log::LineNumber line, Table table, std::string_view key);
std::string history_prefix(log::LineNumber line, Table table, std::string_view key);
std::string history_key(log::LineNumber line, Table table, std::string_view key, Revision revision);
void append_history_revision(std::string& key, Revision revision);
Revision revision_of_history_key(std::string_view key);
std::string_view logical_key(std::string_view history_key);

std::string history_value(const std::optional<std::string>& row);
// Nothing for a row that went.
std::optional<std::string_view> row_of_history_value(std::string_view value);

std::string commit_prefix(log::LineNumber line);
std::string commit_key(log::LineNumber line, Revision last);
std::string encode_commit(const CommitRow& commit);
Result<CommitRow> decode_commit(std::string_view key, std::string_view value);

std::string meta_key();

} // namespace daybook::projections
