#include "api/routing/changes_since.h"

#include "api/present/event.h"
#include "api/present/history_reader.h"
#include "events/base/whole_number.h"

#include <algorithm>

namespace daybook::api {
namespace {

constexpr Version kChangesMax = 20;

Version version_in(const Problem& no, std::string_view name) {
    const auto fact = std::ranges::find(no.facts, name, &NamedText::name);
    return fact == no.facts.end() ? 0 : whole_number<Version>(fact->value).value_or(0);
}

// A thing's versions follow each other, so as many events are its changes as versions lie between.
std::expected<JsonArray, Problem> newest_changes(const Call& call, EntityRef thing, Version count) {
    if (count == 0)
        return JsonArray();
    const CompanyView view = TRY(open_company(call));
    HistoryFilter filter;
    filter.entity = thing;
    filter.highest = view.snapshot->revision();
    return TRY(HistoryReader(call, view, filter).page(0, count)).items;
}

} // namespace

void say_what_changed(const Call& call, EntityRef thing, Problem& no) {
    const std::string entity = std::string(enum_name(thing.kind)) + "/" + to_text(thing.id);
    no.facts.push_back({"entity", entity});
    const auto company = call.path.find("company");
    if (company == call.path.end())
        return;
    no.facts.push_back(
        {"history", "/api/v1/companies/" + company->second + "/history?entity=" + entity});
    const Version now = version_in(no, "current_version");
    const Version seen = version_in(no, "given_version");
    const Version since = now > seen ? now - seen : 0;
    auto changes = newest_changes(call, thing, std::min(since, kChangesMax));
    if (!changes)
        return; // The refusal counts, and where the history is has been said.
    no.members.emplace_back("changes", *std::move(changes));
    no.members.emplace_back("more_changes", since > kChangesMax);
}

std::vector<Member> changes_since_schema() {
    using namespace schema;
    return {optional("changes", array(history_schema())), optional("more_changes", boolean())};
}

} // namespace daybook::api
