// What a client would like, and need not get (RFC 7240): how long it waits for the end of long
// work before 202 will do.
#pragma once

#include <chrono>
#include <string_view>

namespace daybook::api {

inline constexpr std::chrono::seconds kWaitMax{60};

// Of the header Prefer: "wait=5" among its preferences, kWaitMax at most. Zero where there is none,
// or none that can be understood: a preference is no reason to refuse.
std::chrono::seconds preferred_wait(std::string_view prefer);

} // namespace daybook::api
