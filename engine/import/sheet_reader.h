// The parts of a workbook that hold its texts and its cells, as a table of text.
#pragma once

#include "engine/import/cell_formats.h"
#include "engine/import/csv_reader.h"
#include "engine/import/faults.h"

namespace daybook::import {

inline constexpr std::uint64_t kSheetRowsMax = 100'000;
inline constexpr std::uint64_t kSheetCellsMax = 2'000'000; // Rows by columns, empty ones included.
inline constexpr std::size_t kSharedTextsMax = 1'000'000;
// Of text: what many cells share counts as often as it stands.
inline constexpr std::uint64_t kSheetBytesMax = kPartBytesMax;
// What a cell surely keeps: at 32,767 characters spreadsheets cut it, and so do our own exports.
inline constexpr std::size_t kCellBytesMax = 32'760;

// Texts that cells name by number.
class SharedTexts final : public XmlListener {
  public:
    void begin(std::string_view name, Attributes attributes) override;
    void end(std::string_view name) override;
    void text(std::string_view text) override;
    bool goes_on() const override { return texts_.size() <= kSharedTextsMax; }
    const std::vector<std::string>& texts() const { return texts_; } // Still escaped.

  private:
    std::vector<std::string> texts_;
    std::string text_;
    bool collects_ = false;
    bool is_reading_aid_ = false; // Of Japanese names; not part of the text.
};

// What a sheet's cells refer to.
struct SheetContext {
    SharedTexts shared;
    CellFormats formats;
    DayCount days = DayCount::from_1900;
};

// The first row that is not blank is the header; a row's `line` is its number in the sheet. What
// stands in a cell and cannot be taken is a fault that names row and column.
class SheetReader final : public XmlListener {
  public:
    explicit SheetReader(const SheetContext& context) : context_(context) {}

    void begin(std::string_view name, Attributes attributes) override;
    void end(std::string_view name) override;
    void text(std::string_view text) override;
    bool goes_on() const override { return !too_many_; }

    // Refuses with import_broken_row and every fault, or import_empty.
    std::expected<Table, domain::Refusal> finish() &&;

  private:
    struct Cell {
        std::size_t column = 0;
        std::string kind;
        std::string style;
        std::string value;
        bool has_value = false;
        bool has_formula = false;
    };

    void begin_row(Attributes attributes);
    void end_row();
    void begin_cell(Attributes attributes);
    void end_cell();
    // Or what is wrong with it.
    std::expected<std::string, std::string> text_of(const Cell& cell) const;
    std::expected<std::string, std::string> shared_text(const std::string& index) const;
    std::expected<std::string, std::string> number(const Cell& cell) const;
    void put_row();
    std::string name_of(std::size_t column) const;
    void fault(std::size_t column, std::string detail);

    const SheetContext& context_;
    Table table_;
    Faults faults_;
    Row row_;
    std::size_t row_bytes_ = 0;
    std::uint64_t bytes_ = 0;
    Cell cell_;
    bool collects_ = false;
    bool is_reading_aid_ = false; // As in SharedTexts.
    bool too_many_ = false;
};

} // namespace daybook::import
