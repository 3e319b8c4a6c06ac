#include "api/handlers/backup_schedule.h"

#include "api/handlers/backups.h"
#include "api/handlers/reading_body.h"
#include "api/handlers/small_resource.h"
#include "api/json/party_json.h"
#include "api/routing/preview.h"
#include "events/base/reflect.h"

#include <algorithm>

namespace daybook::api {
namespace {

using namespace schema;
using custody::Pace;
using custody::Schedule;

// The one that is in force, or how `wanted` would be shown.
std::expected<Json, Problem> show_schedule(const BackupJobs& jobs, const Scheduler& scheduler,
                                           CompanyId company, const Schedule* wanted = nullptr) {
    const auto keeping = jobs.ports().custody.read([&](const custody::CustodyBook& book) {
        const custody::Keeping* found = book.company(company);
        return found ? std::optional(*found) : std::nullopt;
    });
    if (!keeping)
        return std::unexpected(problem(404, "not_found", "no such company"));
    const Schedule& schedule = wanted ? *wanted : keeping->schedule;
    const auto moment = [](const std::optional<Timestamp>& at) {
        return at ? Json(to_text(*at)) : Json();
    };
    Json keep;
    keep.set("count", schedule.keep_count == 0 ? Json() : Json(schedule.keep_count));
    keep.set("days", schedule.keep_days == 0 ? Json() : Json(schedule.keep_days));
    JsonArray targets;
    for (const std::string& target : scheduler.targets())
        targets.push_back(Json(target));
    Json json;
    json.set("every", enum_name(schedule.every));
    json.set("hour", schedule.hour);
    json.set("weekday", schedule.weekday);
    json.set("day", schedule.day);
    json.set("keep", std::move(keep));
    json.set("attachments", schedule.attachments);
    json.set("emails", schedule.emails);
    json.set("target", text_or_null(schedule.target));
    json.set("drill", enum_name(schedule.drill));
    json.set("set_at", moment(keeping->schedule_set_at));
    json.set("last_at", moment(keeping->backed_up_at));
    json.set("next_at", moment(scheduler.next_backup(company)));
    json.set("targets", std::move(targets));
    return json;
}

std::vector<Member> input_members() {
    const Schema pace = text_of({"never", "daily", "weekly", "monthly"});
    return {optional("every", pace),
            optional("hour", integer()),
            optional("weekday", integer()),
            optional("day", integer()),
            optional("keep", object({optional("count", nullable(integer())),
                                     optional("days", nullable(integer()))})),
            optional("attachments", boolean()),
            optional("emails", boolean()),
            optional("target", nullable(text())),
            optional("drill", pace)};
}

Schema schedule_schema() {
    std::vector<Member> members = input_members();
    for (Member& member : members)
        member.required = true;
    return named("BackupSchedule",
                 extended(object(std::move(members)), {{"set_at", nullable(instant())},
                                                       {"last_at", nullable(instant())},
                                                       {"next_at", nullable(instant())},
                                                       {"targets", array(text())}}));
}

// A PUT is the whole schedule: what it does not name is as it is by default.
Schedule read_schedule(Input& input, const std::vector<std::string>& targets) {
    constexpr int kKeepMax = 10'000;
    const auto number = [&](const char* name, int min, int max, int otherwise) {
        return static_cast<int>(input.integer(name, min, max).value_or(otherwise));
    };
    const Schedule usual;
    Schedule schedule;
    schedule.every = input.choice<Pace>("every").value_or(usual.every);
    schedule.drill = input.choice<Pace>("drill").value_or(usual.drill);
    schedule.hour = number("hour", 0, 23, usual.hour);
    schedule.weekday = number("weekday", 1, 7, usual.weekday);
    schedule.day = number("day", 1, 31, usual.day);
    schedule.attachments = input.boolean("attachments").value_or(usual.attachments);
    schedule.emails = input.boolean("emails").value_or(usual.emails);
    input.object("keep", Need::optional, [&](Input& keep) {
        schedule.keep_count = static_cast<int>(keep.integer("count", 1, kKeepMax).value_or(0));
        schedule.keep_days = static_cast<int>(keep.integer("days", 1, kKeepMax).value_or(0));
    });
    schedule.target = input.text("target", Need::optional, 1'000);
    if (!schedule.target.empty() && std::ranges::find(targets, schedule.target) == targets.end())
        input.fault("target", domain::Code::unknown_value,
                    "not one of the directories that this server was started with "
                    "(--backup-target)");
    return schedule;
}

void put_schedule(BackupJobs& jobs, const Scheduler& scheduler, const Call& call,
                  const Respond& respond) {
    const auto company = company_in(call);
    if (!company)
        return refuse(call, respond, company.error());
    const auto schedule = read_body<Schedule>(
        call, [&](Input& input) { return read_schedule(input, scheduler.targets()); });
    if (!schedule)
        return refuse(call, respond, schedule.error());
    const bool same = jobs.ports().custody.read([&](const custody::CustodyBook& book) {
        const custody::Keeping* keeping = book.company(*company);
        return keeping && keeping->schedule_set_at && keeping->schedule == *schedule;
    });
    CustodyNoted noted;
    noted.company_id = *company;
    noted.options = custody::to_options(*schedule);
    noted.target = schedule->target;
    const EntityRef thing{EntityKind::schedule, company->value};
    if (call.is_preview()) {
        auto shown = show_schedule(jobs, scheduler, *company, &*schedule);
        if (!shown)
            return refuse(call, respond, shown.error());
        Preview preview{*std::move(shown), {}, {}};
        if (!same)
            preview.events.push_back({thing, ScheduleSet{noted}, {}, {}});
        return respond(preview_response(call, std::move(preview)));
    }
    const auto show = [&jobs, &scheduler, call, respond, company = *company] {
        const auto shown = show_schedule(jobs, scheduler, company);
        if (!shown)
            return refuse(call, respond, shown.error());
        respond(json_response(200, *shown));
    };
    if (same)
        return show();
    jobs.ports().custody.note(thing, {ScheduleSet{noted}}, asked_by(call),
                              [call, respond, show](const Result<void>& done) {
                                  done ? show() : refuse(call, respond, problem_of(done.error()));
                              });
}

} // namespace

std::vector<Route> backup_schedule_routes(BackupJobs& jobs, const Scheduler& scheduler) {
    const std::string path = settings_path("backups") + "/schedule";
    return {{.method = "GET",
             .pattern = path,
             .summary = "When the company is backed up by itself",
             .permission = Permission::read,
             .parameters = custody_parameters(),
             .response = schedule_schema(),
             .handler = reading([&](const Call& call) -> Reply {
                 const CompanyId company = TRY(company_in(call));
                 return json_response(200, TRY(show_schedule(jobs, scheduler, company)));
             })},
            {.method = "PUT",
             .pattern = path,
             .summary = "Set when the company is backed up, how long that is kept, and where else",
             .permission = Permission::admin,
             .body_max = kBodyJson,
             .request = named("BackupScheduleInput", object(input_members())),
             .response = schedule_schema(),
             .handler = previewing([&](const Call& call, const Respond& respond) {
                 put_schedule(jobs, scheduler, call, respond);
             })}};
}

} // namespace daybook::api
