// The bytes of a file as text: UTF-8 or nothing. An encoding is never guessed, since a wrong guess
// would change people's names in silence.
#pragma once

#include "engine/domain/refusal.h"

#include <expected>
#include <string>
#include <string_view>

namespace daybook::import {

// The same text without a byte order mark. Refuses, naming line and byte: other encodings, NUL.
std::expected<std::string_view, domain::Refusal> as_text(std::string_view bytes);

// Without the blanks and tabs around it.
std::string_view trimmed(std::string_view text);
// ASCII letters and digits only, in lower case: "Invoice No." and "invoice_no" are one name.
std::string folded(std::string_view text);
// For a message: in quotes, shortened, and without control characters.
// (Not `quoted`: for a std::string argument <iomanip> has one of that name that would win.)
std::string in_quotes(std::string_view text);
bool has_control_characters(std::string_view text);

} // namespace daybook::import
