// A progress bar on a terminal; nothing at all in a pipe.
#pragma once

#include <cstdint>
#include <string>

namespace daybook::api {

class ProgressBar {
  public:
    ProgressBar(std::string label, std::string unit);
    ~ProgressBar(); // Ends the line.
    void show(std::uint64_t done, std::uint64_t total);

  private:
    std::string label_;
    std::string unit_;
    bool visible_;
    int last_percent_ = -1;
};

} // namespace daybook::api
