// The schemas of the event language as the program carries them, so that what leaves it can say how
// it is read: each events/schema/*.fbs as text, and events.bfbs, all of them in FlatBuffers' own
// binary form. Made at build time by schema/embed.cmake.
#pragma once

#include <span>
#include <string_view>

namespace daybook {

struct SchemaFile {
    std::string_view name; // "invoice.fbs"
    std::string_view bytes;
};

// In order of name.
std::span<const SchemaFile> schema_files();

} // namespace daybook
