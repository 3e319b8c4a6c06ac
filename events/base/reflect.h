// One description of a value, many walks over it.
//
// A struct lists its members once, with BOOST_DESCRIBE_STRUCT. From that list come its stored form
// (events/codec), its JSON (events/json_walk.h), its difference and its state hash (projections):
// a field that is added is encoded, shown, compared and hashed, or the build fails.
// The order of the list is the order of the fields in the .fbs schema: append only.
#pragma once

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <optional>
#include <type_traits>
#include <vector>

namespace daybook {

template <class T>
concept Described = boost::describe::has_describe_members<T>::value && std::is_class_v<T>;

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public
                                                         | boost::describe::mod_inherited>;

template <Described T>
inline constexpr std::size_t kFieldCount = boost::mp11::mp_size<Members<T>>::value;

// Calls visit(index, name, member pointer) for each member in order; index is an
// integral_constant.
template <Described T, class Visit>
constexpr void for_each_field(Visit&& visit) {
    boost::mp11::mp_for_each<boost::mp11::mp_iota_c<kFieldCount<T>>>([&](auto index) {
        using Descriptor = boost::mp11::mp_at_c<Members<T>, decltype(index)::value>;
        visit(index, Descriptor::name, Descriptor::pointer);
    });
}

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;

template <class T>
concept Enumeration = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

template <Enumeration E>
constexpr const char* enum_name(E value) {
    return boost::describe::enum_to_string(value, "");
}

template <Enumeration E>
inline constexpr std::size_t kEnumCount =
    boost::mp11::mp_size<boost::describe::describe_enumerators<E>>::value;

template <Enumeration E>
std::optional<E> parse_enum(const char* name) {
    E value{};
    if (boost::describe::enum_from_string(name, value))
        return value;
    return std::nullopt;
}

} // namespace daybook
