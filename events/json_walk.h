// Any described value as JSON: amounts as decimal strings with exactly the digits of their
// currency, dates and ids as text, absent members left out.
//
// The currency of an amount is that of the nearest value around it that has one: as its own
// `currency`, or as that of the document it carries (the totals of an invoice stand beside its
// document). What no currency covers takes the digits the caller names.
#pragma once

#include "events/base/json.h"
#include "events/base/reflect.h"
#include "events/event.h"

namespace daybook {

Json event_to_json(const Event& event, int digits);

namespace walk {

inline Json leaf(const std::string& text) { return Json(text); }
inline Json leaf(bool value) { return Json(value); }
inline Json leaf(const Uuid& id) { return Json(to_text(id)); }
inline Json leaf(const Hash& hash) { return Json(to_hex(hash)); }
inline Json leaf(Decimal value) { return Json(to_text(value)); }
inline Json leaf(Date date) { return Json(to_text(date)); }
inline Json leaf(Timestamp at) { return Json(to_text(at)); }
inline Json leaf(const Currency& currency) { return Json(currency.code); }
inline Json leaf(const Bytes& bytes) { return Json(bytes.value.size()); }
template <class Tag>
Json leaf(const TypedId<Tag>& id) {
    return Json(to_text(id));
}
template <Enumeration E>
Json leaf(E value) {
    return Json(enum_name(value));
}

// "Not given", so that it is left out: the empty text, the nil id, the empty list.
inline bool absent(const std::string& text) { return text.empty(); }
inline bool absent(const Uuid& id) { return id.is_nil(); }
template <class Tag>
bool absent(const TypedId<Tag>& id) {
    return absent(id.value);
}
inline bool absent(const Currency& currency) { return currency.code.empty(); }
template <class T>
bool absent(const std::optional<T>& value) {
    return !value.has_value();
}
template <class T>
bool absent(const std::vector<T>& value) {
    return value.empty();
}
template <class T>
bool absent(const T&) {
    return false;
}

// The currency that a value gives to its members, if it has one.
template <class T>
const Currency* currency_of(const T& value) {
    if constexpr (requires {
                      { value.currency } -> std::convertible_to<Currency>;
                  })
        return &value.currency;
    else if constexpr (requires { value.document; })
        return currency_of(value.document);
    else if constexpr (requires { value.frozen; })
        return currency_of(value.frozen);
    else if constexpr (requires { value.imported; })
        return currency_of(value.imported);
    else
        return nullptr;
}

template <Described T>
int digits_of(const T& value, int digits) {
    const Currency* currency = currency_of(value);
    return currency ? currency->digits().value_or(digits) : digits;
}

} // namespace walk

template <class T>
Json to_json_value(const T& value, int digits) {
    if constexpr (std::is_same_v<T, Amount>) {
        return Json(to_text(value, digits));
    } else if constexpr (kIsOptional<T>) {
        return value ? to_json_value(*value, digits) : Json(nullptr);
    } else if constexpr (kIsVector<T>) {
        JsonArray items;
        for (const auto& item : value)
            items.push_back(to_json_value(item, digits));
        return Json(std::move(items));
    } else if constexpr (Described<T>) {
        const int own_digits = walk::digits_of(value, digits);
        JsonObject members;
        for_each_field<T>([&](auto, const char* name, auto pointer) {
            if (!walk::absent(value.*pointer))
                members.emplace_back(name, to_json_value(value.*pointer, own_digits));
        });
        return Json(std::move(members));
    } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
        return Json(value);
    } else {
        return walk::leaf(value);
    }
}

} // namespace daybook
