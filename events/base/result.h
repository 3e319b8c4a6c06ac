// How a function says that it could not.
//
// Three kinds of "no" are never mixed. A *refusal* (engine/domain/refusal.h) is the business.
// An *error*, here, is the world failing: a disk, a file, bytes that are not what they claim to be.
// A *bug* is ourselves, and stops the process (check.h).
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace daybook {

enum class ErrorKind {
    io,          // The operating system or RocksDB failed; the text names the file.
    full,        // The disk, or what of it may be used, is full; the text names the file.
    corrupt,     // Stored bytes are not what was written.
    conflict,    // Somebody else moved the head; nothing was written.
    invalid,     // The caller's bytes or text cannot be understood.
    unsupported, // Made by a newer release, or not built yet.
    busy,        // Held by another process.
};

struct Error {
    ErrorKind kind;
    std::string what;

    // "<context>: <what>"; context is added once per layer that knows more.
    Error within(std::string_view context) const {
        return {kind, std::string(context) + ": " + what};
    }
};

// Nothing is wrong with the bytes: once the disk does its work again, so does what failed.
inline bool is_of_disk(const Error& error) {
    return error.kind == ErrorKind::io || error.kind == ErrorKind::full;
}

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(ErrorKind kind, std::string what) {
    return std::unexpected(Error{kind, std::move(what)});
}

} // namespace daybook

// Passes a failure up, or yields the value:  auto head = TRY(log.head(line));
// Works for any std::expected whose error converts to that of the enclosing function.
#define TRY(...)                                                                                   \
    __extension__({                                                                                \
        auto try_result = (__VA_ARGS__);                                                           \
        if (!try_result.has_value())                                                               \
            return std::unexpected(std::move(try_result).error());                                 \
        std::move(try_result).value();                                                             \
    })
