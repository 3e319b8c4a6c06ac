// Files of other programs, and the numbers in them.

#include "engine/import/csv_reader.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace daybook;
    const std::string_view text = fuzz::text_of(data, size);
    for (const std::optional<char> separator : {std::optional<char>(), std::optional(';')})
        if (const auto table = import::read_csv(text, separator))
            for (const import::Row& row : table->rows)
                fuzz::hold(row.fields.size() == table->header.fields.size());
    return 0;
}
