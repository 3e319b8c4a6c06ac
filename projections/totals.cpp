#include "projections/totals.h"

#include "events/base/reflect.h"
#include "projections/bytes.h"

namespace daybook::projections {
namespace {

// Adds where a zero is the same as nothing.
template <class Key, class Value>
void merge(std::map<Key, Value>& into, const std::map<Key, Value>& other) {
    for (const auto& [key, value] : other) {
        const auto place = into.try_emplace(key).first;
        place->second += value;
        if (place->second == Value{})
            into.erase(place);
    }
}

void append(std::string& bytes, const Balance& balance) {
    append_sum(bytes, balance.due);
    append_sum(bytes, balance.credit_open);
    append_sum(bytes, balance.unallocated);
    append_sum(bytes, balance.open_invoices);
    append_sum(bytes, static_cast<Wide>(balance.due_by_month.size()));
    for (const auto& [month, due] : balance.due_by_month) {
        append_sum(bytes, month);
        append_sum(bytes, due);
    }
}

Balance read_balance(ByteReader& reader) {
    Balance balance;
    balance.due = reader.sum();
    balance.credit_open = reader.sum();
    balance.unallocated = reader.sum();
    balance.open_invoices = static_cast<std::int64_t>(reader.sum());
    for (Wide months = reader.sum(); months > 0 && reader.more(); --months) {
        const auto month = static_cast<MonthNumber>(reader.sum());
        balance.due_by_month[month] = reader.sum();
    }
    return balance;
}

} // namespace

// ---- arithmetic ------------------------------------------------------------------------------

Counts& Counts::operator+=(const Counts& other) {
    for_each_field<Counts>([&](auto, const char*, auto count) { this->*count += other.*count; });
    return *this;
}

Counts Counts::operator-() const {
    Counts negative;
    for_each_field<Counts>(
        [&](auto, const char*, auto count) { negative.*count = -(this->*count); });
    return negative;
}

Balance& Balance::operator+=(const Balance& other) {
    due += other.due;
    credit_open += other.credit_open;
    unallocated += other.unallocated;
    open_invoices += other.open_invoices;
    merge(due_by_month, other.due_by_month);
    return *this;
}

Balance Balance::operator-() const {
    Balance negative{-due, -credit_open, -unallocated, -open_invoices, due_by_month};
    for (auto& [month, sum] : negative.due_by_month)
        sum = -sum;
    return negative;
}

CompanyTotals& CompanyTotals::operator+=(const CompanyTotals& other) {
    counts += other.counts;
    merge(balances, other.balances);
    return *this;
}

CompanyTotals CompanyTotals::operator-() const {
    CompanyTotals negative{-counts, balances};
    for (auto& [currency, balance] : negative.balances)
        balance = -balance;
    return negative;
}

MonthNumber month_of(Date date) {
    const YearMonthDay day = civil(date);
    return 12 * day.year + day.month - 1;
}

Date first_day(MonthNumber month) {
    // Months of real dates lie within the years that make_date() knows.
    return make_date(month / 12, month % 12 + 1, 1).value_or(Date{});
}

Wide due_in_past_months(const Balance& balance, Date today) {
    Wide sum = 0;
    for (const auto& [month, due] : balance.due_by_month)
        if (month < month_of(today))
            sum += due;
    return sum;
}

// ---- as rows ---------------------------------------------------------------------------------

std::string encode(const Balance& balance) {
    std::string bytes;
    append(bytes, balance);
    return bytes;
}

Result<Balance> decode_balance(std::string_view bytes) {
    ByteReader reader(bytes);
    Balance balance = read_balance(reader);
    if (!reader.finished())
        return fail(ErrorKind::corrupt, "a balance of the views cannot be read");
    return balance;
}

std::string encode(const CompanyTotals& totals) {
    std::string bytes;
    for_each_field<Counts>(
        [&](auto, const char*, auto count) { append_sum(bytes, totals.counts.*count); });
    for (const auto& [currency, balance] : totals.balances) {
        append_text(bytes, currency);
        append(bytes, balance);
    }
    return bytes;
}

Result<CompanyTotals> decode_totals(std::string_view bytes) {
    ByteReader reader(bytes);
    CompanyTotals totals;
    for_each_field<Counts>([&](auto, const char*, auto count) {
        totals.counts.*count = static_cast<std::int64_t>(reader.sum());
    });
    while (reader.more()) {
        const std::string currency = reader.text();
        totals.balances[currency] = read_balance(reader);
    }
    if (!reader.finished())
        return fail(ErrorKind::corrupt, "the totals of the views cannot be read");
    return totals;
}

std::string to_text(Wide minor, const Currency& currency) {
    const int decimals = currency.likely_digits();
    const bool negative = minor < 0;
    UnsignedWide rest =
        negative ? -static_cast<UnsignedWide>(minor) : static_cast<UnsignedWide>(minor);
    std::string reversed;
    for (int written = 0; rest > 0 || written <= decimals; ++written, rest /= 10) {
        if (written == decimals && decimals > 0)
            reversed += '.';
        reversed += static_cast<char>('0' + static_cast<int>(rest % 10));
    }
    if (negative)
        reversed += '-';
    return {reversed.rbegin(), reversed.rend()};
}

} // namespace daybook::projections
