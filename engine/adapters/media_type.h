// What kind of file some bytes are, as libmagic sees them. A client's word for it is not asked:
// what is called image/png and is a page with a script would run in our name.
#pragma once

#include <string>
#include <string_view>

namespace daybook {

// "application/pdf", of the beginning of a file; application/octet-stream when it cannot be told.
// Threads: any, one at a time.
std::string sniff_media_type(std::string_view beginning);

} // namespace daybook
