#include "api/handlers/reasoned_verb.h"
#include "api/handlers/settings.h"
#include "api/handlers/small_resource.h"
#include "api/json/party_json.h"
#include "api/present/settings.h"

namespace daybook::api {
namespace {

using namespace schema;

SeriesTerms read_series(Input& input) {
    SeriesTerms series;
    series.document_kind =
        input.choice<DocumentKind>("document_kind", Need::required).value_or(DocumentKind::invoice);
    series.pattern = input.text("pattern", Need::required, 60);
    series.reset = input.choice<SeriesReset>("reset").value_or(SeriesReset::yearly);
    series.next = static_cast<std::uint64_t>(input.integer("next", 1, INT64_MAX).value_or(1));
    series.purpose = input.text("purpose");
    return series;
}

std::vector<Member> input_members() {
    return {{"document_kind", text_of({"invoice", "deposit", "credit_note"})},
            {"pattern", text()},
            optional("reset", text_of({"never", "yearly", "monthly"})),
            optional("next", integer()),
            optional("purpose", text_or_null_schema())};
}

std::expected<Write, Problem> change_series(const Call& call) {
    const CompanyView view = TRY(open_company(call));
    const EntityRef thing{EntityKind::series, TRY(call.id("id"))};
    const projections::EntityRow row = TRY(find_thing(view, thing));
    SeriesTerms series = std::get<domain::SeriesState>(row.state).series;
    const Json patch = TRY(parse_body(call.request));
    Write write;
    series = TRY(read_input<SeriesTerms>(patch, [&](Input& input) {
        SeriesTerms merged = series;
        if (input.has("pattern"))
            merged.pattern = input.text("pattern", Need::required, 60);
        merged.document_kind =
            input.choice<DocumentKind>("document_kind").value_or(series.document_kind);
        merged.reset = input.choice<SeriesReset>("reset").value_or(series.reset);
        merged.next = static_cast<std::uint64_t>(
            input.integer("next", 1, INT64_MAX).value_or(static_cast<std::int64_t>(series.next)));
        if (input.has("purpose"))
            merged.purpose = input.text("purpose");
        write.reason = read_reason(input);
        return merged;
    }));
    write.thing = thing;
    write.based_on = row.version;
    write.show = show_setting<domain::SeriesState>;
    write.command = domain::ChangeSeries{SeriesId{thing.id}, series, write.reason};
    return write;
}

} // namespace

std::vector<Route> series_routes() {
    static const Schema schema = named(
        "Series",
        extended(extended(object(common_schema()), input_members()),
                 {{"closed", boolean()}, {"actions", actions_schema(domain::SeriesState{})}}));
    static const Resource kSeries{
        EntityKind::series,
        "series",
        show_setting<domain::SeriesState>,
        show_setting_in_list<domain::SeriesState>,
        schema,
        schema,
        {{"status", "live, closed"}},
        {projections::SortKey::created},
        {"id", "document_kind", "pattern", "reset", "next", "purpose", "closed"}};
    std::vector<Route> routes = reading_routes(kSeries);
    const std::string collection = settings_path("series");
    routes.push_back({"POST",
                      collection,
                      "Define a number series",
                      Permission::admin,
                      kBodyJson,
                      {},
                      named("SeriesInput", object(input_members())),
                      201,
                      schema,
                      creating<SeriesTerms, domain::DefineSeries>(
                          EntityKind::series, "series", show_setting<domain::SeriesState>,
                          read_series, [](Uuid id, SeriesTerms series) {
                              return domain::DefineSeries{SeriesId{id}, std::move(series)};
                          })});
    routes.push_back({"PATCH",
                      collection + "/{id}",
                      "Change a number series",
                      Permission::admin,
                      kBodyJson,
                      {},
                      any(),
                      200,
                      schema,
                      changing(change_series)});
    routes.push_back({"POST",
                      collection + "/{id}/close",
                      "Close a number series",
                      Permission::admin,
                      kBodyJson,
                      {},
                      reason_schema(),
                      200,
                      schema,
                      reasoned_verb<domain::CloseSeries>(EntityKind::series,
                                                         show_setting<domain::SeriesState>)});
    return routes;
}

} // namespace daybook::api
