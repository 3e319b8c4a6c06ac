// Workbooks of other programs: as a file, whose checksums a fuzzer hardly ever meets, and as the
// XML of a sheet, of the texts that its cells share, and of its styles, in a file that is sound.

#include "engine/import/workbook_reader.h"
#include "tests/engine/import/workbook_fixture.h"
#include "tests/fuzz/fuzz.h"

namespace {

void read(std::string_view bytes) {
    if (const auto table = daybook::import::read_workbook(bytes))
        for (const daybook::import::Row& row : table->rows)
            daybook::fuzz::hold(row.fields.size() == table->header.fields.size());
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(daybook::fuzz::text_of(data, size));
    read(text);
    daybook::import::Workbook book;
    const std::size_t second = std::min(text.find('\0'), text.size());
    const std::size_t third = std::min(text.find('\0', second + 1), text.size());
    book.rows = text.substr(0, second);
    book.shared = text.substr(std::min(second + 1, text.size()), third - second);
    book.styles = text.substr(std::min(third + 1, text.size()));
    daybook::import::Zip zip = book.zip();
    zip.method = 0;
    read(zip.bytes());
    return 0;
}
