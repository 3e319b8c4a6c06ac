#include "engine/log/repair_swap.h"

namespace daybook::log {
namespace {

std::string marker_of(const std::string& directory) { return directory + "/REPAIR"; }

// Both renames are repeated safely: what was moved is no longer where it was moved from.
Result<void> swap_name(Files& files, const std::string& directory, const std::string& evidence,
                       const std::string& name) {
    const std::string repaired = directory + kRepairDirectory + name;
    if (!TRY(files.exists(repaired)))
        return {}; // Swapped before.
    if (TRY(files.exists(directory + name)))
        TRY(files.rename(directory + name, evidence + name));
    return files.rename(repaired, directory + name);
}

Result<std::string> free_name(Files& files, const std::string& directory) {
    for (int n = 1;; ++n) {
        std::string name = "damaged-" + std::to_string(n);
        if (!TRY(files.exists(directory + "/" + name)))
            return name;
    }
}

} // namespace

Result<bool> is_swap_begun(Files& files, const std::string& directory) {
    return files.exists(marker_of(directory));
}

Result<void> finish_swap(Files& files, const std::string& directory) {
    if (!TRY(is_swap_begun(files, directory)))
        return {};
    const std::string evidence = directory + "/" + TRY(files.read_all(marker_of(directory)));
    TRY(files.make_directory(evidence));
    TRY(swap_name(files, directory, evidence, "/log"));
    TRY(swap_name(files, directory, evidence, "/HEAD"));
    TRY(files.remove_all(directory + kRepairDirectory));
    return files.remove_all(marker_of(directory));
}

Result<std::string> swap_repaired_log(Files& files, const std::string& directory) {
    std::string evidence = TRY(free_name(files, directory));
    TRY(files.replace(marker_of(directory), evidence, 0600));
    TRY(finish_swap(files, directory));
    return evidence;
}

} // namespace daybook::log
