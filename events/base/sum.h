// A sum type of very many alternatives: a std::variant whose making, copying and destroying are
// compiled in one place.
//
// A variant of a hundred alternatives instantiates its special members wherever it is copied, and
// a chain of constructors as long as the alternative's index wherever one is made: 20 seconds and
// 60 MB more for a source that does so. A `struct S : Sum<AnyS>` declares `extern template` beside
// it and defines `template struct Sum<AnyS>` in its own source; it is visited, asked and taken
// apart as any variant.
#pragma once

#include <boost/mp11.hpp>
#include <cstddef>
#include <utility>
#include <variant>

namespace daybook {

template <class Any>
struct Sum : Any {
    Sum();
    Sum(const Sum& other);
    Sum(Sum&& other) noexcept;
    Sum& operator=(const Sum& other);
    Sum& operator=(Sum&& other) noexcept;
    ~Sum();

    template <class T>
    requires boost::mp11::mp_contains<Any, T>::value Sum(T alternative)
        : Sum(Erased{boost::mp11::mp_find<Any, T>::value, &alternative}) {}

  private:
    struct Erased {
        std::size_t index;
        void* alternative; // Moved from.
    };
    explicit Sum(Erased made);
};

// ---- instantiated where the sum is defined -----------------------------------------------------

// Emplaced, which finds an alternative three at a time. A variant's constructors, those that copy
// among them, go one by one: for the last of a hundred, a hundred of them are compiled.
template <class Any>
void copy_into(Any& to, std::size_t index, const void* from) {
    boost::mp11::mp_with_index<std::variant_size_v<Any>>(index, [&]<class I>(I) {
        using Alternative = std::variant_alternative_t<I::value, Any>;
        to.template emplace<I::value>(*static_cast<const Alternative*>(from));
    });
}
template <class Any>
void move_into(Any& to, std::size_t index, void* from) {
    boost::mp11::mp_with_index<std::variant_size_v<Any>>(index, [&]<class I>(I) {
        using Alternative = std::variant_alternative_t<I::value, Any>;
        to.template emplace<I::value>(std::move(*static_cast<Alternative*>(from)));
    });
}

template <class Any>
void* content_of(Any& any) {
    return std::visit([](auto& content) -> void* { return &content; }, any);
}
template <class Any>
const void* content_of(const Any& any) {
    return std::visit([](const auto& content) -> const void* { return &content; }, any);
}

template <class Any>
Sum<Any>::Sum() = default;
template <class Any>
Sum<Any>::Sum(const Sum& other) : Any() {
    copy_into<Any>(*this, other.index(), content_of<Any>(other));
}
template <class Any>
Sum<Any>::Sum(Sum&& other) noexcept {
    move_into<Any>(*this, other.index(), content_of<Any>(other));
}
template <class Any>
Sum<Any>& Sum<Any>::operator=(const Sum& other) {
    return *this = Sum(other); // One list of assignments less to compile.
}
template <class Any>
Sum<Any>& Sum<Any>::operator=(Sum&& other) noexcept {
    if (this != &other)
        move_into<Any>(*this, other.index(), content_of<Any>(other));
    return *this;
}
template <class Any>
Sum<Any>::~Sum() = default;

template <class Any>
Sum<Any>::Sum(Erased made) {
    move_into<Any>(*this, made.index, made.alternative);
}

} // namespace daybook
