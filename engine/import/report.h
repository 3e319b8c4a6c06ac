// What a file was like: counts, sums, and every oddity with examples. Nothing of a file is dropped
// or bent in silence: what was not imported as it stood is counted here, under a name that stays.
#pragma once

#include "engine/import/clients.h"

namespace daybook::import {

inline constexpr std::size_t kExamplesMax = 5;
inline constexpr std::size_t kDifferencesMax = 100; // In the record; each document has all of its.

struct Observed {
    const Table& table;
    const Columns& columns;
    const Choices& choices;
    std::span<const SourceDocument> documents;
    std::span<const domain::ImportedDocument> imported; // In the same order.
    const Clients& clients;
    Currency base_currency;
    Date today;
};

// Fills counts, sums, differences and warnings. False when a sum leaves the range of amounts.
bool report(const Observed& observed, ImportRecorded& into);

} // namespace daybook::import
