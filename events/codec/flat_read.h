// Reading a verified table, and judging what it says: text is UTF-8, amounts and dates are in the
// range that writers keep, enumerators are known. A refusal names the field by its path.
#pragma once

#include "events/base/utf8.h"
#include "events/codec/flat_forms.h"

#include <cstring>
#include <string_view>

namespace daybook::flat {

// A table that was left out reads as one without fields.
inline const Table* empty_table() {
    // A vtable of four bytes for a table of four bytes, then that table: the way back to its
    // vtable.
    alignas(8) static constexpr std::uint8_t kBytes[] = {4, 0, 4, 0, 4, 0, 0, 0};
    return reinterpret_cast<const Table*>(kBytes + 4);
}

class Reader {
  public:
    // `size` is that of the whole buffer. Offsets may point to the same text many times, which
    // would unfold 4 MiB to terabytes; no writer of ours does that, so all texts together may not
    // be longer than the buffer that holds them.
    explicit Reader(std::size_t size) : unread_(size) {}

    // False: not to be believed; objection() says why.
    template <Described T>
    bool read_table(const Table* table, T& value) {
        bool believed = true;
        for_each_field<T>([&](auto index, const char* name, auto pointer) {
            if (!believed)
                return;
            believed = read_field(table, field_offset(index), value.*pointer);
            if (!believed)
                found_in(name);
        });
        return believed;
    }

    Error objection() const { return Error{kind_, path_ + ": " + what_}; }

  private:
    template <class T>
    bool read_field(const Table* table, flatbuffers::voffset_t field, T& value) {
        if constexpr (Scalar<T>) {
            return read_scalar(table->GetField<Wire<T>>(field, 0), value);
        } else if constexpr (Fixed<T>) {
            if (const auto* wire = table->GetStruct<const FixedWire<T>*>(field))
                std::memcpy(raw(value), wire->bytes, sizeof wire->bytes);
            return true;
        } else if constexpr (kIsOptional<T>) {
            return !table->CheckField(field) || read_field(table, field, value.emplace());
        } else if constexpr (Text<T>) {
            return read_text(table->GetPointer<const flatbuffers::String*>(field), value);
        } else if constexpr (std::is_same_v<T, Bytes>) {
            if (const auto* bytes = table->GetPointer<const ByteVector*>(field))
                value.value.assign(reinterpret_cast<const char*>(bytes->data()), bytes->size());
            return true;
        } else if constexpr (kIsVector<T>) {
            return read_vector(table, field, value);
        } else {
            const auto* child = table->GetPointer<const Table*>(field);
            return read_table(child ? child : empty_table(), value);
        }
    }

    template <Scalar T>
    bool read_scalar(Wire<T> wire, T& value) {
        if constexpr (Enumeration<T>)
            if (wire >= kEnumCount<T>)
                return object(ErrorKind::unsupported, "a value that only a newer release knows");
        value = from_wire<T>(wire);
        return in_stored_range(value)
               || object(ErrorKind::corrupt, "a value beyond what is ever stored");
    }

    template <Text T>
    bool read_text(const flatbuffers::String* text, T& value) {
        if (!text)
            return true;
        const std::size_t stored = sizeof(flatbuffers::uoffset_t) + text->size() + 1;
        if (stored > unread_)
            return object(ErrorKind::corrupt, "more text than the record has bytes");
        unread_ -= stored;
        const std::string_view view(text->c_str(), text->size());
        if (!is_utf8(view))
            return object(ErrorKind::corrupt, "text that is not UTF-8");
        text_of(value) = view;
        return true;
    }

    template <class V>
    bool read_vector(const Table* table, flatbuffers::voffset_t field, std::vector<V>& items) {
        const auto* offsets =
            table->GetPointer<std::conditional_t<Text<V>, const Texts*, const Tables*>>(field);
        if (!offsets)
            return true;
        for (flatbuffers::uoffset_t i = 0; i < offsets->size(); ++i)
            if (!read_item(offsets->Get(i), items.emplace_back()))
                return found_in("[" + std::to_string(i) + "]");
        return true;
    }

    template <Text T>
    bool read_item(const flatbuffers::String* text, T& value) {
        return read_text(text, value);
    }
    template <Described T>
    bool read_item(const Table* table, T& value) {
        return read_table(table, value);
    }

    bool object(ErrorKind kind, const char* what) {
        kind_ = kind;
        what_ = what;
        return false;
    }

    // The path grows from its end: "unit", "[3].unit", "lines[3].unit".
    bool found_in(std::string name) {
        if (!path_.empty() && path_.front() != '[')
            name += '.';
        path_.insert(0, name);
        return false;
    }

    std::size_t unread_;
    ErrorKind kind_ = ErrorKind::corrupt;
    const char* what_ = "";
    std::string path_;
};

} // namespace daybook::flat
