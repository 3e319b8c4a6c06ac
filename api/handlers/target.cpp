#include "api/handlers/target.h"

#include "api/or_problem.h"

namespace daybook::api {
namespace {

using domain::Code;

constexpr std::int64_t kRevisionMax = 1'000'000'000'000'000;

std::unexpected<Problem> at_fault(const TargetMoment& target, Code code) {
    return std::unexpected(
        problem_of(domain::Refusal{code, {}, {{"/" + target.member + "/at", code, {}}}, {}, {}}));
}

} // namespace

std::optional<Revision> read_revision(Input& input, std::string_view name, Need need) {
    const auto number = input.integer(name, 0, kRevisionMax, need);
    return number ? std::optional(static_cast<Revision>(*number)) : std::nullopt;
}

TargetMoment read_target(Input& input, std::string_view member) {
    TargetMoment target{std::string(member), {}, {}};
    input.object(member, Need::required, [&](Input& moment) {
        target.revision = read_revision(moment, "revision");
        target.at = moment.instant("at");
        if (moment.has("revision") && moment.has("at"))
            moment.fault("", Code::invalid_input, "revision or at, not both");
        else if (!moment.has("revision") && !moment.has("at"))
            moment.fault("revision", Code::missing_member, "one of revision and at");
    });
    return target;
}

Schema target_schema() {
    return schema::object({schema::optional("revision", schema::nullable(schema::integer())),
                           schema::optional("at", schema::nullable(schema::instant()))});
}

std::expected<Revision, Problem> resolve(const Call& call, const TargetMoment& target) {
    if (target.revision)
        return *target.revision;
    const CompanyView view = TRY(open_company(call));
    if (*target.at > call.service.clock().now())
        return at_fault(target, Code::as_of_in_future);
    const Revision found =
        TRY(or_problem(call.service.views().revision_at(view.where.line, *target.at)));
    TRY(is_kept(call, view.where.line, found, target.member));
    if (found == 0)
        return at_fault(target, Code::not_yet_created);
    return found;
}

} // namespace daybook::api
