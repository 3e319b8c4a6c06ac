// Writing a described value with FlatBuffers' builder. Fields are added in the order of the field
// list, so equal values give equal bytes. See flat.h for the whole mapping.
#pragma once

#include "events/codec/flat_forms.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace daybook::flat {

using Builder = flatbuffers::FlatBufferBuilder;
using Child = flatbuffers::uoffset_t; // Where a child already stands; 0 = left out.

// Whether a field would be left out; a table without any field is left out itself.
template <class T>
bool is_blank(const T& value) {
    if constexpr (Scalar<T>) {
        return to_wire(value) == 0;
    } else if constexpr (Fixed<T>) {
        return value == T{};
    } else if constexpr (Text<T>) {
        return text_of(value).empty();
    } else if constexpr (kIsVector<T>) {
        return value.empty();
    } else if constexpr (kIsOptional<T>) {
        return !value.has_value();
    } else if constexpr (std::is_same_v<T, Bytes>) {
        return false;
    } else {
        bool blank = true;
        for_each_field<T>(
            [&](auto, const char*, auto pointer) { blank = blank && is_blank(value.*pointer); });
        return blank;
    }
}

template <Described T>
Child write_table(Builder& builder, const T& value);

template <class T>
Child write_vector(Builder& builder, const std::vector<T>& items) {
    if (items.empty())
        return 0;
    std::vector<flatbuffers::Offset<void>> offsets;
    offsets.reserve(items.size());
    for (const T& item : items) {
        if constexpr (Text<T>)
            offsets.emplace_back(builder.CreateString(text_of(item)).o);
        else
            offsets.emplace_back(write_table(builder, item));
    }
    return builder.CreateVector(offsets).o;
}

// Children come before the table that refers to them; scalars and structs are not children.
template <class T>
Child write_child(Builder& builder, const T& value) {
    if constexpr (Scalar<T> || Fixed<T>) {
        return 0;
    } else if constexpr (Text<T>) {
        return text_of(value).empty() ? 0 : builder.CreateString(text_of(value)).o;
    } else if constexpr (std::is_same_v<T, Bytes>) {
        // Aligned, so that the FlatBuffer inside can be read where it stands.
        builder.ForceVectorAlignment(value.value.size(), 1, 8);
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(value.value.data());
        return builder.CreateVector(bytes, value.value.size()).o;
    } else if constexpr (kIsVector<T>) {
        return write_vector(builder, value);
    } else if constexpr (kIsOptional<T>) {
        if constexpr (Described<typename T::value_type>)
            return value ? write_table(builder, *value) : 0;
        else
            return 0;
    } else {
        return is_blank(value) ? 0 : write_table(builder, value);
    }
}

template <Fixed T>
void add_fixed(Builder& builder, flatbuffers::voffset_t field, const T& value) {
    FixedWire<T> wire;
    std::memcpy(wire.bytes, raw(value), sizeof wire.bytes);
    builder.AddStruct(field, &wire);
}

template <class T>
void add_field(Builder& builder, flatbuffers::voffset_t field, const T& value, Child child) {
    if constexpr (Scalar<T>) {
        builder.AddElement<Wire<T>>(field, to_wire(value), 0);
    } else if constexpr (Fixed<T>) {
        if (!is_blank(value))
            add_fixed(builder, field, value);
    } else if constexpr (kIsOptional<T>) {
        using V = typename T::value_type;
        if constexpr (Scalar<V>) {
            if (value)
                builder.AddElement<Wire<V>>(field, to_wire(*value));
        } else if constexpr (Fixed<V>) {
            if (value)
                add_fixed(builder, field, *value);
        } else if (child) {
            builder.AddOffset(field, flatbuffers::Offset<void>(child));
        }
    } else if (child) {
        builder.AddOffset(field, flatbuffers::Offset<void>(child));
    }
}

template <Described T>
Child write_table(Builder& builder, const T& value) {
    std::array<Child, std::max<std::size_t>(kFieldCount<T>, 1)> children{};
    for_each_field<T>([&](auto index, const char*, auto pointer) {
        children[index] = write_child(builder, value.*pointer);
    });
    const Child start = builder.StartTable();
    for_each_field<T>([&](auto index, const char*, auto pointer) {
        add_field(builder, field_offset(index), value.*pointer, children[index]);
    });
    return builder.EndTable(start);
}

} // namespace daybook::flat
