#include "engine/import/sheet_reader.h"

#include "engine/import/cell_text.h"
#include "engine/import/text.h"
#include "events/base/whole_number.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::import {

using domain::Code;
using domain::Refusal;

// ---- texts that are shared ----------------------------------------------------------------------

void SharedTexts::begin(std::string_view name, Attributes) {
    if (name == "si")
        text_.clear();
    is_reading_aid_ = is_reading_aid_ || name == "rPh";
    collects_ = name == "t" && !is_reading_aid_;
}

void SharedTexts::end(std::string_view name) {
    collects_ = false;
    if (name == "rPh")
        is_reading_aid_ = false;
    if (name == "si")
        texts_.push_back(text_);
}

void SharedTexts::text(std::string_view text) {
    if (collects_)
        text_ += text;
}

// ---- cells --------------------------------------------------------------------------------------

void SheetReader::begin(std::string_view name, Attributes attributes) {
    if (name == "row")
        begin_row(attributes);
    else if (name == "c")
        begin_cell(attributes);
    else if (name == "f")
        cell_.has_formula = true;
    else if (name == "rPh")
        is_reading_aid_ = true;
    collects_ = name == "v" || (name == "t" && !is_reading_aid_);
    cell_.has_value = cell_.has_value || collects_;
}

void SheetReader::end(std::string_view name) {
    collects_ = false;
    if (name == "rPh")
        is_reading_aid_ = false;
    else if (name == "c")
        end_cell();
    else if (name == "row")
        end_row();
}

void SheetReader::text(std::string_view text) {
    if (!collects_ || row_bytes_ > kRowBytesMax)
        return;
    row_bytes_ += text.size();
    cell_.value += text;
}

void SheetReader::begin_row(Attributes attributes) {
    const std::uint64_t next = row_.line + 1;
    row_ = {whole_number<std::uint64_t>(attribute(attributes, "r")).value_or(next), {}};
    row_bytes_ = 0;
    cell_ = {};
    if (row_.line < next)
        faults_.add(row_pointer(row_.line), Code::import_broken_row,
                    fmt::format("it stands behind row {}", next - 1));
    row_.line = std::max(row_.line, next);
}

void SheetReader::begin_cell(Attributes attributes) {
    const std::string_view place = attribute(attributes, "r");
    const std::size_t column = place.empty() ? cell_.column + 1 : column_of_place(place);
    cell_ = {column,
             std::string(attribute(attributes, "t")),
             std::string(attribute(attributes, "s")),
             {},
             false,
             false};
}

void SheetReader::end_cell() {
    if (cell_.column == 0)
        return fault(0, "a cell without a place");
    const auto text = text_of(cell_);
    if (!text)
        return fault(cell_.column, text.error());
    if (text->empty())
        return;
    if (cell_.column > kFieldsMax)
        return fault(cell_.column, fmt::format("{} columns are the limit", kFieldsMax));
    if (row_.fields.size() < cell_.column)
        row_.fields.resize(cell_.column);
    row_bytes_ += cell_.kind == "s" ? text->size() : 0;
    if (!row_.fields[cell_.column - 1].empty())
        return fault(cell_.column, "the cell is there twice");
    row_.fields[cell_.column - 1] = *text;
}

std::expected<std::string, std::string> SheetReader::text_of(const Cell& cell) const {
    if (cell.has_formula && !cell.has_value)
        return std::unexpected("a formula whose value was never worked out; save the file in a "
                               "spreadsheet once, or put the value in its place");
    if (cell.kind == "e")
        return std::unexpected("the cell shows an error: " + in_quotes(cell.value));
    const std::string raw = cell.kind == "s" ? TRY(shared_text(cell.value)) : cell.value;
    if (raw.size() > kCellBytesMax) // As it is written there: so it was cut, if it was.
        return std::unexpected(
            fmt::format("longer than the {} bytes that a cell surely keeps", kCellBytesMax));
    if (cell.kind == "s" || cell.kind == "str" || cell.kind == "inlineStr" || cell.kind == "d")
        return unescaped(raw);
    return raw.empty() ? raw : number(cell);
}

std::expected<std::string, std::string> SheetReader::shared_text(const std::string& index) const {
    const std::vector<std::string>& texts = context_.shared.texts();
    const auto place = whole_number<std::size_t>(index);
    if (!place || *place >= texts.size())
        return std::unexpected("the cell names a text that is not there");
    return texts[*place];
}

std::expected<std::string, std::string> SheetReader::number(const Cell& cell) const {
    if (cell.kind == "b" && (cell.value == "0" || cell.value == "1"))
        return cell.value == "1" ? "true" : "false";
    const auto text = cell.kind.empty() || cell.kind == "n" ? number_text(cell.value)
                                                            : std::optional<std::string>();
    if (!text)
        return std::unexpected(in_quotes(cell.value) + " is no value of its kind");
    if (!context_.formats.is_date(cell.style))
        return *text;
    if (auto date = date_text(*text, context_.days))
        return *std::move(date);
    return std::unexpected("a time without a day, or a day that spreadsheets disagree about; put "
                           "it as text");
}

void SheetReader::end_row() {
    bytes_ += row_bytes_;
    if (row_bytes_ > kRowBytesMax)
        return fault(0, fmt::format("longer than {} bytes", kRowBytesMax));
    const bool beyond = row_.line > kSheetRowsMax;
    const std::uint64_t cells = table_.rows.size() * table_.header.fields.size();
    if (bytes_ > kSheetBytesMax || cells > kSheetCellsMax || (beyond && !row_.fields.empty())) {
        too_many_ = true;
        return fault(0, fmt::format("{} rows, {} cells and {} bytes of text are the limit",
                                    kSheetRowsMax, kSheetCellsMax, kSheetBytesMax));
    }
    if (!beyond)
        put_row();
}

void SheetReader::put_row() {
    const std::size_t width = table_.header.fields.size();
    if (row_.fields.empty()) {
        if (width > 0)
            table_.blank_rows.push_back(row_.line);
        return;
    }
    if (width == 0) {
        table_.header = std::move(row_);
        row_.line = table_.header.line;
        return;
    }
    for (std::size_t column = width + 1; column <= row_.fields.size(); ++column)
        if (!row_.fields[column - 1].empty())
            fault(column, "a value in a column that the header does not name");
    row_.fields.resize(width);
    const std::uint64_t line = row_.line;
    table_.rows.push_back(std::move(row_));
    row_ = {line, {}};
}

std::string SheetReader::name_of(std::size_t column) const {
    if (column == 0)
        return {};
    if (column <= table_.header.fields.size() && !table_.header.fields[column - 1].empty())
        return table_.header.fields[column - 1];
    return column_letters(column);
}

void SheetReader::fault(std::size_t column, std::string detail) {
    if (column > 0)
        detail = fmt::format("{}{}: {}", column_letters(column), row_.line, detail);
    faults_.add(row_pointer(row_.line, name_of(column)), Code::import_broken_row,
                std::move(detail));
}

std::expected<Table, Refusal> SheetReader::finish() && {
    if (!faults_.empty())
        return std::unexpected(std::move(faults_).refusal(Code::import_broken_row, "Not a table"));
    if (table_.header.line == 0)
        return domain::refuse(Code::import_empty, "The first sheet is empty.");
    table_.separator = kNoSeparator;
    return std::move(table_);
}

} // namespace daybook::import
