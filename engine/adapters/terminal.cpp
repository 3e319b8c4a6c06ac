#include "engine/adapters/terminal.h"

#include <unistd.h>

namespace daybook {

bool is_terminal(int descriptor) { return isatty(descriptor) == 1; }

} // namespace daybook
