// Rows to documents: one for each number, its rows the lines in the order of the file, equal rows
// included. Decides what is an invoice and what a credit note.
//
// A number that begins with C, before digits, is a credit note, unless what its rows state adds up
// to more than nothing. Everything else is an invoice, whatever its signs; its sum may not be
// negative.
#pragma once

#include "engine/import/items.h"

namespace daybook::import {

struct SourceDocument {
    std::string number;
    bool credit_note = false;
    std::vector<Item> items; // In file order; at least one.
    WallTime at;             // The earliest of its rows.
    std::string client;      // Of the rows that name one; empty = none does.
    std::string country;     // Of most rows, the first of equals.
    Currency currency;

    // What the document showed, for the report.
    bool several_moments = false;
    bool several_countries = false;
    bool client_missing_on_some = false;
    bool interrupted = false; // Its rows do not follow each other in the file.
};

// Refuses with import_broken_row where rows of one number contradict each other: another client,
// another currency, a day or more apart; more than 2,000 lines; more text than a record holds.
std::expected<std::vector<SourceDocument>, domain::Refusal> group_documents(std::vector<Item> items,
                                                                            const Columns& columns);

// The value that most rows have; the first of equals.
std::string most_frequent(std::span<const std::string> values);

} // namespace daybook::import
