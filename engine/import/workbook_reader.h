// An Excel workbook (.xlsx, ISO/IEC 29500) as the table that a CSV file would be: its first sheet,
// values as text. Formulas count as the value that was saved with them; nothing is worked out.
#pragma once

#include "engine/import/csv_reader.h"

namespace daybook::import {

// Whether a file that begins so has the parts of a workbook, of which the first is enough to know;
// whether it is a sound one, read_workbook tells. 64 bytes are enough.
bool is_workbook(std::string_view bytes);

// Refuses: unknown_format where it is no sound workbook, import_broken_row with every cell at fault
// as /rows/<row>/<column>, import_empty.
std::expected<Table, domain::Refusal> read_workbook(std::string_view bytes);

} // namespace daybook::import
