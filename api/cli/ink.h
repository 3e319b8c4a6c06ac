// Colours for people who read on a terminal; plain text for everybody else. And columns: the width
// that a text takes there.
#pragma once

#include <string>
#include <string_view>

namespace daybook::api {

class Ink {
  public:
    explicit Ink(bool coloured) : coloured_(coloured) {}

    std::string bold(std::string_view text) const { return painted("1", text); }
    std::string dim(std::string_view text) const { return painted("2", text); }
    std::string red(std::string_view text) const { return painted("31", text); }
    std::string green(std::string_view text) const { return painted("32", text); }
    std::string yellow(std::string_view text) const { return painted("33", text); }
    std::string cyan(std::string_view text) const { return painted("36", text); }

  private:
    std::string painted(std::string_view code, std::string_view text) const;

    bool coloured_;
};

// What stands in the books was written by others: control characters, which a terminal would obey,
// become U+FFFD.
std::string harmless(std::string_view text);

// The text, and blanks up to that many characters: to its right, or to its left.
std::string padded_right(std::string_view text, std::size_t width);
std::string padded_left(std::string_view text, std::size_t width);

} // namespace daybook::api
