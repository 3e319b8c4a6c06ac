// A key that everybody knows, so that what is behind a signature can be reached.
#pragma once

#include "engine/log/signing_key.h"
#include "tests/fuzz/fuzz.h"

namespace daybook::fuzz {

inline const log::SigningKey& signatory() {
    static const auto key = log::SigningKey::from_pem(
        "-----BEGIN PRIVATE KEY-----\n"
        "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
        "-----END PRIVATE KEY-----\n");
    hold(key.has_value());
    return *key;
}

} // namespace daybook::fuzz
