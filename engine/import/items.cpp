#include "engine/import/items.h"

#include "engine/import/faults.h"
#include "engine/import/numbers.h"
#include "engine/import/text.h"

#include <fmt/format.h>

namespace daybook::import {
namespace {

using domain::Code;

// parse_decimal() names its reason by the code the API has for it.
Code code_of(const Error& error) {
    if (error.what == "too_many_decimals")
        return Code::too_many_decimals;
    return error.what == "out_of_range" ? Code::out_of_range : Code::not_a_decimal;
}

// Reads the fields of one row; every fault is noted, and reading goes on.
class RowFields {
  public:
    RowFields(const Row& row, const Columns& columns, Faults& faults)
        : row_(row), columns_(columns), faults_(faults) {}

    // Kept as it is.
    std::string text(Role role) {
        const std::string_view field = columns_.field(row_, role);
        if (field.size() > kTextMax)
            fault(role, Code::text_too_long,
                  fmt::format("{} bytes; {} are the limit", field.size(), kTextMax));
        return std::string(field);
    }
    // What something is called by.
    std::string name(Role role) {
        const std::string_view field = trimmed(columns_.field(row_, role));
        if (field.size() > kNameMax)
            fault(role, Code::text_too_long,
                  fmt::format("{} bytes; {} are the limit", field.size(), kNameMax));
        else if (has_control_characters(field))
            fault(role, Code::invalid_input,
                  fmt::format("{} holds a line break or a control character", in_quotes(field)));
        return std::string(field);
    }
    std::string needed_name(Role role) {
        std::string given = name(role);
        if (given.empty())
            missing(role);
        return given;
    }
    Decimal number(Role role, char decimal) {
        const std::string_view field = trimmed(columns_.field(row_, role));
        if (field.empty()) {
            missing(role);
            return {};
        }
        const auto parsed = parse_number(field, decimal);
        if (!parsed)
            fault(role, code_of(parsed.error()),
                  fmt::format("{} cannot be read as a number with '{}' as decimal: {}",
                              in_quotes(field), decimal, parsed.error().what));
        return parsed.value_or(Decimal{});
    }
    std::optional<Amount> amount(Role role, char decimal, const Currency& currency) {
        if (trimmed(columns_.field(row_, role)).empty())
            return std::nullopt;
        const auto digits = currency.digits();
        const Decimal stated = number(role, decimal);
        if (!digits)
            return std::nullopt;
        // Exact or refused: a stated amount is a fact, rounding it would make another one.
        const std::int64_t step = kMicro / power_of_ten(*digits);
        const Amount amount{stated.micro / step};
        if (stated.micro % step != 0)
            fault(role, Code::too_many_decimals,
                  fmt::format("{} has more decimals than {}", to_text(stated), currency.code));
        else if (!in_range(amount.minor))
            fault(role, Code::out_of_range, fmt::format("{} is too large", to_text(stated)));
        return amount;
    }
    WallTime wall_time(Role role, DateOrder order) {
        const std::string_view field = columns_.field(row_, role);
        if (trimmed(field).empty()) {
            missing(role);
            return {};
        }
        const auto parsed = parse_wall_time(field, order);
        if (!parsed)
            fault(role, Code::bad_date,
                  fmt::format("{} cannot be read in the order {}: {}", in_quotes(field),
                              enum_name(order), parsed.error().what));
        return parsed.value_or(WallTime{});
    }
    Currency currency(Role role, const Currency& otherwise) {
        Currency given{std::string(trimmed(columns_.field(row_, role)))};
        if (given.code.empty())
            return otherwise;
        if (!given.digits())
            fault(role, Code::unknown_currency,
                  fmt::format("{} is no code of ISO 4217", in_quotes(given.code)));
        return given;
    }

  private:
    void missing(Role role) { fault(role, Code::missing_member, "empty"); }
    void fault(Role role, Code code, std::string_view reason) {
        const std::string column = columns_.name(role);
        faults_.add(row_pointer(row_.line, column), code,
                    fmt::format("line {}, {}: {}", row_.line, column, reason));
    }

    const Row& row_;
    const Columns& columns_;
    Faults& faults_;
};

Item read_item(const Row& row, const Columns& columns, const Choices& choices, Faults& faults) {
    RowFields fields(row, columns, faults);
    Item item{.line = row.line};
    item.number = fields.needed_name(Role::number);
    item.code = fields.text(Role::code);
    item.description = fields.text(Role::description);
    item.quantity = fields.number(Role::quantity, choices.decimal);
    item.unit_price = fields.number(Role::unit_price, choices.decimal);
    item.currency = fields.currency(Role::currency, choices.currency);
    item.total = fields.amount(Role::total, choices.decimal, item.currency);
    item.at = fields.wall_time(Role::date, choices.date_order);
    item.client = fields.name(Role::client);
    item.country = fields.name(Role::country);
    return item;
}

} // namespace

std::expected<std::vector<Item>, domain::Refusal>
read_items(const Table& table, const Columns& columns, const Choices& choices) {
    std::vector<Item> items;
    items.reserve(table.rows.size());
    Faults faults;
    for (const Row& row : table.rows)
        items.push_back(read_item(row, columns, choices, faults));
    if (!faults.empty())
        return std::unexpected(
            std::move(faults).refusal(Code::import_broken_row, "Values that cannot be read"));
    return items;
}

} // namespace daybook::import
