#include "events/base/strict_json.h"

#include <boost/json/basic_parser_impl.hpp>
#include <fmt/format.h>
#include <functional>
#include <optional>
#include <set>

namespace daybook {
namespace {

using boost::json::error_code;
using boost::json::string_view;

// An object or array that is still open.
struct Frame {
    Json container;
    std::string name;                         // Of the member being read, when an object.
    std::set<std::string, std::less<>> taken; // Names so far; ordered, so that no choice of names
                                              // makes it slow.
};

// Builds the value while Boost.JSON walks the text, and says why when it stops the walk.
class Builder {
  public:
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) { return open(JsonObject{}); }
    bool on_array_begin(error_code&) { return open(JsonArray{}); }
    bool on_object_end(std::size_t, error_code&) { return close(); }
    bool on_array_end(std::size_t, error_code&) { return close(); }

    bool on_key_part(string_view part, std::size_t, error_code&) { return gather(part); }
    bool on_key(string_view part, std::size_t, error_code& stop) {
        gather(part);
        Frame& frame = open_.back();
        frame.name = std::exchange(text_, {});
        if (frame.name.find('\0') != std::string::npos)
            return nul_character(stop);
        if (frame.taken.insert(frame.name).second)
            return true;
        return refuse(stop, "duplicate_member",
                      fmt::format("the member \"{}\" is there twice", frame.name));
    }

    bool on_string_part(string_view part, std::size_t, error_code&) { return gather(part); }
    bool on_string(string_view part, std::size_t, error_code& stop) {
        gather(part);
        if (text_.find('\0') != std::string::npos)
            return nul_character(stop);
        return place(std::exchange(text_, {}));
    }

    // Whatever Boost.JSON makes of a number is ignored; its text is the value.
    bool on_number_part(string_view part, error_code&) { return gather(part); }
    bool on_int64(std::int64_t, string_view part, error_code&) { return number(part); }
    bool on_uint64(std::uint64_t, string_view part, error_code&) { return number(part); }
    bool on_double(double, string_view part, error_code&) { return number(part); }

    bool on_bool(bool truth, error_code&) { return place(truth); }
    bool on_null(error_code&) { return place(nullptr); }
    bool on_comment_part(string_view, error_code&) { return true; }
    bool on_comment(string_view, error_code&) { return true; }

    Json take_value() { return std::move(root_); }
    // What this class refused itself; empty when it was the grammar.
    const std::optional<JsonFault>& fault() const { return fault_; }

    // Of the innermost thing that was being read.
    std::string pointer() const {
        std::string out;
        for (const Frame& frame : open_) {
            const JsonArray* items = frame.container.if_array();
            if (items == nullptr && frame.taken.empty())
                break;
            out +=
                '/'
                + (items == nullptr ? to_pointer_token(frame.name) : std::to_string(items->size()));
        }
        return out;
    }

  private:
    bool gather(string_view part) {
        text_.append(part.data(), part.size());
        return true;
    }

    bool number(string_view part) {
        gather(part);
        return place(JsonNumber{std::exchange(text_, {})});
    }

    bool open(Json container) {
        open_.push_back({std::move(container), {}, {}});
        return true;
    }

    bool close() {
        Json done = std::move(open_.back().container);
        open_.pop_back();
        return place(std::move(done));
    }

    bool place(Json json) {
        if (open_.empty()) {
            root_ = std::move(json);
        } else if (Frame& frame = open_.back(); frame.container.is_array()) {
            frame.container.push(std::move(json));
        } else {
            // Not set(), which would search for a name that is known to be new.
            std::get<JsonObject>(frame.container.value).emplace_back(frame.name, std::move(json));
        }
        return true;
    }

    bool nul_character(error_code& stop) {
        return refuse(stop, "malformed_json", "a text holds the character U+0000");
    }

    bool refuse(error_code& stop, std::string code, std::string detail) {
        fault_ = JsonFault{std::move(code), pointer(), std::move(detail)};
        stop = boost::json::error::syntax; // Any will do: fault_ is asked first.
        return false;
    }

    std::vector<Frame> open_;
    std::string text_; // Of the name, string or number being read.
    Json root_;
    std::optional<JsonFault> fault_;
};

std::string sentence_for(error_code problem) {
    using boost::json::error;
    if (problem == error::too_deep)
        return fmt::format("deeper than {}", kJsonDepthMax);
    if (problem == error::incomplete)
        return "the text ends before its value does";
    if (problem == error::extra_data)
        return "something follows the value";
    if (problem == error::illegal_leading_surrogate || problem == error::illegal_trailing_surrogate
        || problem == error::expected_utf16_escape) {
        return "a \\u escape is half of a surrogate pair";
    }
    return problem.message();
}

} // namespace

std::expected<Json, JsonFault> parse_strict_json(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = kJsonDepthMax;
    boost::json::basic_parser<Builder> parser(options);
    error_code problem;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), problem);
    if (!problem && read < text.size())
        problem = boost::json::error::extra_data;
    Builder& builder = parser.handler();
    if (!problem)
        return builder.take_value();

    JsonFault fault = builder.fault().value_or(
        JsonFault{"malformed_json", builder.pointer(), sentence_for(problem)});
    fault.detail += fmt::format(" (at byte {})", read);
    return std::unexpected(std::move(fault));
}

} // namespace daybook
