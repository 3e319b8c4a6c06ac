// A signing key that is to follow the one in use. It lies in keys/next.key until the books say that
// it does follow; then it takes the place of the other, of which nothing is left. Whatever a crash
// leaves, the books tell which of the two it is to be.
#pragma once

#include "engine/log/signing_key.h"

#include <optional>

namespace daybook::log {

Result<void> keep_next_key(Files& files, const std::string& directory, const SigningKey& next);
Result<std::optional<SigningKey>> find_next_key(Files& files, const std::string& directory);
Result<void> take_next_key(Files& files, const std::string& directory);
Result<void> drop_next_key(Files& files, const std::string& directory);

} // namespace daybook::log
