#include "tests/events/sample.h"

#include "events/base/reflect.h"

#include <fmt/format.h>

namespace daybook::tests {
namespace {

// What stands in a field that a release did not have.
template <class T>
void make_blank(T& value) {
    if constexpr (Described<T>)
        for_each_field<T>([&](auto, const char*, auto pointer) { make_blank(value.*pointer); });
    else
        value = T{};
}

class Sampler {
  public:
    explicit Sampler(const FieldCounts* released) : released_(released) {}

    template <Described T>
    void fill(T& value, const std::string&) {
        const std::size_t known = fields_known<T>();
        for_each_field<T>([&](auto index, const char* name, auto pointer) {
            if (index < known)
                fill(value.*pointer, name);
            else
                make_blank(value.*pointer);
        });
    }
    template <class T>
    void fill(std::optional<T>& value, const std::string& name) {
        fill(value.emplace(), name);
    }
    template <class T>
    void fill(std::vector<T>& items, const std::string& name) {
        fill(items.emplace_back(), name);
        fill(items.emplace_back(), name);
    }
    // Every text has a letter beyond ASCII.
    void fill(std::string& text, const std::string& name) {
        text = fmt::format("{} é {}", name, next());
    }
    void fill(Currency& currency, const std::string&) {
        constexpr const char* kCodes[] = {"EUR", "JPY", "TND", "CLF"};
        currency.code = kCodes[next() % 4];
    }
    void fill(bool& value, const std::string&) { value = true; }
    void fill(std::uint32_t& value, const std::string&) { value = next(); }
    // Beyond 32 bits, within the integers of a double.
    void fill(std::uint64_t& value, const std::string&) { value = (1ull << 40) + next(); }
    void fill(Amount& amount, const std::string&) { amount.minor = signed_next() * 101; }
    void fill(Decimal& value, const std::string&) { value.micro = signed_next() * 1'000'001; }
    void fill(Date& date, const std::string&) { date.days = static_cast<int>(20'000 + next()); }
    void fill(Timestamp& at, const std::string&) { at.micros = 1'774'000'000'000'000 + next(); }
    void fill(Uuid& id, const std::string&) { fill_bytes(id.bytes); }
    void fill(Hash& hash, const std::string&) { fill_bytes(hash.bytes); }
    template <class Tag>
    void fill(TypedId<Tag>& id, const std::string&) {
        fill_bytes(id.value.bytes);
    }
    template <Enumeration E>
    void fill(E& value, const std::string&) {
        value = static_cast<E>(1 + next() % (kEnumCount<E> - 1));
    }
    void fill(Bytes& bytes, const std::string&) { bytes.value = fmt::format("bytes {}", next()); }

  private:
    template <class T>
    std::size_t fields_known() const {
        if (!released_)
            return kFieldCount<T>;
        const auto found = released_->find(table_name<T>());
        return found == released_->end() ? kFieldCount<T> : found->second;
    }
    std::uint32_t next() { return ++last_; }
    // 1, -2, 3, -4 …
    std::int64_t signed_next() {
        const std::int64_t value = next();
        return value % 2 == 0 ? -value : value;
    }
    template <std::size_t N>
    void fill_bytes(std::array<std::uint8_t, N>& bytes) {
        const std::uint32_t first = next() * 37;
        for (std::size_t i = 0; i < N; ++i)
            bytes[i] = static_cast<std::uint8_t>(first + i);
    }

    const FieldCounts* released_;
    std::uint32_t last_ = 0;
};

using Make = Event (*)(const FieldCounts*);

template <std::size_t I>
Event make_sample(const FieldCounts* released) {
    std::variant_alternative_t<I, AnyEvent> event;
    Sampler(released).fill(event, "");
    return event;
}

template <std::size_t... I>
constexpr std::array<Make, sizeof...(I)> makers(std::index_sequence<I...>) {
    return {&make_sample<I>...};
}

} // namespace

Event sample_event(std::size_t index, const FieldCounts* released) {
    return makers(std::make_index_sequence<kEventCount>{})[index](released);
}

Envelope sample_envelope(const FieldCounts* released) {
    Envelope envelope;
    Sampler(released).fill(envelope, "");
    envelope.schema_version = 1;
    return envelope;
}

} // namespace daybook::tests
