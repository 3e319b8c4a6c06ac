#include "engine/import/import_options.h"

#include "engine/import/faults.h"
#include "engine/import/text.h"
#include "events/base/json.h"
#include "events/base/reflect.h"

#include <array>
#include <fmt/format.h>
#include <set>
#include <string_view>

namespace daybook::import {
namespace {

using domain::Code;

struct Bad {
    Code code;
    std::string detail;
};
using Parsed = std::expected<void, Bad>;

std::unexpected<Bad> bad(Code code, std::string detail) {
    return std::unexpected(Bad{code, std::move(detail)});
}

template <Enumeration E>
Parsed parse_choice(const std::string& value, std::optional<E>& into) {
    into = parse_enum<E>(value.c_str());
    if (into)
        return {};
    std::string names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
        names += fmt::format("{}{}", names.empty() ? "" : ", ", enumerator.name);
    });
    return bad(Code::unknown_value, fmt::format("{} is none of {}", in_quotes(value), names));
}

struct SpelledCharacter {
    std::string_view spelling;
    char character;
};

Parsed parse_character(const std::string& value, std::span<const SpelledCharacter> known,
                       std::optional<char>& into) {
    for (const auto& [spelling, character] : known)
        if (value == spelling)
            into = character;
    if (into)
        return {};
    return bad(Code::unknown_value,
               fmt::format("{} is not one of the characters", in_quotes(value)));
}

Parsed parse_currency(const std::string& value, std::optional<Currency>& into) {
    into = Currency{value};
    if (into->digits())
        return {};
    return bad(Code::unknown_currency, fmt::format("{} is no code of ISO 4217", in_quotes(value)));
}

Parsed parse_rate(const std::string& value, std::optional<Decimal>& into) {
    const auto rate = parse_decimal(value);
    if (!rate)
        return bad(Code::not_a_decimal, fmt::format("{}: {}", in_quotes(value), rate.error().what));
    if (rate->micro < 0 || rate->micro > 100 * kMicro)
        return bad(Code::out_of_range,
                   fmt::format("{} is not between 0 and 100", in_quotes(value)));
    into = *rate;
    return {};
}

Parsed parse_mapped(std::string_view entry, std::vector<MappedColumn>& into) {
    const std::size_t colon = entry.rfind(':');
    if (colon == std::string_view::npos || colon == 0)
        return bad(Code::invalid_input, fmt::format("{} is not column:role", in_quotes(entry)));
    const std::string role(trimmed(entry.substr(colon + 1)));
    MappedColumn mapped{std::string(trimmed(entry.substr(0, colon))), std::nullopt};
    if (role != "ignore")
        if (const auto parsed = parse_choice(role, mapped.role); !parsed)
            return bad(parsed.error().code, parsed.error().detail + ", ignore");
    into.push_back(std::move(mapped));
    return {};
}

Parsed parse_mapping(std::string_view value, std::vector<MappedColumn>& into) {
    while (true) {
        const std::size_t comma = value.find(',');
        if (const auto parsed = parse_mapped(value.substr(0, comma), into); !parsed)
            return parsed;
        if (comma == std::string_view::npos)
            return {};
        value.remove_prefix(comma + 1);
    }
}

Parsed parse_option(const NamedText& option, Options& into) {
    constexpr std::array kDecimals =
        std::to_array<SpelledCharacter>({{".", '.'}, {"point", '.'}, {",", ','}, {"comma", ','}});
    constexpr std::array kSeparators = std::to_array<SpelledCharacter>(
        {{",", ','}, {"comma", ','}, {";", ';'}, {"semicolon", ';'}, {"\t", '\t'}, {"tab", '\t'}});
    const auto& [name, value] = option;
    if (name == "currency")
        return parse_currency(value, into.currency);
    if (name == "date_order")
        return parse_choice(value, into.date_order);
    if (name == "decimal")
        return parse_character(value, kDecimals, into.decimal);
    if (name == "separator")
        return parse_character(value, kSeparators, into.separator);
    if (name == "tax_treatment")
        return parse_choice(value, into.tax_treatment);
    if (name == "tax_rate")
        return parse_rate(value, into.tax_rate);
    if (name == "client_for_blank")
        return parse_choice(value, into.client_for_blank);
    if (name == "mapping")
        return parse_mapping(value, into.mapping);
    if (name != "time_zone")
        return bad(Code::unknown_member, fmt::format("there is no option {}", in_quotes(name)));
    into.time_zone = value; // Known or not: whoever has the zones' rules will tell.
    return {};
}

} // namespace

std::expected<Options, domain::Refusal> parse_options(std::span<const NamedText> given) {
    Options options;
    Faults faults;
    std::set<std::string_view> seen;
    const auto pointer = [](std::string_view name) { return "/" + to_pointer_token(name); };
    for (const NamedText& option : given) {
        if (!seen.insert(option.name).second)
            faults.add(pointer(option.name), Code::invalid_input, "given twice");
        else if (const auto parsed = parse_option(option, options); !parsed)
            faults.add(pointer(option.name), parsed.error().code, parsed.error().detail);
    }
    if (options.tax_treatment == TaxTreatment::none && options.tax_rate)
        faults.add("/tax_rate", Code::invalid_input, "tax_treatment=none bears no rate");
    if (!faults.empty())
        return std::unexpected(std::move(faults).refusal(Code::invalid_input, "Options"));
    return options;
}

} // namespace daybook::import
