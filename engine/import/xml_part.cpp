#include "engine/import/xml_part.h"

#include "engine/import/text.h"

#include <algorithm>
#include <expat.h>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <vector>

namespace daybook::import {
namespace {

constexpr char kNamespaceEnd = '|';
constexpr std::size_t kDepthMax = 100;
// Without an element or a text: expat looks at a tag anew with each piece, until it is all there.
constexpr std::size_t kSilentBytesMax = 1024 * 1024;

std::string_view local_name(std::string_view name) {
    const std::size_t end = name.rfind(kNamespaceEnd);
    return end == std::string_view::npos ? name : name.substr(end + 1);
}

// Calls back into C++ from C: nothing here may throw but for lack of memory.
class XmlReading {
  public:
    XmlReading(std::string_view part, XmlListener& listener)
        : part_(part), listener_(listener), parser_(XML_ParserCreateNS(nullptr, kNamespaceEnd)) {
        XML_SetUserData(parser_.get(), this);
        XML_SetElementHandler(parser_.get(), on_begin, on_end);
        XML_SetCharacterDataHandler(parser_.get(), on_text);
        XML_SetStartDoctypeDeclHandler(parser_.get(), on_doctype);
    }

    // False once there is nothing more to be read, for whatever reason.
    bool feed(std::string_view bytes, bool last) {
        silent_ += bytes.size();
        const auto status =
            XML_Parse(parser_.get(), bytes.data(), static_cast<int>(bytes.size()), last ? 1 : 0);
        if (status == XML_STATUS_ERROR && listener_.goes_on() && !trouble_)
            trouble_ = XML_ErrorString(XML_GetErrorCode(parser_.get()));
        if (!trouble_ && silent_ > kSilentBytesMax)
            trouble_ = "a tag that is larger than any of a workbook";
        return status == XML_STATUS_OK && !trouble_;
    }

    std::expected<void, domain::Refusal> finish() {
        if (!trouble_ && listener_.goes_on())
            feed({}, true);
        if (trouble_)
            return no_workbook(fmt::format("Part {}, line {}: {}", in_quotes(part_),
                                           XML_GetCurrentLineNumber(parser_.get()), *trouble_));
        return {};
    }

  private:
    struct FreeParser {
        void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
    };

    static XmlReading& self(void* data) {
        auto& reading = *static_cast<XmlReading*>(data);
        reading.silent_ = 0;
        return reading;
    }

    static void on_begin(void* data, const char* name, const char** given) {
        XmlReading& reading = self(data);
        if (++reading.depth_ > kDepthMax)
            return reading.stop("more elements within each other than in any workbook");
        reading.attributes_.clear();
        for (; *given; given += 2)
            reading.attributes_.emplace_back(local_name(given[0]), given[1]);
        reading.listener_.begin(local_name(name), reading.attributes_);
        reading.stop_if_enough();
    }
    static void on_end(void* data, const char* name) {
        XmlReading& reading = self(data);
        --reading.depth_;
        reading.listener_.end(local_name(name));
        reading.stop_if_enough();
    }
    static void on_text(void* data, const char* text, int size) {
        self(data).listener_.text({text, static_cast<std::size_t>(size)});
    }
    static void on_doctype(void* data, const char*, const char*, const char*, int) {
        self(data).stop("a document type, which workbooks do not have");
    }
    void stop(const char* why) {
        trouble_ = why;
        XML_StopParser(parser_.get(), XML_FALSE);
    }
    void stop_if_enough() {
        if (!listener_.goes_on())
            XML_StopParser(parser_.get(), XML_FALSE);
    }

    std::string_view part_;
    XmlListener& listener_;
    std::unique_ptr<XML_ParserStruct, FreeParser> parser_;
    std::vector<std::pair<std::string_view, std::string_view>> attributes_;
    std::size_t depth_ = 0;
    std::size_t silent_ = 0; // Bytes since something was told.
    std::optional<std::string> trouble_;
};

} // namespace

std::string_view attribute(XmlListener::Attributes attributes, std::string_view name) {
    const auto found =
        std::ranges::find(attributes, name, &XmlListener::Attributes::value_type::first);
    return found == attributes.end() ? std::string_view() : found->second;
}

std::expected<void, domain::Refusal> read_xml(const PackageReader& package, std::string_view part,
                                              XmlListener& listener) {
    XmlReading reading(part, listener);
    TRY(package.read(part, [&](std::string_view piece) { return reading.feed(piece, false); }));
    return reading.finish();
}

} // namespace daybook::import
