// Whether a person is watching.
#pragma once

namespace daybook {

bool is_terminal(int descriptor);
// On a terminal that knows colours, and nobody set NO_COLOR (no-color.org).
bool shows_colours(int descriptor);

} // namespace daybook
