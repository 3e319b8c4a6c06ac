// A sum type of very many alternatives: a std::variant whose making, copying and destroying are
// compiled in one place.
//
// A variant of a hundred alternatives instantiates its special members wherever it is copied, and
// a chain of constructors as long as the alternative's index wherever one is made: 20 seconds and
// 60 MB more for a source that does so. A `struct S : Sum<AnyS>` declares `extern template` beside
// it and defines `template struct Sum<AnyS>` in its own source; it is visited, asked and taken
// apart as any variant.
#pragma once

#include <array>
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

template <class Any>
Sum<Any>::Sum() = default;
template <class Any>
Sum<Any>::Sum(const Sum&) = default;
template <class Any>
Sum<Any>::Sum(Sum&&) noexcept = default;
template <class Any>
Sum<Any>& Sum<Any>::operator=(const Sum& other) {
    return *this = Sum(other); // One list of assignments less to compile.
}
template <class Any>
Sum<Any>& Sum<Any>::operator=(Sum&&) noexcept = default;
template <class Any>
Sum<Any>::~Sum() = default;

template <class Any, std::size_t I>
Any make_alternative(void* from) {
    return Any(std::in_place_index<I>,
               std::move(*static_cast<std::variant_alternative_t<I, Any>*>(from)));
}

template <class Any>
Sum<Any>::Sum(Erased made)
    : Any([]<std::size_t... I>(std::index_sequence<I...>) {
          return std::array{&make_alternative<Any, I>...};
      }(std::make_index_sequence<std::variant_size_v<Any>>())[made.index](made.alternative)) {}

} // namespace daybook
