// One XML part of a workbook, told element by element while it is unfolded, so that no more of it
// than a piece is ever held. A part with a document type is refused: workbooks have none, and it is
// how XML makes files that unfold without end.
//
// The adapter around expat.
#pragma once

#include "engine/import/package_reader.h"

#include <span>
#include <utility>

namespace daybook::import {

// Names without their namespace, whichever prefix a program chose.
class XmlListener {
  public:
    using Attributes = std::span<const std::pair<std::string_view, std::string_view>>;

    virtual ~XmlListener() = default;
    virtual void begin(std::string_view name, Attributes attributes) = 0;
    virtual void end(std::string_view name) = 0;
    virtual void text(std::string_view text) = 0; // A piece of it.
    virtual bool goes_on() const { return true; } // False: enough was seen.
};

// The value of an attribute; empty when it is not there.
std::string_view attribute(XmlListener::Attributes attributes, std::string_view name);

// Refuses with unknown_format, as the package does, and naming the line where it is no XML, or one
// that is made to do harm: elements within elements without end, or one that is larger than any.
std::expected<void, domain::Refusal> read_xml(const PackageReader& package, std::string_view part,
                                              XmlListener& listener);

} // namespace daybook::import
