// How a repaired log takes the place of the damaged one: wholly or not at all, whenever the process
// ends.
//
//     <data>/repair.new/{HEAD,log}     what a repair makes aside; without REPAIR it is nobody's
//     <data>/REPAIR                    names where the damaged files go; from here on it is done
//     <data>/damaged-<n>/{HEAD,log}    the evidence, kept until somebody removes it
//
// Whoever opens the directory finishes a swap that was begun.
#pragma once

#include "engine/files.h"

#include <string>

namespace daybook::log {

inline constexpr const char* kRepairDirectory = "/repair.new";

// Begins the swap and finishes it. Returns where the damaged files are, "damaged-1". The directory
// is locked by the caller, and nobody has either log open.
Result<std::string> swap_repaired_log(Files& files, const std::string& directory);

// Nothing to do unless a swap was begun.
Result<void> finish_swap(Files& files, const std::string& directory);
Result<bool> is_swap_begun(Files& files, const std::string& directory);

} // namespace daybook::log
