#include "api/restores/switch_back.h"

#include "api/or_problem.h"
#include "engine/command/fork_facts.h"
#include "engine/command/write_index.h"
#include "events/base/whole_number.h"

#include <algorithm>

namespace daybook::api {
namespace {

// Numbers that the book which is left has given, and the one that comes back has not.
Result<std::vector<domain::NewEvent>> numbers_given(const log::LogReader& log,
                                                    log::LineNumber leaves, log::LineNumber back) {
    const auto known = TRY(command::series_floors(log, back));
    std::vector<domain::NewEvent> events;
    for (const SeriesFloor& given : TRY(command::series_floors(log, leaves))) {
        const EntityRef series{EntityKind::series, given.series_id.value};
        const auto same = std::ranges::find_if(known, [&](const SeriesFloor& floor) {
            return floor.series_id == given.series_id && floor.period == given.period;
        });
        const std::uint64_t last = same == known.end() ? 0 : same->last;
        // A series that only the other book had is nobody's here.
        const auto there =
            TRY(log.scan_index(back, log::Index::thing, command::thing_prefix(series)));
        if (given.last > last && !there.empty())
            events.push_back(
                {series, SeriesAdvanced{given.period, last + 1, given.last, {}}, {}, {}});
    }
    return events;
}

} // namespace

std::expected<command::Submission, Problem> switch_back(const Service& service, CompanyId company,
                                                        std::string_view epoch) {
    const auto wanted = whole_number<Epoch>(epoch);
    const auto directory = service.directory();
    const auto* now = directory->find(company);
    if (!now || !wanted || !directory->find(company, *wanted))
        return std::unexpected(problem(404, "not_found", "the company has no such epoch"));
    const auto former = directory->replaced_by(company, *wanted);
    if (now->epoch != *wanted || !former)
        return std::unexpected(
            problem(409, "not_replaced", "epoch " + std::to_string(now->epoch) + " is current"));
    const auto* back = directory->find(company, *former);
    const log::LineHead head = TRY(or_problem(service.log().head(now->line)));
    command::Submission submission;
    submission.company = company;
    submission.command =
        command::SwitchBack{*former,
                            {now->line, head.revision},
                            TRY(or_problem(numbers_given(service.log(), now->line, back->line))),
                            "UndoReplacement"};
    return submission;
}

} // namespace daybook::api
