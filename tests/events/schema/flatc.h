// Runs flatc, the reference implementation of the schema language, as a test's witness.
#pragma once

#include <string>
#include <vector>

namespace daybook::tests {

struct FlatcRun {
    bool succeeded;
    std::string output; // Of both streams.
};

FlatcRun run_flatc(const std::vector<std::string>& arguments);

std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& bytes);

inline std::string schema_folder() { return DAYBOOK_SOURCE_DIR "/events/schema"; }
inline std::string golden_folder() { return DAYBOOK_SOURCE_DIR "/tests/golden"; }

} // namespace daybook::tests
