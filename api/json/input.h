// Reading a request's JSON into values: every faulty member is noted, none stops the reading, so
// that one answer names them all (http-api.md, "Errors").
//
//   Input input(body);
//   client.name = input.text("name", required);
//   input.finish();                       // Unknown members are faults too.
//   if (!input.faults().empty()) return refuse(…)
#pragma once

#include "engine/domain/refusal.h"
#include "events/base/json.h"
#include "events/document.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace daybook::api {

enum class Need { optional, required };

// One JSON object being read. Children share the list of faults and extend the pointer.
class Input {
  public:
    explicit Input(const Json& object, std::string pointer = {});

    // Absent, or of the wrong kind (then a fault is noted): nothing, or the empty value.
    // `null` counts as absent.
    std::string text(std::string_view name, Need need = Need::optional, std::size_t size_max = 500);
    std::optional<bool> boolean(std::string_view name, Need need = Need::optional);
    std::optional<std::int64_t> integer(std::string_view name, std::int64_t min, std::int64_t max,
                                        Need need = Need::optional);
    // Decimal strings only: a JSON number is money_must_be_string.
    std::optional<Decimal> decimal(std::string_view name, Need need = Need::optional,
                                   int decimals_max = 6);
    std::optional<Date> date(std::string_view name, Need need = Need::optional);
    std::optional<Timestamp> instant(std::string_view name, Need need = Need::optional);
    std::optional<Uuid> id(std::string_view name, Need need = Need::optional);
    template <class TypedIdT>
    std::optional<TypedIdT> typed_id(std::string_view name, Need need = Need::optional) {
        const auto found = id(name, need);
        return found ? std::optional(TypedIdT{*found}) : std::nullopt;
    }
    // One of the enumerators; anything else is unknown_value.
    template <class E>
    std::optional<E> choice(std::string_view name, Need need = Need::optional);
    std::vector<std::string> texts(std::string_view name, Need need = Need::optional);
    // Calls read(child) when the member is an object; finishes the child.
    bool object(std::string_view name, Need need, const std::function<void(Input&)>& read);
    // Calls read(child, index) for each item, each of which must be an object.
    std::size_t objects(std::string_view name, Need need, std::size_t count_max,
                        const std::function<void(Input&, std::size_t)>& read);
    // Any JSON, taken as it is.
    const Json* raw(std::string_view name);
    bool has(std::string_view name) const; // Present and not null.

    void fault(std::string_view name, domain::Code code, std::string detail = {});
    // Notes unknown_member for each member nobody asked for.
    void finish();
    const std::vector<domain::Fault>& faults() const { return *faults_; }
    // The refusal invalid_input with all faults; call when there are any.
    domain::Refusal refusal() const;

  private:
    Input(const Json& object, std::string pointer,
          std::shared_ptr<std::vector<domain::Fault>> faults);
    const Json* take(std::string_view name, Need need);
    std::optional<std::string> choice_text(std::string_view name, Need need);

    const Json* object_;
    std::string pointer_;
    std::shared_ptr<std::vector<domain::Fault>> faults_;
    std::set<std::string, std::less<>> asked_;
};

// "mistake, bounced, chargeback"
template <class E>
std::string names_of() {
    std::string names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto each) { names += std::string(names.empty() ? "" : ", ") + each.name; });
    return names;
}

template <class E>
std::optional<E> Input::choice(std::string_view name, Need need) {
    const auto text = choice_text(name, need);
    if (!text)
        return std::nullopt;
    E value{};
    if (boost::describe::enum_from_string(text->c_str(), value))
        return value;
    fault(name, domain::Code::unknown_value, "'" + *text + "' is none of " + names_of<E>());
    return std::nullopt;
}

// Parses the body as one strict JSON object: 400 malformed_json or duplicate_member, 415 for
// another media type, 422 wrong_type when it is no object.
struct Problem;
struct Request;
std::expected<Json, Problem> parse_body(const Request& request);

} // namespace daybook::api
