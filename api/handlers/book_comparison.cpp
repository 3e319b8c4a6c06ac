#include "api/handlers/book_comparison.h"

#include "api/backups/comparison_text.h"
#include "api/or_problem.h"
#include "api/present/event.h"
#include "engine/log/common_prefix.h"
#include "events/codec/codec.h"

#include <limits>

namespace daybook::api {
namespace {

using namespace schema;

// One of the two.
struct Book {
    const log::LogReader& log;
    log::LineNumber line = 0;
};

// The first record that the other has not: where the ways part.
Result<Json> next_event(const Book& book, Revision common, Language language) {
    const auto records = TRY(book.log.read(book.line, common + 1, {.records_max = 1}));
    if (records.empty())
        return Json();
    const RecordedEvent recorded = TRY(decode_record(records.front().bytes));
    Json json;
    json.set("revision", recorded.envelope.revision);
    json.set("recorded_at", to_text(recorded.envelope.recorded_at));
    json.set("type", recorded.envelope.type);
    json.set("sentence", sentence(recorded.event, language, 2));
    return json;
}

Result<Json> compare(const Book& first, const Book& second, Language language) {
    const Revision common = TRY(log::common_prefix(first.log, first.line, second.log, second.line,
                                                   std::numeric_limits<std::int64_t>::max()));
    const log::LineHead a = TRY(first.log.head(first.line));
    const log::LineHead b = TRY(second.log.head(second.line));
    const backup::Comparison found{common, a.revision - common, b.revision - common};
    Json json;
    json.set("common", found.common);
    json.set("only_in_first", found.only_a);
    json.set("only_in_second", found.only_b);
    json.set("sentence", comparison_sentence(found, language));
    json.set("first_parts_with", TRY(next_event(first, common, language)));
    json.set("second_parts_with", TRY(next_event(second, common, language)));
    return json;
}

Reply get_comparison(RestoreDesk& desk, const Call& call) {
    const Uuid upload_id = TRY(call.id("upload"));
    const auto first = TRY(desk.inspections.books(upload_id));
    const auto upload = call.request.parameter("with");
    const auto company = call.request.parameter("company");
    if (upload.has_value() == company.has_value())
        return bad_parameter("with", "with=<upload> or company=<id>: one of the two");
    const auto id = parse_uuid(upload ? *upload : *company);
    if (!id)
        return std::unexpected(problem(404, "not_found", "no such book"));
    const Book a{first->log(), first->where().line};
    if (upload) {
        const auto second = TRY(desk.inspections.books(*id));
        return json_response(
            200, TRY(or_problem(compare(a, {second->log(), second->where().line}, call.language))));
    }
    const auto directory = call.service.directory();
    const auto* where = directory->find(CompanyId{*id});
    if (!where)
        return std::unexpected(problem(404, "not_found", "no such company"));
    return json_response(
        200, TRY(or_problem(compare(a, {call.service.log(), where->line}, call.language))));
}

} // namespace

std::vector<Route> book_comparison_routes(RestoreDesk& desk) {
    const Schema parting = nullable(object({{"revision", integer()},
                                            {"recorded_at", instant()},
                                            {"type", text()},
                                            {"sentence", text()}}));
    return {{.method = "GET",
             .pattern = "/api/v1/uploads/{upload}/comparison",
             .summary = "The backup beside another one, or beside a company",
             .permission = Permission::admin,
             .parameters = {{"with", "another upload that was inspected"},
                            {"company", "or a company as it is now"}},
             .response = named("BookComparison", object({{"common", integer()},
                                                         {"only_in_first", integer()},
                                                         {"only_in_second", integer()},
                                                         {"sentence", text()},
                                                         {"first_parts_with", parting},
                                                         {"second_parts_with", parting}})),
             .handler = reading([&desk](const Call& call) { return get_comparison(desk, call); })}};
}

} // namespace daybook::api
