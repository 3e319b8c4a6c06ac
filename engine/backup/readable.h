// What a backup says in words and tables: known by the layers above, which have read models.
// The writer asks; what is readable is of the same moment as the records.
#pragma once

#include "engine/backup/manifest.h"

#include <functional>
#include <string>
#include <vector>

namespace daybook::backup {

// Appends the next piece of a text to `out`; false when that was the last.
using TextSource = std::function<Result<bool>(std::string& out)>;

struct ReadableText {
    std::string name; // Below readable/: "clients.csv".
    TextSource text;
};

struct Readable {
    Json summary;
    StateHash state;
    std::vector<ReadableText> texts;
};

} // namespace daybook::backup
