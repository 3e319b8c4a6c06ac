#include "api/json/input.h"

#include "api/http/message.h"
#include "api/problem.h"
#include "events/base/strict_json.h"

#include <algorithm>

namespace daybook::api {
namespace {

using domain::Code;

// RFC 6901: "~" and "/" inside a member's name are escaped.
std::string escaped(std::string_view name) {
    std::string text;
    for (const char c : name) {
        if (c == '~')
            text += "~0";
        else if (c == '/')
            text += "~1";
        else
            text += c;
    }
    return text;
}

Code decimal_code(const std::string& what) {
    if (what == "too_many_decimals")
        return Code::too_many_decimals;
    if (what == "out_of_range")
        return Code::out_of_range;
    return Code::not_a_decimal;
}

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char c) { return (c & 0xC0) != 0x80; }));
}

} // namespace

Input::Input(const Json& object, std::string pointer)
    : Input(object, std::move(pointer), std::make_shared<std::vector<domain::Fault>>()) {}

Input::Input(const Json& object, std::string pointer,
             std::shared_ptr<std::vector<domain::Fault>> faults)
    : object_(&object), pointer_(std::move(pointer)), faults_(std::move(faults)) {}

bool Input::has(std::string_view name) const {
    const Json* member = object_->find(name);
    return member && !member->is_null();
}

const Json* Input::take(std::string_view name, Need need) {
    asked_.emplace(name);
    const Json* member = object_->find(name);
    if (member && !member->is_null())
        return member;
    if (need == Need::required)
        fault(name, Code::missing_member);
    return nullptr;
}

const Json* Input::raw(std::string_view name) { return take(name, Need::optional); }

void Input::fault(std::string_view name, Code code, std::string detail) {
    std::string pointer = pointer_;
    if (!name.empty())
        pointer += "/" + escaped(name);
    faults_->push_back({std::move(pointer), code, std::move(detail)});
}

std::string Input::text(std::string_view name, Need need, std::size_t size_max) {
    const Json* member = take(name, need);
    if (!member)
        return {};
    const std::string* text = member->if_string();
    if (!text) {
        fault(name, Code::wrong_type, "a text");
        return {};
    }
    if (characters(*text) > size_max) {
        fault(name, Code::text_too_long, "at most " + std::to_string(size_max) + " characters");
        return {};
    }
    if (need == Need::required && text->empty())
        fault(name, Code::missing_member);
    return *text;
}

std::optional<bool> Input::boolean(std::string_view name, Need need) {
    const Json* member = take(name, need);
    if (!member)
        return std::nullopt;
    if (const bool* truth = member->if_bool())
        return *truth;
    fault(name, Code::wrong_type, "true or false");
    return std::nullopt;
}

std::optional<std::int64_t> Input::integer(std::string_view name, std::int64_t min,
                                           std::int64_t max, Need need) {
    const Json* member = take(name, need);
    if (!member)
        return std::nullopt;
    const auto value = member->integer();
    if (!value)
        fault(name, Code::wrong_type, "a whole number");
    else if (*value < min || *value > max)
        fault(name, Code::out_of_range, std::to_string(min) + " to " + std::to_string(max));
    else
        return value;
    return std::nullopt;
}

std::optional<Decimal> Input::decimal(std::string_view name, Need need, int decimals_max) {
    const Json* member = take(name, need);
    if (!member)
        return std::nullopt;
    const std::string* text = member->if_string();
    if (!text) {
        fault(name, member->is_number() ? Code::money_must_be_string : Code::wrong_type,
              "a decimal number as text, like \"19.99\"");
        return std::nullopt;
    }
    const auto value = parse_decimal(*text, decimals_max);
    if (value)
        return *value;
    fault(name, decimal_code(value.error().what),
          "at most " + std::to_string(decimals_max) + " decimals, up to 10^12");
    return std::nullopt;
}

std::optional<Date> Input::date(std::string_view name, Need need) {
    const std::string text = this->text(name, need, 40);
    if (text.empty())
        return std::nullopt;
    const auto date = parse_date(text);
    if (date)
        return *date;
    fault(name, Code::bad_date, date.error().what);
    return std::nullopt;
}

std::optional<Timestamp> Input::instant(std::string_view name, Need need) {
    const std::string text = this->text(name, need, 40);
    if (text.empty())
        return std::nullopt;
    const auto at = parse_timestamp(text);
    if (at)
        return *at;
    fault(name, Code::bad_date, at.error().what);
    return std::nullopt;
}

std::optional<Uuid> Input::id(std::string_view name, Need need) {
    const std::string text = this->text(name, need, 40);
    if (text.empty())
        return std::nullopt;
    const auto id = parse_uuid(text);
    if (id)
        return *id;
    fault(name, Code::bad_id, id.error().what);
    return std::nullopt;
}

std::optional<std::string> Input::choice_text(std::string_view name, Need need) {
    const std::string text = this->text(name, need, 60);
    return text.empty() ? std::nullopt : std::optional(text);
}

std::vector<std::string> Input::texts(std::string_view name, Need need) {
    const Json* member = take(name, need);
    std::vector<std::string> texts;
    if (!member)
        return texts;
    const JsonArray* items = member->if_array();
    if (!items || !std::ranges::all_of(*items, &Json::is_string)) {
        fault(name, Code::wrong_type, "a list of texts");
        return texts;
    }
    for (const Json& item : *items)
        texts.push_back(*item.if_string());
    return texts;
}

bool Input::object(std::string_view name, Need need, const std::function<void(Input&)>& read) {
    const Json* member = take(name, need);
    if (!member)
        return false;
    if (!member->is_object()) {
        fault(name, Code::wrong_type, "an object");
        return false;
    }
    Input child(*member, pointer_ + "/" + escaped(name), faults_);
    read(child);
    child.finish();
    return true;
}

std::size_t Input::objects(std::string_view name, Need need, std::size_t count_max,
                           const std::function<void(Input&, std::size_t)>& read) {
    const Json* member = take(name, need);
    if (!member)
        return 0;
    const JsonArray* items = member->if_array();
    if (!items) {
        fault(name, Code::wrong_type, "a list of objects");
        return 0;
    }
    if (items->size() > count_max) {
        fault(name, name == "lines" ? Code::too_many_lines : Code::out_of_range,
              "at most " + std::to_string(count_max) + ", here " + std::to_string(items->size()));
        return 0;
    }
    const std::string base = pointer_ + "/" + escaped(name) + "/";
    for (std::size_t i = 0; i < items->size(); ++i) {
        if (!(*items)[i].is_object()) {
            faults_->push_back({base + std::to_string(i), Code::wrong_type, "an object"});
            continue;
        }
        Input child((*items)[i], base + std::to_string(i), faults_);
        read(child, i);
        child.finish();
    }
    return items->size();
}

void Input::finish() {
    for (const auto& [name, value] : *object_->if_object())
        if (!asked_.contains(name))
            fault(name, Code::unknown_member);
}

domain::Refusal Input::refusal() const {
    // A single fault names the whole; several are "invalid_input" with each named below.
    const Code code = faults_->size() == 1 ? faults_->front().code : Code::invalid_input;
    return {code, {}, *faults_, {}};
}

std::expected<Json, Problem> parse_body(const Request& request) {
    const std::string_view type = request.header("content-type");
    const std::string_view bare = type.substr(0, type.find(';'));
    if (!type.empty() && bare != "application/json" && bare != "application/merge-patch+json")
        return std::unexpected(problem(415, "unsupported_media_type", "send application/json"));
    auto parsed = parse_strict_json(request.body);
    if (!parsed) {
        Problem no = problem(400, parsed.error().code, parsed.error().detail);
        no.faults.push_back({parsed.error().pointer, parsed.error().code, parsed.error().detail});
        return std::unexpected(no);
    }
    if (!parsed->is_object())
        return std::unexpected(problem_of(
            domain::Refusal{Code::wrong_type, "the body must be a JSON object", {}, {}}));
    return std::move(*parsed);
}

} // namespace daybook::api
