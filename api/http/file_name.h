// Names of files on their way through headers: RFC 6266 where we answer, RFC 8187 in X-Filename.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace daybook::api {

// What a person may call a file: the last part of a path, without control characters and without
// the marks that turn the reading direction and make "…fdp.exe" look like a PDF, at most 200 bytes.
// Empty when nothing is left.
std::string sane_file_name(std::string_view name);

// Of X-Filename: UTF-8''caf%C3%A9.pdf, or the name as it is. Made sane; nothing when it cannot be
// decoded or nothing is left.
std::optional<std::string> parse_file_name(std::string_view header);

enum class Disposition { attachment, in_page };

// attachment; filename="caf_.pdf"; filename*=UTF-8''caf%C3%A9.pdf
// The first is for programs that know no other; it is left out where it would say the same.
std::string content_disposition(Disposition disposition, std::string_view name);

} // namespace daybook::api
