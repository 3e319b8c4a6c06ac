#include "api/handlers/going_back.h"

#include "api/handlers/settings.h"
#include "api/handlers/small_resource.h"
#include "api/handlers/target.h"
#include "api/present/going_back.h"
#include "api/snapshot_books.h"

namespace daybook::api {
namespace {

using namespace schema;

// Decides again on the books as they were, to say what stayed and why.
template <class Command>
Tell telling(const Command& command) {
    return [command](const Told& told) -> std::expected<Json, Problem> {
        const SnapshotBooks books(told.call, told.before);
        const auto plan = domain::plan(books, command, {told.before.where.book, told.before.today});
        if (const auto trouble = books.take_trouble())
            return std::unexpected(problem_of(*trouble));
        // A repeated request, so long after that today's rules would refuse it.
        return show_going_back(told, plan.value_or(domain::GoingBack{}), books);
    };
}

template <class Command>
Write write_of(const Call& call, Command command) {
    Write write;
    write.reason = command.reason;
    write.thing = {EntityKind::timeline, call.id("company").value_or(Uuid{})};
    write.status = 201;
    write.tell = telling(command);
    write.command = std::move(command);
    return write;
}

std::expected<Write, Problem> roll_back(const Call& call) {
    TargetMoment target;
    auto command = TRY(read_body<domain::RollBack>(call, [&](Input& input) {
        domain::RollBack read;
        target = read_target(input, "to");
        input.objects(
            "entities", Need::optional, domain::kEntitiesMax, [&](Input& thing, std::size_t) {
                const auto kind = thing.choice<EntityKind>("kind", Need::required);
                const auto id = thing.id("id", Need::required);
                read.entities.push_back({kind.value_or(EntityKind::none), id.value_or(Uuid{})});
            });
        read.issued = input.choice<IssuedPolicy>("issued").value_or(IssuedPolicy::keep);
        read.reason = read_reason(input);
        read.expected_revision = read_revision(input, "expected_revision");
        return read;
    }));
    command.to = TRY(resolve(call, target));
    command.first_id = call.service.ids().next_id();
    return write_of(call, std::move(command));
}

std::expected<Write, Problem> undo(const Call& call) {
    auto command = TRY(read_body<domain::UndoCommit>(call, [&](Input& input) {
        domain::UndoCommit read;
        read.commit = read_revision(input, "commit", Need::required).value_or(0);
        read.reason = read_reason(input);
        read.expected_revision = read_revision(input, "expected_revision");
        return read;
    }));
    return write_of(call, std::move(command));
}

Schema roll_back_schema() {
    const Schema thing = object({{"kind", text()}, {"id", uuid()}});
    return named("RollBackInput", object({{"to", target_schema()},
                                          optional("entities", nullable(array(thing))),
                                          optional("issued", nullable(text_of({"keep", "credit"}))),
                                          {"reason", text()},
                                          optional("expected_revision", nullable(integer()))}));
}

Schema undo_schema() {
    return named("UndoInput", object({{"commit", integer()},
                                      {"reason", text()},
                                      optional("expected_revision", nullable(integer()))}));
}

Route route(std::string_view path, std::string_view summary, Schema request, Prepare prepare) {
    return {.method = "POST",
            .pattern = settings_path(std::string(path)),
            .summary = summary,
            .permission = Permission::admin,
            .body_max = kBodyJson,
            .request = std::move(request),
            .status = 201,
            .response = going_back_schema(),
            .handler = writing(std::move(prepare)),
            .may_change_nothing = true};
}

} // namespace

std::vector<Route> going_back_routes() {
    return {route("rollbacks", "Take the books, or chosen things, back to an earlier moment",
                  roll_back_schema(), roll_back),
            route("undo", "Undo a commit on which nothing later stands, or a rollback",
                  undo_schema(), undo)};
}

} // namespace daybook::api
