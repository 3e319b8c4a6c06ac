// Verifying the shape of a table: every offset, length and vtable stays inside the bytes, within
// the limits of limits.h. No byte is believed before this. What the values mean is asked afterwards
// (flat_read.h).
#pragma once

#include "events/codec/flat_forms.h"

namespace daybook::flat {

using flatbuffers::Verifier;

template <Described T>
bool verify_table(Verifier& verifier, const Table* table);

template <Described T>
bool verify_tables(Verifier& verifier, const Tables* tables) {
    if (!tables)
        return true;
    for (flatbuffers::uoffset_t i = 0; i < tables->size(); ++i)
        if (!verify_table<T>(verifier, tables->Get(i)))
            return false;
    return true;
}

// A field that is an offset to something else.
template <class T>
bool verify_child(Verifier& verifier, const Table* table, flatbuffers::voffset_t field) {
    if (!table->VerifyOffset(verifier, field))
        return false;
    if constexpr (Text<T>) {
        return verifier.VerifyString(table->GetPointer<const flatbuffers::String*>(field));
    } else if constexpr (std::is_same_v<T, Bytes>) {
        return verifier.VerifyVector(table->GetPointer<const ByteVector*>(field));
    } else if constexpr (!kIsVector<T>) {
        const auto* child = table->GetPointer<const Table*>(field);
        return !child || verify_table<T>(verifier, child);
    } else if constexpr (Text<typename T::value_type>) {
        const auto* texts = table->GetPointer<const Texts*>(field);
        return verifier.VerifyVector(texts) && verifier.VerifyVectorOfStrings(texts);
    } else {
        const auto* tables = table->GetPointer<const Tables*>(field);
        return verifier.VerifyVector(tables)
               && verify_tables<typename T::value_type>(verifier, tables);
    }
}

template <class T>
bool verify_field(Verifier& verifier, const Table* table, flatbuffers::voffset_t field) {
    if constexpr (Scalar<T>)
        return table->VerifyField<Wire<T>>(verifier, field, sizeof(Wire<T>));
    else if constexpr (Fixed<T>)
        return table->VerifyField<FixedWire<T>>(verifier, field, 1);
    else if constexpr (kIsOptional<T>)
        return verify_field<typename T::value_type>(verifier, table, field);
    else
        return verify_child<T>(verifier, table, field);
}

template <Described T>
bool verify_table(Verifier& verifier, const Table* table) {
    bool sound = table->VerifyTableStart(verifier);
    for_each_field<T>([&](auto index, const char*, auto pointer) {
        using Member = std::remove_reference_t<decltype(std::declval<T&>().*pointer)>;
        sound = sound && verify_field<Member>(verifier, table, field_offset(index));
    });
    return sound && verifier.EndTable();
}

} // namespace daybook::flat
