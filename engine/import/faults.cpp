#include "engine/import/faults.h"

#include "events/base/check.h"
#include "events/base/json.h"

#include <fmt/format.h>

namespace daybook::import {

std::string row_pointer(std::uint64_t line, std::string_view column) {
    return column.empty() ? fmt::format("/rows/{}", line)
                          : fmt::format("/rows/{}/{}", line, to_pointer_token(column));
}

void Faults::add(std::string pointer, domain::Code code, std::string detail) {
    ++count_;
    if (listed_.size() < kFaultsMax)
        listed_.push_back({std::move(pointer), code, std::move(detail)});
}

domain::Refusal Faults::refusal(domain::Code code, std::string_view about) && {
    CHECK(!empty(), "a refusal has a reason");
    std::string detail = fmt::format("{}: {} {}", about, count_, count_ == 1 ? "fault" : "faults");
    if (count_ > listed_.size())
        detail += fmt::format(", of which the first {} are listed", listed_.size());
    return {code, std::move(detail), std::move(listed_), {{"faults", std::to_string(count_)}}};
}

} // namespace daybook::import
