#include "engine/import/choices.h"

#include "engine/import/dates.h"
#include "engine/import/faults.h"
#include "engine/import/numbers.h"
#include "engine/import/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <functional>

namespace daybook::import {
namespace {

using domain::Code;

constexpr std::size_t kExamplesMax = 5;

// The questions that stay open, for one refusal.
class Questions {
  public:
    void ask(std::string_view option, const std::vector<std::string>& answers,
             std::string_view why) {
        faults_.add(fmt::format("/{}", option), Code::needs_choice, std::string(why));
        facts_.push_back({std::string(option), fmt::format("{}", fmt::join(answers, "|"))});
    }
    bool any() const { return !facts_.empty(); }
    domain::Refusal refusal() && {
        domain::Refusal refusal =
            std::move(faults_).refusal(Code::needs_choice, "The file does not say everything");
        refusal.facts = std::move(facts_);
        return refusal;
    }

  private:
    Faults faults_;
    std::vector<NamedText> facts_;
};

// One way to read a value, and what it has going for it.
struct Reading {
    std::string name;
    // A number for the meaning, equal for equal meanings; empty when it cannot be read so.
    std::function<std::optional<std::int64_t>(std::string_view)> read;
    std::uint64_t readable = 0;
};

struct Verdict {
    std::vector<std::string> candidates; // One = proven. More = each reads as many values.
    bool differ = false;                 // Whether any value depends on the candidate chosen.
    std::uint64_t values = 0;            // That any reading can read.
    std::uint64_t proofs = 0;            // Of those, the ones no other reading can.
    std::vector<std::string> examples;   // Proofs, with their lines.
};

// Values that no reading understands are broken, not evidence.
void count_readable(std::vector<Reading>& readings, const Table& table,
                    const std::vector<std::size_t>& places, Verdict& verdict) {
    for (const Row& row : table.rows) {
        for (const std::size_t place : places) {
            const std::string& text = row.fields[place];
            std::size_t readable = 0;
            for (Reading& reading : readings) {
                const bool read = reading.read(text).has_value();
                reading.readable += read ? 1 : 0;
                readable += read ? 1 : 0;
            }
            verdict.values += readable > 0 ? 1 : 0;
            verdict.proofs += readable == 1 ? 1 : 0;
            if (readable == 1 && verdict.examples.size() < kExamplesMax)
                verdict.examples.push_back(fmt::format("line {}: {}", row.line, trimmed(text)));
        }
    }
}

bool any_difference(const std::vector<Reading>& candidates, const Table& table,
                    const std::vector<std::size_t>& places) {
    return std::ranges::any_of(table.rows, [&](const Row& row) {
        return std::ranges::any_of(places, [&](std::size_t place) {
            const auto first = candidates.front().read(row.fields[place]);
            return std::ranges::any_of(candidates, [&](const Reading& other) {
                return other.read(row.fields[place]) != first;
            });
        });
    });
}

Verdict weigh(std::vector<Reading> readings, const Table& table,
              const std::vector<std::size_t>& places) {
    Verdict verdict;
    count_readable(readings, table, places, verdict);
    const auto best = std::ranges::max(readings, {}, &Reading::readable).readable;
    std::erase_if(readings, [&](const Reading& reading) { return reading.readable < best; });
    for (const Reading& reading : readings)
        verdict.candidates.push_back(reading.name);
    verdict.differ = any_difference(readings, table, places);
    return verdict;
}

Verdict weigh_date_orders(const Table& table, const Columns& columns) {
    const auto reading = [](DateOrder order) {
        return Reading{enum_name(order), [order](std::string_view text) {
                           const auto at = parse_wall_time(text, order);
                           return at ? std::optional<std::int64_t>(at->date.days) : std::nullopt;
                       }};
    };
    return weigh({reading(DateOrder::mdy), reading(DateOrder::dmy), reading(DateOrder::ymd)}, table,
                 {*columns.place(Role::date)});
}

Verdict weigh_decimals(const Table& table, const Columns& columns) {
    const auto reading = [](const char* name) {
        return Reading{name, [decimal = *name](std::string_view text) {
                           const auto number = parse_number(text, decimal);
                           return number ? std::optional(number->micro) : std::nullopt;
                       }};
    };
    std::vector<std::size_t> places;
    for (const Role role : {Role::quantity, Role::unit_price, Role::total})
        if (columns.has(role))
            places.push_back(*columns.place(role));
    return weigh({reading("."), reading(",")}, table, places);
}

ImportWarning proven(std::string_view option, const Verdict& verdict) {
    return {fmt::format("{}_inferred", option), verdict.proofs,
            fmt::format("{}={}: {} of {} values can be read in no other way", option,
                        verdict.candidates.front(), verdict.proofs, verdict.values),
            verdict.examples};
}

void settle_date_order(const Options& options, const Verdict& verdict, Choices& into,
                       Questions& questions) {
    if (options.date_order) {
        into.date_order = *options.date_order;
    } else if (verdict.candidates.size() > 1 && verdict.differ) {
        questions.ask("date_order", verdict.candidates,
                      "the file's dates can be read in more than one order");
    } else if (verdict.values > 0) {
        into.date_order = *parse_enum<DateOrder>(verdict.candidates.front().c_str());
        into.inferred.push_back(proven("date_order", verdict));
    }
}

void settle_decimal(const Options& options, const Verdict& verdict, Choices& into,
                    Questions& questions) {
    if (options.decimal) {
        into.decimal = *options.decimal;
    } else if (verdict.candidates.size() > 1 && verdict.differ) {
        questions.ask("decimal", verdict.candidates,
                      "the file's numbers can be read with a point or a comma as decimal");
    } else if (verdict.proofs > 0) {
        into.decimal = verdict.candidates.front().front();
        into.inferred.push_back(proven("decimal", verdict));
    }
}

bool any_blank(const Table& table, const Columns& columns, Role role) {
    return std::ranges::any_of(
        table.rows, [&](const Row& row) { return trimmed(columns.field(row, role)).empty(); });
}

void settle_currency(const Options& options, bool some_unnamed, const Currency& base, Choices& into,
                     Questions& questions) {
    into.currency = options.currency.value_or(Currency{});
    if (options.currency || !some_unnamed)
        return;
    std::vector<std::string> answers{base.code};
    for (const CurrencyInfo& known : known_currencies())
        if (known.code != base.code)
            answers.emplace_back(known.code);
    questions.ask("currency", answers, "the file names no currency");
}

void settle_tax(const Options& options, Choices& into, Questions& questions) {
    if (!options.tax_treatment)
        questions.ask("tax_treatment", {"none", "exclusive", "inclusive"},
                      "the file does not say whether its prices are with or without tax");
    else if (*options.tax_treatment != TaxTreatment::none && !options.tax_rate)
        questions.ask("tax_rate", {}, "the file does not say the rate, in percent");
    into.tax_treatment = options.tax_treatment.value_or(TaxTreatment::none);
    into.tax_rate = options.tax_rate.value_or(Decimal{});
}

void settle_client_for_blank(const Options& options, bool some_blank, Choices& into,
                             Questions& questions) {
    if (some_blank && !options.client_for_blank)
        questions.ask("client_for_blank", {"counter", "none"}, "some lines name no client");
    into.client_for_blank = options.client_for_blank.value_or(ClientForBlank::counter);
}

} // namespace

std::expected<Choices, domain::Refusal> settle(const Options& options, const Table& table,
                                               const Columns& columns,
                                               const CompanyDefaults& company) {
    Choices choices;
    Questions questions;
    settle_currency(options, any_blank(table, columns, Role::currency), company.base_currency,
                    choices, questions);
    settle_date_order(options, weigh_date_orders(table, columns), choices, questions);
    settle_decimal(options, weigh_decimals(table, columns), choices, questions);
    settle_tax(options, choices, questions);
    settle_client_for_blank(options, any_blank(table, columns, Role::client), choices, questions);
    choices.time_zone = options.time_zone.empty() ? company.time_zone : options.time_zone;
    if (questions.any())
        return std::unexpected(std::move(questions).refusal());
    return choices;
}

} // namespace daybook::import
