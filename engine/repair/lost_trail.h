// What a company's lost part still tells: records behind the first lost one cannot be believed as
// books, but numbers that they gave are with customers and must not be given again.
#pragma once

#include "engine/repair/survey.h"

namespace daybook::repair {

struct LostTrail {
    std::vector<SeriesFloor> floors;     // How far each series came, in sound records and behind.
    std::vector<OnlyInParent> documents; // Issued in the lost part, and still readable.
};

Result<LostTrail> lost_trail(const log::RocksdbStore& store, const SurveyedLine& line);

} // namespace daybook::repair
