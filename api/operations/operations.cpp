#include "api/operations/operations.h"

#include "engine/command/each_event.h"
#include "events/base/reflect.h"
#include "events/base/strict_json.h"
#include "events/codec/codec.h"

#include <algorithm>

namespace daybook::api {
namespace {

using namespace schema;

Json parse(const std::string& text) {
    if (text.empty())
        return {};
    auto parsed = parse_strict_json(text);
    return parsed ? std::move(*parsed) : Json();
}

std::string stored_text(const Json& json) { return json.is_null() ? std::string() : to_json(json); }

OperationMoved event_of(const Operation& operation) {
    return {operation.id,
            operation.kind,
            operation.state,
            operation.company,
            stored_text(operation.request),
            stored_text(operation.result),
            stored_text(operation.error)};
}

bool is_unfinished(const Operation& operation) {
    return operation.state == OperationState::pending || operation.state == OperationState::running;
}

command::InstanceNote note_of(const Operation& operation) {
    return {{{{EntityKind::operation, operation.id}, event_of(operation), {}, {}}},
            "MoveOperation"};
}

command::Submission system_note(const Operation& operation) {
    command::Submission submission;
    submission.command = note_of(operation);
    submission.actor.kind = ActorKind::system;
    submission.source.channel = "instance";
    return submission;
}

} // namespace

Result<std::unique_ptr<Operations>> Operations::open(Service& service) {
    std::unique_ptr<Operations> operations(new Operations(service));
    const auto read = operations->read();
    if (service.damage()) // What can be read of them is shown.
        return operations;
    if (!read)
        return std::unexpected(read.error());
    for (Operation operation : operations->all()) {
        if (!is_unfinished(operation))
            continue;
        operation.state = OperationState::failed;
        operation.error.set("code", "interrupted");
        operations->move(operation, [](const Operation&) {});
    }
    return operations;
}

Result<void> Operations::read() {
    const auto take = [this](const RecordedEvent& recorded) -> Result<void> {
        const auto* moved = std::get_if<OperationMoved>(&recorded.event);
        if (!moved)
            return {};
        Operation operation = find(moved->operation_id).value_or(Operation{});
        if (operation.started_at == Timestamp{})
            operation.started_at = recorded.envelope.recorded_at;
        operation.id = moved->operation_id;
        operation.kind = moved->kind;
        operation.state = moved->state;
        operation.company = moved->company_id;
        operation.request = parse(moved->request);
        operation.result = parse(moved->result);
        operation.error = parse(moved->error);
        put(operation);
        return {};
    };
    return command::each_event(service_.log(), log::kInstanceLine, take);
}

void Operations::put(const Operation& operation) {
    operations_.with([&](auto& operations) { operations[operation.id] = operation; });
}

void Operations::progress(const Uuid& id, std::uint64_t done) {
    operations_.with([&](auto& operations) {
        if (const auto found = operations.find(id); found != operations.end())
            found->second.done = done;
    });
}

std::optional<Operation> Operations::find(const Uuid& id) const {
    return operations_.with([&](const auto& operations) -> std::optional<Operation> {
        const auto found = operations.find(id);
        return found == operations.end() ? std::nullopt : std::optional(found->second);
    });
}

std::vector<Operation> Operations::all() const {
    std::vector<Operation> all;
    operations_.with([&](const auto& operations) {
        for (const auto& [id, operation] : operations)
            all.push_back(operation);
    });
    std::ranges::reverse(all);
    return all;
}

void Operations::begin(Operation operation, const command::Submission& asked, Begun begun) {
    operation.started_at = service_.clock().now();
    command::Submission submission = asked;
    submission.command = note_of(operation);
    service_.submit(std::move(submission), [this, operation, begun = std::move(begun)](
                                               const command::Outcome& outcome) {
        if (const auto* refusal = std::get_if<domain::Refusal>(&outcome))
            return begun(std::unexpected(*refusal));
        if (const auto* error = std::get_if<Error>(&outcome))
            return begun(std::unexpected(
                domain::Refusal{domain::Code::request_in_progress, error->what, {}, {}}));
        const auto& committed = std::get<command::Committed>(outcome);
        if (!committed.replayed) {
            put(operation);
            return begun(std::pair{operation, false});
        }
        const auto records =
            service_.log().read(log::kInstanceLine, committed.last, {.records_max = 1});
        if (records && !records->empty())
            if (const auto earlier = decode_record(records->front().bytes))
                if (const auto* moved = std::get_if<OperationMoved>(&earlier->event))
                    if (const auto known = find(moved->operation_id))
                        return begun(std::pair{*known, true});
        begun(std::unexpected(domain::Refusal{domain::Code::idempotency_key_reused, {}, {}, {}}));
    });
}

void Operations::move(Operation operation, std::function<void(const Operation&)> then) {
    put(operation);
    if (!is_unfinished(operation))
        stops_.with([&](auto& stops) { stops.erase(operation.id); });
    service_.submit(system_note(operation), [operation, then = std::move(then)](
                                                const command::Outcome&) { then(operation); });
}

void Operations::let_cancel(const Uuid& id, std::function<void()> stop) {
    stops_.with([&](auto& stops) { stops[id] = std::move(stop); });
}

bool Operations::cancel(const Uuid& id) {
    return stops_.with([&](auto& stops) {
        const auto found = stops.find(id);
        if (found == stops.end())
            return false;
        found->second();
        return true;
    });
}

void Operations::answer_after(std::chrono::seconds wait, Deadlines::Late late) {
    deadlines_.add(service_.clock().monotonic() + wait, std::move(late));
}

void Operations::expire() { deadlines_.expire(service_.clock().monotonic()); }

Json show_operation(const Operation& operation) {
    Json progress;
    progress.set("done", operation.done);
    progress.set("total", operation.total);
    progress.set("unit", operation.unit);
    Json json;
    json.set("id", to_text(operation.id));
    json.set("kind", operation.kind);
    json.set("state", enum_name(operation.state));
    json.set("progress", std::move(progress));
    json.set("started_at", to_text(operation.started_at));
    json.set("company_id", operation.company ? Json(to_text(*operation.company)) : Json());
    json.set("result", operation.result);
    json.set("error", operation.error);
    return json;
}

Schema operation_schema() {
    return named(
        "Operation",
        object({{"id", uuid()},
                {"kind", text()},
                {"state", schema::text_of({"pending", "running", "proposed", "succeeded", "failed",
                                           "cancelled"})},
                {"progress", object({{"done", integer()}, {"total", integer()}, {"unit", text()}})},
                {"started_at", instant()},
                {"company_id", nullable(uuid())},
                {"result", any()},
                {"error", any()}}));
}

} // namespace daybook::api
