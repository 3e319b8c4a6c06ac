// A described value as a FlatBuffers table, and back.
//
// The field list of BOOST_DESCRIBE_STRUCT is the schema: member i is field i of the table of that
// name in events/schema (a test compares the two, name by name, type by type). So there is no
// generated code and no hand-written copy of a hundred tables; FlatBuffers' builder and verifier
// do the bytes.
//
//   C++                                    schema                         left out when
//   bool, integers, enumerations           bool, int, uint, long, ulong   zero
//   Amount, Decimal, Timestamp / Date      long / int                     zero
//   Uuid, TypedId / Hash                   struct Uuid / struct Hash      all bytes are zero
//   std::string, Currency / Bytes          string / [ubyte]               empty / never
//   described struct                       table                          it has no field
//   std::optional<T>                       T, scalars "= null"            it has no value
//   std::vector<T>                         [T]                            empty
//
// What is left out is zero, empty or nothing, never the initialiser that C++ gives a member: other
// readers know the schema only, and an initialiser may change where a stored fact may not. Hence
// no field of a schema has a default.
//
// Included by codec .cpp files only.
#pragma once

#include "events/codec/flat_read.h"
#include "events/codec/flat_verify.h"
#include "events/codec/flat_write.h"

#include <cstring>

namespace daybook::flat {

// FlatBuffers reads scalars where they stand, so the bytes must stand aligned.
class Aligned {
  public:
    explicit Aligned(std::string_view bytes) : data_(bytes) {
        if (reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(std::uint64_t) == 0)
            return;
        copy_.resize((bytes.size() + 7) / 8);
        std::memcpy(copy_.data(), bytes.data(), bytes.size());
        data_ = {reinterpret_cast<const char*>(copy_.data()), bytes.size()};
    }
    const std::uint8_t* data() const { return reinterpret_cast<const std::uint8_t*>(data_.data()); }
    std::size_t size() const { return data_.size(); }

  private:
    std::vector<std::uint64_t> copy_;
    std::string_view data_;
};

template <Described T>
std::string encode(const T& value, const char* identifier = nullptr) {
    Builder builder(512);
    builder.Finish(flatbuffers::Offset<void>(write_table(builder, value)), identifier);
    return {reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize()};
}

template <Described T>
Result<T> decode(std::string_view bytes, const char* identifier = nullptr) {
    if (bytes.size() > kRecordBytesMax)
        return fail(ErrorKind::corrupt, "larger than a record may be");
    if (bytes.size() < 8)
        return fail(ErrorKind::corrupt, "shorter than any FlatBuffer");
    const Aligned aligned(bytes);
    if (identifier && !flatbuffers::BufferHasIdentifier(aligned.data(), identifier))
        return fail(ErrorKind::corrupt, "not a FlatBuffer of the expected kind");
    Verifier verifier(aligned.data(), aligned.size(), kTableDepthMax, kTablesMax);
    const auto root = verifier.VerifyOffset(0);
    const auto* table = reinterpret_cast<const Table*>(aligned.data() + root);
    if (root == 0 || !verify_table<T>(verifier, table))
        return fail(ErrorKind::corrupt, "not a sound FlatBuffer, or beyond the format's limits");
    T value;
    Reader reader(bytes.size());
    if (!reader.read_table(table, value))
        return std::unexpected(reader.objection());
    return value;
}

} // namespace daybook::flat
