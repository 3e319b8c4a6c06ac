// Which column of a list of clients or products says what: the names that our own export writes, or
// what a mapping makes of others.
#pragma once

#include "api/handlers/list_columns.h"
#include "api/problem.h"
#include "engine/import/csv_reader.h"
#include "events/event.h"

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace daybook::api {

// A column of the file and the member that it sets; none: left alone.
struct ListColumn {
    std::string name; // Its own, or "#3" where it has none.
    std::string member;
    ColumnKind kind = ColumnKind::text;
    bool only_shown = false; // Exported for reading; an import does not set it.
};

struct ListHeader {
    EntityKind kind = EntityKind::none; // client or product
    std::vector<ListColumn> columns;    // One a column of the file.

    std::optional<std::size_t> place(std::string_view member) const;
};

// "Nom:name,Ville:address.city,Notes:ignore", taken apart.
std::vector<NamedText> split_mapping(std::string_view text);

// Nothing when the file is no such list, but perhaps one of documents. Refuses with unknown_format
// what is a list with columns that mean nothing, or with two for one member, naming each; with
// needs_choice what may be either list, unless it is `said`: "clients" or "products".
std::expected<std::optional<ListHeader>, Problem> recognise_list(const import::Row& header,
                                                                 std::span<const NamedText> mapping,
                                                                 std::string_view said);

} // namespace daybook::api
