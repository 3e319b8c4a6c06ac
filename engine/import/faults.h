// Everything that is wrong with a file, told at once: whoever repairs it should not have to send it
// a hundred times. The first hundred faults are listed, all are counted.
#pragma once

#include "engine/domain/refusal.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::import {

inline constexpr std::size_t kFaultsMax = 100;

// "/rows/12/UnitPrice": the line of the file, as an editor counts it, and the column's own name.
std::string row_pointer(std::uint64_t line, std::string_view column = {});

class Faults {
  public:
    void add(std::string pointer, domain::Code code, std::string detail);
    bool empty() const { return count_ == 0; }
    // Call only when there is a fault.
    domain::Refusal refusal(domain::Code code, std::string_view about) &&;

  private:
    std::vector<domain::Fault> listed_;
    std::uint64_t count_ = 0;
};

} // namespace daybook::import
