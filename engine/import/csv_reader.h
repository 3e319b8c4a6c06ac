// A CSV file as rows of text, by RFC 4180, strictly: what its quotes mean is never guessed, blanks
// are part of a field, and every row knows its line in the file, whatever newlines its fields hold.
#pragma once

#include "engine/domain/refusal.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::import {

inline constexpr std::size_t kRowBytesMax = 1024 * 1024;
inline constexpr std::size_t kFieldsMax = 200;

struct Row {
    std::uint64_t line = 0; // Of the file, from 1, where the row begins.
    std::vector<std::string> fields;

    bool operator==(const Row&) const = default;
};

inline constexpr char kNoSeparator = '\0'; // Of a workbook, whose cells need none.

// Every row has as many fields as the header.
struct Table {
    char separator = ',';
    Row header;
    std::vector<Row> rows;
    // Lines of the rows whose fields are all empty; they are not among `rows`.
    std::vector<std::uint64_t> blank_rows;

    bool operator==(const Table&) const = default;
};

// The separator is the one that stands most often in the header (comma, semicolon, tab) unless
// given. Refuses: import_broken_row with every row at fault, import_empty, unknown_format.
std::expected<Table, domain::Refusal> read_csv(std::string_view bytes,
                                               std::optional<char> separator = {});

} // namespace daybook::import
