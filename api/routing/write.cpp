#include "api/routing/write.h"

#include "api/or_problem.h"
#include "api/routing/changes_since.h"
#include "api/routing/preview.h"
#include "engine/log/merkle.h"
#include "events/codec/codec.h"

#include <algorithm>
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

// What would be answered: the thing as it would be, or as it is where nothing changes.
std::expected<Json, Problem> previewed_result(const Flight& flight, const CompanyView& view,
                                              const command::Previewed& previewed) {
    const Write& write = flight.write;
    if (write.tell) {
        Json told = TRY(write.tell({flight.call, view, {}}));
        told.set("revision", previewed.head);
        return told;
    }
    const auto changed =
        std::ranges::find(previewed.things, write.thing, &command::Prospect::thing);
    if (changed != previewed.things.end()) {
        const auto known = TRY(or_problem(view.snapshot->find(write.thing)));
        projections::EntityRow after;
        after.version = changed->version;
        after.revision = previewed.head;
        after.updated_at = flight.call.service.clock().now();
        after.created_at = known ? known->created_at : after.updated_at;
        after.state = changed->after;
        return write.show(flight.call, view, write.thing, after);
    }
    const auto row = TRY(or_problem(view.snapshot->find(write.thing)));
    return row ? write.show(flight.call, view, write.thing, *row) : Json();
}

Answer previewed_answer(Flight& flight, const command::Previewed& previewed) {
    const auto directory = flight.call.service.directory();
    command::CompanyLine where;
    where.company = where.book = CompanyId{flight.write.thing.id};
    if (const auto company = flight.call.id("company"))
        if (const auto* known = directory->find(CompanyId{*company}))
            where = *known;
    CompanyView view = TRY(view_of(flight.call, where, previewed.head));
    const Unseal unseal = unsealing(flight.call.service.log(), where.line, flight.write.persons);
    Preview preview{{}, previewed.events, {}};
    for (const command::Prospect& prospect : previewed.things) {
        if (const auto* company = std::get_if<domain::CompanyState>(&prospect.after);
            company && !domain::exists(prospect.before))
            view.company = *company;
        preview.diff.push_back(TRY(or_problem(show_prospect(prospect, view.digits, unseal))));
    }
    preview.result = TRY(previewed_result(flight, view, previewed));
    return json_response(200, show_preview(std::move(preview), flight.call.language, view.digits),
                         view);
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

// Of several the one that is current as far as is shown; the sequencer has the last word.
Version matching(const Call& call, EntityRef thing, const std::vector<Version>& given) {
    if (given.size() == 1)
        return given.front();
    const auto view = open_company(call);
    const auto row = view ? view->snapshot->find(thing) : std::nullopt;
    const bool current = row && *row && std::ranges::find(given, (*row)->version) != given.end();
    return current ? (*row)->version : given.back();
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
    submission.validate_only = call.is_preview();
    const auto given = TRY(if_match_versions(call));
    const EntityRef matched = flight.write.match_thing.value_or(flight.write.thing);
    if (flight.write.match == Match::required && given)
        submission.if_match = command::IfMatch{matched, matching(call, matched, *given)};
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
