// Whether a person is watching.
#pragma once

namespace daybook {

bool is_terminal(int descriptor);

} // namespace daybook
