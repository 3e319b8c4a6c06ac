#include "engine/audit/report.h"

#include "events/base/reflect.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::audit {

std::string to_text(const Finding& finding) {
    const Place& place = finding.place;
    std::string about;
    const auto say = [&about](const std::string& words) {
        about += (about.empty() ? "" : ", ") + words;
    };
    if (!place.file.empty() && !finding.where.starts_with(place.file)
        && finding.what.find(place.file) == std::string::npos)
        say("in " + place.file);
    if (place.thing.kind != EntityKind::none)
        say(fmt::format("{} {}", enum_name(place.thing.kind),
                        place.number.empty()
                            ? to_text(place.thing.id)
                            : fmt::format("{}, {}", place.number, to_text(place.thing.id))));
    if (place.recorded_at)
        say("recorded at " + to_text(*place.recorded_at));
    else if (place.after)
        say("the event before it was recorded at " + to_text(*place.after));
    return finding.where + ": " + finding.what + (about.empty() ? about : " (" + about + ")");
}

const Finding& Report::first() const {
    const auto of_event = std::ranges::find_if(
        findings, [](const Finding& finding) { return finding.place.revision > 0; });
    return of_event == findings.end() ? findings.front() : *of_event;
}

} // namespace daybook::audit
