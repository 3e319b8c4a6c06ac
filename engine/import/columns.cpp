#include "engine/import/columns.h"

#include "engine/import/faults.h"
#include "engine/import/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace daybook::import {
namespace {

using domain::Code;

struct Spelling {
    std::string_view name; // Folded.
    Role role;
};

// The first of each role is the name in the online-retail files. Short words that may mean two
// things ("total" of what?, "name" of whom?) are left to the mapping.
constexpr std::array kSpellings = std::to_array<Spelling>({
    {"invoiceno", Role::number},
    {"invoice", Role::number}, // Its later edition.
    {"invoicenumber", Role::number},
    {"documentno", Role::number},
    {"documentnumber", Role::number},
    {"numerofacture", Role::number},
    {"stockcode", Role::code},
    {"productcode", Role::code},
    {"itemcode", Role::code},
    {"sku", Role::code},
    {"description", Role::description},
    {"productname", Role::description},
    {"designation", Role::description},
    {"quantity", Role::quantity},
    {"qty", Role::quantity},
    {"quantite", Role::quantity},
    {"invoicedate", Role::date},
    {"documentdate", Role::date},
    {"issuedon", Role::date},
    {"datefacture", Role::date},
    {"unitprice", Role::unit_price},
    {"price", Role::unit_price}, // The later edition, too.
    {"prixunitaire", Role::unit_price},
    {"customerid", Role::client},
    {"customerno", Role::client},
    {"customernumber", Role::client},
    {"clientid", Role::client},
    {"codeclient", Role::client},
    {"country", Role::country},
    {"pays", Role::country},
    {"totalprice", Role::total},
    {"linetotal", Role::total},
    {"currency", Role::currency},
    {"devise", Role::currency},
});

constexpr std::array kNeeded = {Role::number, Role::quantity, Role::date, Role::unit_price};

// The columns of the published data set; TotalPrice was added by others.
constexpr std::array<std::string_view, 8> kOnlineRetail = {
    "invoiceno",   "stockcode", "description", "quantity",
    "invoicedate", "unitprice", "customerid",  "country"};

std::vector<std::string> display_names(const Row& header) {
    std::vector<std::string> names;
    for (const std::string& field : header.fields)
        names.push_back(trimmed(field).empty() ? fmt::format("#{}", names.size() + 1)
                                               : std::string(trimmed(field)));
    return names;
}

std::optional<Role> suggested_role(std::string_view name) {
    const auto found = std::ranges::find(kSpellings, folded(name), &Spelling::name);
    return found == kSpellings.end() ? std::nullopt : std::optional(found->role);
}

// Position of a column that a mapping speaks of: by exact name, by place, or by folded name.
std::optional<std::size_t> find_column(const std::vector<std::string>& names,
                                       std::string_view wanted) {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == wanted || fmt::format("#{}", i + 1) == wanted)
            return i;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (!folded(wanted).empty() && folded(names[i]) == folded(wanted))
            return i;
    return std::nullopt;
}

// Roles by column: suggested ones, unless a mapping speaks of the column or gives the role away.
std::vector<std::optional<Role>> assign_roles(const std::vector<std::string>& names,
                                              std::span<const MappedColumn> mapping,
                                              Faults& faults) {
    std::vector<std::optional<Role>> roles;
    for (const std::string& name : names) {
        auto role = suggested_role(name);
        if (role && std::ranges::find(mapping, role, &MappedColumn::role) != mapping.end())
            role.reset();
        roles.push_back(role);
    }
    for (const MappedColumn& mapped : mapping) {
        if (const auto at = find_column(names, mapped.column))
            roles[*at] = mapped.role;
        else
            faults.add("/mapping", Code::unknown_format,
                       fmt::format("there is no column {}", in_quotes(mapped.column)));
    }
    return roles;
}

std::string system_of(const Columns& columns) {
    std::vector<std::string> names;
    std::ranges::transform(columns.names, std::back_inserter(names), folded);
    const auto is_there = [&](auto name) { return std::ranges::find(names, name) != names.end(); };
    if (std::ranges::all_of(kOnlineRetail, is_there))
        return "csv:online-retail";
    return "csv:" + folded(columns.name(Role::number));
}

} // namespace

std::string Columns::name(Role role) const {
    return place(role) ? names[*place(role)] : std::string(enum_name(role));
}

std::string_view Columns::field(const Row& row, Role role) const {
    return place(role) ? std::string_view(row.fields[*place(role)]) : std::string_view{};
}

std::expected<Columns, domain::Refusal> recognise(const Row& header,
                                                  std::span<const MappedColumn> mapping) {
    Columns columns{.names = display_names(header)};
    Faults faults;
    const auto roles = assign_roles(columns.names, mapping, faults);
    for (std::size_t i = 0; i < roles.size(); ++i) {
        if (!roles[i]) {
            columns.ignored.push_back(i);
            continue;
        }
        auto& place = columns.places[static_cast<std::size_t>(*roles[i])];
        if (place)
            faults.add(row_pointer(header.line, columns.names[i]), Code::unknown_format,
                       fmt::format("{} and {} both mean {}; say which in the mapping",
                                   in_quotes(columns.names[*place]), in_quotes(columns.names[i]),
                                   enum_name(*roles[i])));
        place = i;
    }
    for (const Role role : kNeeded)
        if (!columns.has(role))
            faults.add("/mapping", Code::unknown_format,
                       fmt::format("no column means {}", enum_name(role)));
    if (!faults.empty())
        return std::unexpected(std::move(faults).refusal(
            Code::unknown_format,
            fmt::format("Columns found: {}", fmt::join(columns.names, ", "))));
    columns.system = system_of(columns);
    return columns;
}

} // namespace daybook::import
