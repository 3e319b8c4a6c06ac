#include "tests/events/schema/flatc.h"

#include "events/base/check.h"

#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>

namespace daybook::tests {

FlatcRun run_flatc(const std::vector<std::string>& arguments) {
    std::string command = DAYBOOK_FLATC;
    for (const std::string& argument : arguments)
        command += " '" + argument + "'"; // Paths of a checkout; none holds an apostrophe.
    std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    CHECK(pipe != nullptr, "flatc can be run");
    std::string output;
    std::array<char, 4096> chunk{};
    for (std::size_t n; (n = std::fread(chunk.data(), 1, chunk.size(), pipe)) > 0;)
        output.append(chunk.data(), n);
    return {::pclose(pipe) == 0, output};
}

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    CHECK(file.good(), "the file can be read");
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

void write_file(const std::string& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << bytes;
    CHECK(file.good(), "the file can be written");
}

} // namespace daybook::tests
