// The adapter around libcsv. It is fed one line of the file at a time, so that a row's line number
// is known although the library does not count. Its defaults are turned off: it would strip the
// blanks around fields.
#include "engine/import/csv_reader.h"

#include "engine/import/faults.h"
#include "engine/import/text.h"
#include "events/base/check.h"

#include <algorithm>
#include <array>
#include <csv.h>
#include <fmt/format.h>
#include <utility>

namespace daybook::import {
namespace {

using domain::Code;
using domain::Refusal;

// Calls back into C++ from C: nothing here may throw but for lack of memory.
class RowReader {
  public:
    explicit RowReader(char separator) {
        CHECK(csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) == 0, "libcsv has no other answer");
        csv_set_delim(&parser_, static_cast<unsigned char>(separator));
        csv_set_space_func(&parser_, [](unsigned char) { return 0; });
        parser_.blk_size = 4096; // It grows by steps; the default of 128 bytes is quadratic.
    }
    ~RowReader() { csv_free(&parser_); }
    RowReader(const RowReader&) = delete;
    RowReader& operator=(const RowReader&) = delete;

    // One line with its end. False when its quotes cannot be understood.
    bool feed(std::string_view line) {
        return csv_parse(&parser_, line.data(), line.size(), on_field, on_row, this) == line.size();
    }
    bool finish() { return csv_fini(&parser_, on_field, on_row, this) == 0; }

    // The row that has ended, once.
    std::optional<std::vector<std::string>> take() {
        if (!ended_)
            return std::nullopt;
        ended_ = false;
        return std::exchange(fields_, {});
    }

  private:
    static void on_field(void* data, std::size_t size, void* self) {
        static_cast<RowReader*>(self)->fields_.emplace_back(static_cast<const char*>(data), size);
    }
    static void on_row(int, void* self) { static_cast<RowReader*>(self)->ended_ = true; }

    csv_parser parser_{};
    std::vector<std::string> fields_;
    bool ended_ = false;
};

// The next line with its end: LF, CR LF or CR.
std::string_view first_line(std::string_view text) {
    const std::size_t end = text.find_first_of("\r\n");
    if (end == std::string_view::npos)
        return text;
    return text.substr(0, text.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
}

char sniffed_separator(std::string_view text) {
    constexpr std::string_view kSeparators = ",;\t";
    std::array<std::size_t, kSeparators.size()> seen{};
    bool in_quotes = false;
    for (const char c : text.substr(0, kRowBytesMax)) {
        if (c == '"')
            in_quotes = !in_quotes;
        if (in_quotes)
            continue;
        if (c == '\r' || c == '\n')
            break;
        if (const std::size_t which = kSeparators.find(c); which != std::string_view::npos)
            ++seen[which];
    }
    return kSeparators[static_cast<std::size_t>(std::ranges::max_element(seen) - seen.begin())];
}

class TableBuilder {
  public:
    explicit TableBuilder(char separator) { table_.separator = separator; }

    void add(Row row) {
        const std::size_t size = row.fields.size();
        if (size > kFieldsMax) {
            faults_.add(row_pointer(row.line), Code::import_broken_row,
                        fmt::format("{} fields; {} are the limit", size, kFieldsMax));
        } else if (table_.header.line == 0) {
            table_.header = std::move(row);
        } else if (std::ranges::all_of(row.fields, &std::string::empty)) {
            table_.blank_rows.push_back(row.line);
        } else if (size != table_.header.fields.size()) {
            faults_.add(row_pointer(row.line), Code::import_broken_row,
                        fmt::format("{} fields where the header has {}", size,
                                    table_.header.fields.size()));
        } else {
            table_.rows.push_back(std::move(row));
        }
    }
    void fault(std::uint64_t line, std::string detail) {
        faults_.add(row_pointer(line), Code::import_broken_row, std::move(detail));
    }
    std::expected<Table, Refusal> finish() && {
        if (!faults_.empty())
            return std::unexpected(
                std::move(faults_).refusal(Code::import_broken_row, "Not a table"));
        if (table_.header.line == 0)
            return domain::refuse(Code::import_empty, "The file has no header.");
        return std::move(table_);
    }

  private:
    Table table_;
    Faults faults_;
};

// A fault of quoting ends the reading: where the next row begins can no longer be known.
std::expected<Table, Refusal> read_rows(std::string_view text, char separator) {
    constexpr const char* kQuotes = "a quote stands inside a field; it must be doubled, and the "
                                    "field be in quotes";
    RowReader reader(separator);
    TableBuilder table(separator);
    Row row{1, {}};
    std::size_t row_bytes = 0;
    bool open = false; // Inside a row: a newline stands in quotes.
    for (std::uint64_t line = 1; !text.empty(); ++line) {
        const std::string_view bytes = first_line(text);
        text.remove_prefix(bytes.size());
        if (!open)
            row.line = line;
        row_bytes = open ? row_bytes + bytes.size() : bytes.size();
        if (row_bytes > kRowBytesMax) {
            table.fault(row.line,
                        fmt::format("longer than {} bytes; is a quote not closed?", kRowBytesMax));
            return std::move(table).finish();
        }
        if (!reader.feed(bytes)) {
            table.fault(row.line, kQuotes);
            return std::move(table).finish();
        }
        auto fields = reader.take();
        open = !fields && (open || bytes.find_first_not_of("\r\n") != std::string_view::npos);
        if (fields)
            table.add({row.line, *std::move(fields)});
    }
    if (!reader.finish())
        table.fault(row.line, "a quote is not closed before the end of the file");
    else if (auto fields = reader.take())
        table.add({row.line, *std::move(fields)});
    return std::move(table).finish();
}

} // namespace

std::expected<Table, Refusal> read_csv(std::string_view bytes, std::optional<char> separator) {
    const std::string_view text = TRY(as_text(bytes));
    return read_rows(text, separator.value_or(sniffed_separator(text)));
}

} // namespace daybook::import
