#include "tests/events/arbitrary.h"

#include "events/json_walk.h"

#include <array>
#include <iterator>
#include <ostream>

namespace daybook {

void showValue(const Event& event, std::ostream& out) { out << to_json(event_to_json(event, 2)); }
void showValue(const Envelope& envelope, std::ostream& out) {
    out << to_json(to_json_value(envelope, 2));
}

namespace tests {
namespace {

// RapidCheck's templates are large; these few functions are the only places that know them.

std::uint64_t pick_below(std::uint64_t end) { return *rc::gen::inRange<std::uint64_t>(0, end); }

bool pick_bool() { return *rc::gen::arbitrary<bool>(); }

// `low` to `high`, zero and both ends more often than chance would give them.
std::int64_t pick_between(std::int64_t low, std::int64_t high) {
    return *rc::gen::oneOf(rc::gen::element<std::int64_t>(0, 1, low, high),
                           rc::gen::inRange<std::int64_t>(low, high));
}

std::string pick_text() {
    constexpr const char* kPieces[] = {"", "a", "FR76", " ", "é", "–", "語", "😀", "\"", "\n"};
    std::string text;
    for (int i = 0; i < 3; ++i)
        text += kPieces[pick_below(std::size(kPieces))];
    return text;
}

template <class T>
void pick(T& value);

template <class T>
void pick_scalar(T& value) {
    if constexpr (Enumeration<T>) {
        value = static_cast<T>(pick_below(kEnumCount<T>));
    } else if constexpr (std::is_same_v<T, bool>) {
        value = pick_bool();
    } else if constexpr (std::is_same_v<T, Amount>) {
        value.minor = pick_between(-kAmountMax, kAmountMax);
    } else if constexpr (std::is_same_v<T, Decimal>) {
        value.micro = pick_between(-kDecimalMax, kDecimalMax);
    } else if constexpr (std::is_same_v<T, Date>) {
        value.days = static_cast<std::int32_t>(pick_between(kFirstDate.days, kLastDate.days));
    } else if constexpr (std::is_same_v<T, Timestamp>) {
        const std::int64_t last = start_of(add_days(kLastDate, 1)).micros - 1;
        value.micros = pick_between(start_of(kFirstDate).micros, last);
    } else {
        static_assert(std::is_unsigned_v<T>);
        value = static_cast<T>(pick_between(INT64_MIN, INT64_MAX)); // Its low bits.
    }
}

template <class T>
void pick(T& value) {
    if constexpr (Described<T>) {
        for_each_field<T>([&](auto, const char*, auto pointer) { pick(value.*pointer); });
    } else if constexpr (kIsOptional<T>) {
        if (pick_bool())
            pick(value.emplace());
    } else if constexpr (kIsVector<T>) {
        value.resize(pick_below(3));
        for (auto& item : value)
            pick(item);
    } else if constexpr (std::is_same_v<T, std::string>) {
        value = pick_text();
    } else if constexpr (std::is_same_v<T, Currency>) {
        constexpr const char* kCodes[] = {"", "EUR", "JPY", "TND", "CLF"};
        value.code = kCodes[pick_below(std::size(kCodes))];
    } else if constexpr (std::is_same_v<T, Bytes>) {
        value.value = pick_text();
    } else if constexpr (requires { value.value.bytes; }) {
        pick(value.value);
    } else if constexpr (requires { value.bytes; }) {
        value.bytes[0] = static_cast<std::uint8_t>(pick_below(256));
        value.bytes.back() = static_cast<std::uint8_t>(pick_below(256));
    } else {
        pick_scalar(value);
    }
}

using Pick = Event (*)();

template <std::size_t I>
Event pick_event() {
    std::variant_alternative_t<I, AnyEvent> event;
    pick(event);
    return event;
}

template <std::size_t... I>
constexpr std::array<Pick, sizeof...(I)> picks(std::index_sequence<I...>) {
    return {&pick_event<I>...};
}

} // namespace

rc::Gen<Event> arbitrary_event(std::size_t index) {
    return rc::gen::exec(picks(std::make_index_sequence<kEventCount>{})[index]);
}

rc::Gen<Envelope> arbitrary_envelope() {
    return rc::gen::exec([] {
        Envelope envelope;
        pick(envelope);
        return envelope;
    });
}

} // namespace tests
} // namespace daybook
