#include "api/present/history_reader.h"

#include "api/or_problem.h"
#include "api/present/event.h"
#include "api/private_text.h"
#include "engine/command/write_index.h"
#include "events/codec/codec.h"

#include <algorithm>

namespace daybook::api {
namespace {

constexpr std::size_t kRecordsPerPageMax = 5'000;
constexpr std::size_t kRecordsPerRead = 200;

Result<Revision> revision_of(const log::LogReader& log, log::LineNumber line, EntityRef thing,
                             Version version) {
    const auto row =
        TRY(log.find_index(line, log::Index::thing, command::thing_key(thing, version)));
    if (!row)
        return fail(ErrorKind::corrupt, "a version of a thing has no record");
    return command::parse_revision(*row);
}

// The newest version recorded at or before that revision; 0 = none. Versions rise with revisions.
Result<Version> version_by(const log::LogReader& log, log::LineNumber line, EntityRef thing,
                           Version newest, Revision upper) {
    Version at_most = 0, above = newest + 1;
    while (above - at_most > 1) {
        const Version middle = at_most + (above - at_most) / 2;
        const bool by_then = TRY(revision_of(log, line, thing, middle)) <= upper;
        (by_then ? at_most : above) = middle;
    }
    return at_most;
}

} // namespace

std::expected<HistoryPage, Problem> HistoryReader::page(Revision below, std::size_t limit) {
    folded_.clear();
    const Revision upper = below == 0 ? filter_.highest : std::min(filter_.highest, below - 1);
    return filter_.entity ? page_of_thing(*filter_.entity, upper, limit)
                          : page_of_company(upper, limit);
}

std::expected<HistoryPage, Problem> HistoryReader::page_of_company(Revision upper,
                                                                   std::size_t limit) {
    HistoryPage page;
    const log::LogReader& log = call_.service.log();
    std::size_t examined = 0;
    while (upper >= filter_.lowest) {
        const Revision lower =
            std::max(filter_.lowest, upper > kRecordsPerRead ? upper - kRecordsPerRead + 1 : 1);
        const auto records = TRY(or_problem(log.read(
            view_.where.line, lower, {.records_max = upper - lower + 1, .bytes_max = SIZE_MAX})));
        for (auto record = records.rbegin(); record != records.rend(); ++record) {
            if (page.items.size() == limit || examined == kRecordsPerPageMax) {
                page.next = record->revision + 1;
                return page;
            }
            ++examined;
            if (!lets_through(TRY(or_problem(decode_envelope(record->bytes)))))
                continue;
            const auto event = TRY(or_problem(decode_record(record->bytes)));
            page.items.push_back(TRY(item_of(event)));
        }
        upper = lower - 1;
    }
    return page;
}

std::expected<HistoryPage, Problem> HistoryReader::page_of_thing(EntityRef thing, Revision upper,
                                                                 std::size_t limit) {
    HistoryPage page;
    const log::LogReader& log = call_.service.log();
    const auto row = TRY(or_problem(view_.snapshot->find(thing)));
    if (!row)
        return std::unexpected(problem_of(
            domain::Refusal{view_.now ? domain::Code::not_found : domain::Code::not_yet_created,
                            "no such thing at this moment",
                            {},
                            {}}));
    Version version =
        TRY(or_problem(version_by(log, view_.where.line, thing, row->version, upper)));
    std::size_t examined = 0;
    for (; version > 0; --version) {
        const auto event =
            TRY(or_problem(command::read_version(log, view_.where.line, thing, version)));
        if (event.envelope.revision < filter_.lowest)
            break;
        if (page.items.size() == limit || examined++ == kRecordsPerPageMax) {
            page.next = event.envelope.revision + 1;
            break;
        }
        if (lets_through(event.envelope))
            page.items.push_back(TRY(item_of(event)));
    }
    return page;
}

bool HistoryReader::lets_through(const Envelope& envelope) const {
    return (filter_.actor.empty() || envelope.actor.name == filter_.actor)
           && (filter_.type.empty() || envelope.type == filter_.type);
}

std::expected<Json, Problem> HistoryReader::item_of(const RecordedEvent& recorded) {
    const EntityRef thing = recorded.envelope.entity;
    const Version version = recorded.envelope.entity_version;
    auto& folded =
        folded_
            .try_emplace(thing,
                         [&log = call_.service.log(), line = view_.where.line, thing](Version at) {
                             return command::read_version(log, line, thing, at);
                         })
            .first->second;
    const domain::State after = TRY(or_problem(folded.at(version)));
    const domain::State before = TRY(or_problem(folded.at(version - 1)));
    const auto changes = TRY(or_problem(changes_between(
        before, after, view_.digits, unsealing(call_.service.log(), view_.where.line))));
    return show_history_item(recorded, changes, call_.language, view_.digits);
}

} // namespace daybook::api
