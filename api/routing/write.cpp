#include "api/routing/write.h"

#include "api/json/changes.h"
#include "engine/log/merkle.h"
#include "events/codec/codec.h"
#include "events/json_walk.h"

#include <utility>

namespace daybook::api {
namespace {

using domain::Code;

// A writing call that is on its way: kept alive until the sequencer has answered.
struct Flight {
    Call call;
    Write write;
    Respond respond;

    void refuse(const Problem& no) { api::refuse(call, respond, no); }
};

using Answer = std::expected<Response, Problem>;

// A 412 says what changed since: the events of the thing after the version the caller saw.
void say_what_changed(const Call& call, EntityRef thing, Problem& no) {
    no.facts.push_back({"entity", std::string(enum_name(thing.kind)) + "/" + to_text(thing.id)});
    if (const auto path = call.path.find("company"); path != call.path.end())
        no.facts.push_back({"changes", "/api/v1/companies/" + path->second + "/history?entity="
                                           + enum_name(thing.kind) + "/" + to_text(thing.id)});
}

std::expected<CompanyView, Problem> view_of(const Call& call, const command::CompanyLine& where,
                                            Revision revision) {
    CompanyView view;
    view.where = where;
    auto snapshot = call.service.views().snapshot_at(where.line, revision);
    if (!snapshot)
        return std::unexpected(problem_of(snapshot.error()));
    view.snapshot = std::move(*snapshot);
    auto row = view.snapshot->find({EntityKind::company, where.book.value});
    if (!row)
        return std::unexpected(problem_of(row.error()));
    if (*row) {
        view.company_row = **row;
        if (const auto* company = std::get_if<domain::CompanyState>(&view.company_row.state))
            view.company = *company;
    }
    const CompanyProfile& profile = view.company.profile;
    view.today =
        call.service.local_date(call.service.clock().now(), profile.time_zone).value_or(Date{});
    view.digits = profile.base_currency.likely_digits();
    return view;
}

std::expected<std::vector<RecordedEvent>, Problem>
read_commit(const Call& call, const command::Committed& committed) {
    std::vector<RecordedEvent> events;
    for (Revision next = committed.first; next != 0 && next <= committed.last;) {
        const auto records = call.service.log().read(committed.line, next,
                                                     {.records_max = committed.last - next + 1});
        if (!records)
            return std::unexpected(problem_of(records.error()));
        for (const log::StoredRecord& record : *records) {
            auto event = decode_record(record.bytes);
            if (!event)
                return std::unexpected(problem_of(event.error()));
            events.push_back(*std::move(event));
        }
        next += records->size();
    }
    return events;
}

// Of a command of the whole company. Writing nothing is no creation: 200.
Answer told_answer(Flight& flight, const command::Committed& committed,
                   const command::CompanyLine& where) {
    const bool wrote = committed.first != 0;
    const Revision before = wrote ? committed.first - 1 : committed.last;
    const CompanyView view = TRY(view_of(flight.call, where, before));
    const auto written = TRY(read_commit(flight.call, committed));
    Json body = TRY(flight.write.tell({flight.call, view, written}));
    body.set("revision", committed.last);
    Response response = json_response(wrote ? flight.write.status : 200, body);
    response.headers.emplace_back("Daybook-Revision", std::to_string(committed.last));
    if (committed.replayed)
        response.headers.emplace_back("Idempotency-Replayed", "true");
    return response;
}

Answer committed_answer(Flight& flight, const command::Committed& committed) {
    const auto directory = flight.call.service.directory();
    CompanyId company{};
    for (const command::CompanyLine& line : directory->current())
        if (line.line == committed.line)
            company = line.company;
    const auto* where = directory->find(company, committed.epoch);
    if (!where)
        return std::unexpected(problem(500, "internal_error", "the line has no company"));
    if (flight.write.tell)
        return told_answer(flight, committed, *where);
    const CompanyView view = TRY(view_of(flight.call, *where, committed.last));
    EntityRef thing = flight.write.thing;
    if (committed.replayed) {
        // The first answer again: the thing is that of the commit's first event of this kind.
        const auto records = flight.call.service.log().read(committed.line, committed.first);
        if (!records)
            return std::unexpected(problem_of(records.error()));
        for (const log::StoredRecord& record : *records) {
            const auto envelope = decode_envelope(record.bytes);
            if (!envelope)
                return std::unexpected(problem_of(envelope.error()));
            if (envelope->revision > committed.last || envelope->entity.kind != thing.kind)
                continue;
            thing = envelope->entity;
            break;
        }
    }
    auto row = view.snapshot->find(thing);
    if (!row)
        return std::unexpected(problem_of(row.error()));
    if (!*row)
        return std::unexpected(problem(500, "internal_error", "the written thing is not shown"));
    const Json body = TRY(flight.write.show(flight.call, view, thing, **row));
    Response response = json_response(flight.write.status, body, view);
    response.headers.emplace_back("ETag", etag_of(flight.call, *where, **row));
    if (!flight.write.location.empty()) {
        std::string location = flight.write.location;
        const auto at = location.find(to_text(flight.write.thing.id));
        if (at != std::string::npos)
            location.replace(at, 36, to_text(thing.id));
        location += epoch_query(flight.call, *where, '?');
        response.headers.emplace_back("Location", std::move(location));
    }
    if (committed.replayed)
        response.headers.emplace_back("Idempotency-Replayed", "true");
    return response;
}

Json event_preview(const domain::NewEvent& event, Language language, int digits) {
    Json json;
    json.set("type", info_of(event.event).name);
    Json entity;
    entity.set("kind", enum_name(event.thing.kind));
    entity.set("id", to_text(event.thing.id));
    json.set("entity", std::move(entity));
    json.set("sentence", sentence(event.event, language, digits));
    json.set("data", event_to_json(event.event, digits));
    return json;
}

std::optional<std::string> number_preview(const std::vector<domain::NewEvent>& events) {
    for (const domain::NewEvent& event : events) {
        if (const auto* issued = std::get_if<InvoiceIssued>(&event.event))
            return issued->frozen.number;
        if (const auto* issued = std::get_if<CreditNoteIssued>(&event.event))
            return issued->frozen.number;
    }
    return std::nullopt;
}

Answer previewed_answer(Flight& flight, const command::Previewed& previewed) {
    const auto directory = flight.call.service.directory();
    command::CompanyLine where;
    where.company = where.book = CompanyId{flight.write.thing.id};
    if (const auto company = flight.call.id("company"))
        if (const auto* known = directory->find(CompanyId{*company}))
            where = *known;
    CompanyView view = TRY(view_of(flight.call, where, previewed.head));
    Json result;
    JsonArray diff;
    for (const command::Prospect& prospect : previewed.things) {
        projections::EntityRow before;
        before.version = prospect.version;
        before.revision = previewed.head;
        before.state = prospect.before;
        projections::EntityRow after = before;
        after.state = prospect.after;
        if (const auto* company = std::get_if<domain::CompanyState>(&prospect.after);
            company && !domain::exists(prospect.before))
            view.company = *company;
        Json item;
        item.set("kind", enum_name(prospect.thing.kind));
        item.set("id", to_text(prospect.thing.id));
        const char* gone = domain::exists(prospect.after) ? "changed" : "removed";
        item.set("change", domain::exists(prospect.before) ? gone : "added");
        item.set("changes", to_json_changes(projections::changes_between(
                                prospect.before, prospect.after, view.digits)));
        diff.push_back(std::move(item));
        if (flight.write.show && prospect.thing == flight.write.thing)
            result = TRY(flight.write.show(flight.call, view, prospect.thing, after));
    }
    if (flight.write.tell) {
        result = TRY(flight.write.tell({flight.call, view, {}}));
        result.set("revision", previewed.head);
    }
    JsonArray events;
    for (const domain::NewEvent& event : previewed.events)
        events.push_back(event_preview(event, flight.call.language, view.digits));
    Json body;
    body.set("result", std::move(result));
    body.set("events", std::move(events));
    body.set("diff", std::move(diff));
    if (const auto number = number_preview(previewed.events))
        body.set("number_preview", *number);
    return json_response(200, body, view);
}

void answer(Flight& flight, const command::Outcome& outcome) {
    Answer reply;
    if (const auto* committed = std::get_if<command::Committed>(&outcome)) {
        reply = committed_answer(flight, *committed);
    } else if (const auto* previewed = std::get_if<command::Previewed>(&outcome)) {
        reply = previewed_answer(flight, *previewed);
    } else if (const auto* refusal = std::get_if<domain::Refusal>(&outcome)) {
        Problem no = problem_of(*refusal);
        if (refusal->code == Code::stale_version)
            say_what_changed(flight.call, flight.write.match_thing.value_or(flight.write.thing),
                             no);
        reply = std::unexpected(std::move(no));
    } else {
        reply = std::unexpected(problem_of(std::get<Error>(outcome)));
    }
    if (reply)
        flight.respond(std::move(*reply));
    else
        flight.refuse(reply.error());
}

std::expected<command::Submission, Problem> submission_of(const Flight& flight) {
    const Call& call = flight.call;
    command::Submission submission;
    if (call.path.contains("company"))
        submission.company = CompanyId{TRY(call.id("company"))};
    submission.command = flight.write.command;
    submission.actor = actor_of(call.request);
    submission.source = source_of(call.request, "api");
    submission.reason = flight.write.reason;
    submission.persons = flight.write.persons;
    submission.idempotency_key = call.request.header("idempotency-key");
    if (submission.idempotency_key.size() > 255)
        return std::unexpected(problem(400, "bad_request", "Idempotency-Key: at most 255 bytes"));
    submission.request_hash = request_hash(call.request);
    const auto validate = call.request.parameter("validate_only");
    if (validate && *validate != "true" && *validate != "false")
        return bad_parameter("validate_only is true or false");
    submission.validate_only = validate == "true";
    const auto given = TRY(if_match_version(call));
    const EntityRef matched = flight.write.match_thing.value_or(flight.write.thing);
    if (flight.write.match == Match::required && given)
        submission.if_match = command::IfMatch{matched, *given};
    else if (flight.write.based_on)
        submission.if_match = command::IfMatch{matched, *flight.write.based_on};
    return submission;
}

} // namespace

void perform(Call call, Write write, Respond respond) {
    if (const auto damage = call.service.damage())
        return refuse(call, respond, problem(503, "read_only", *damage));
    // Whoever writes is told what came of it, which nobody could show yet.
    if (call.service.views().lag().rebuilding)
        return refuse(call, respond, problem(503, "replaying"));
    // In a copy the company's records bear another id than the world does.
    if (write.thing.kind == EntityKind::company)
        if (const auto* where = call.service.directory()->find(CompanyId{write.thing.id}))
            write.thing.id = where->book.value;
    auto flight =
        std::make_shared<Flight>(Flight{std::move(call), std::move(write), std::move(respond)});
    auto submission = submission_of(*flight);
    if (!submission)
        return flight->refuse(submission.error());
    flight->call.service.submit(std::move(*submission), [flight](const command::Outcome& outcome) {
        answer(*flight, outcome);
    });
}

Actor actor_of(const Request& request) {
    Actor actor;
    const std::string_view name = request.header("daybook-actor");
    if (name.empty())
        return actor;
    actor.kind = ActorKind::user;
    actor.name = name.substr(0, 200);
    actor.asserted = true;
    return actor;
}

Source source_of(const Request& request, std::string_view channel) {
    Source source;
    source.channel = channel;
    source.program = request.header("user-agent").substr(0, 200);
    source.request_id = request.request_id;
    return source;
}

Hash request_hash(const Request& request) {
    std::string text = request.method + " " + request.path + "\n";
    for (const auto& [name, value] : request.query)
        text += name + "=" + value + "\n";
    return log::sha256(text + "\n" + (request.sink ? request.sink->digest() : request.body));
}

} // namespace daybook::api
