// Limits of the stored form: constants of the format, the same when writing and when reading, so
// that nothing is ever written that cannot be read again.
#pragma once

#include <cstddef>
#include <cstdint>

namespace daybook {

// Of the records that are written. Fields may be added under the same number; a change of meaning
// takes the next one, and an upcaster.
inline constexpr std::uint32_t kSchemaVersion = 1;

inline constexpr std::size_t kLinesMax = 2'000; // Of a document.
inline constexpr std::size_t kTaxesPerLineMax = 5;
inline constexpr std::size_t kRecordBytesMax = 4 * 1024 * 1024;
inline constexpr std::size_t kPersonBytesMax = 64 * 1024;
inline constexpr std::size_t kCommitEventsMax = 50'000;
inline constexpr std::size_t kCommitBytesMax = 32 * 1024 * 1024;

// The widest record is a credit note of 2,000 lines with 5 taxes each. A line has a discount, a
// period and 5 taxes with exemptions: 1 + 2 + 10 tables; its credit 1 + 5 rows with tax and
// exemption: 16. 2,000 × 29 = 58,000, and the rest of the document stays far below 7,000.
inline constexpr std::uint32_t kTablesMax = 65'536;
inline constexpr std::uint32_t kTableDepthMax = 16;

} // namespace daybook
