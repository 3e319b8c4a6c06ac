// How a workbook shows its numbers, as far as it says which of them are dates. Pure.
#pragma once

#include "engine/import/xml_part.h"

#include <map>
#include <optional>
#include <vector>

namespace daybook::import {

// Whether a number format shows a day or a time of day: "yyyy-mm-dd", "[$-409]d/m/yy h:mm", and the
// ones that have a number only. "[h]:mm" shows how long something took.
bool is_date_format(unsigned id, std::string_view code);

// The part xl/styles.xml.
class CellFormats final : public XmlListener {
  public:
    void begin(std::string_view name, Attributes attributes) override;
    void end(std::string_view name) override;
    void text(std::string_view) override {}
    bool goes_on() const override;

    // Of a cell's attribute "s".
    bool is_date(std::string_view style) const;

  private:
    std::map<unsigned, std::string> codes_;
    std::vector<unsigned> formats_; // One a style.
    bool in_styles_ = false;
};

enum class DayCount : std::uint8_t { from_1900, from_1904 };

// The day that a number counts, and the time if it is not midnight: "2026-03-31",
// "2026-03-31 08:26:00". Nothing for a time without a day, for what is before 1 March 1900, when
// spreadsheets disagree about the day, and for what is after 9999.
std::optional<std::string> date_text(std::string_view number, DayCount from);

} // namespace daybook::import
