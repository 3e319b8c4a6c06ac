#include "api/handlers/companies.h"

#include "api/handlers/reasoned_verb.h"
#include "api/handlers/short_list.h"
#include "api/merge_patch.h"
#include "api/or_problem.h"
#include "api/present/company.h"
#include "engine/adapters/zones.h"
#include "projections/state_hash.h"

#include <array>

namespace daybook::api {
namespace {

using namespace schema;
using domain::Code;

EntityRef company_thing(const Uuid& id) { return {EntityKind::company, id}; }

std::expected<CompanyProfile, Problem> read_profile(const Json& body) {
    return read_input<CompanyProfile>(body, [](Input& input) {
        CompanyProfile profile = read_company(input);
        if (!profile.time_zone.empty() && !local_date(Timestamp{}, profile.time_zone))
            input.fault("time_zone", Code::unknown_time_zone, profile.time_zone);
        return profile;
    });
}

std::expected<Write, Problem> create_company(const Call& call) {
    const Json body = TRY(parse_body(call.request));
    domain::CreateCompany command;
    command.profile = TRY(read_profile(body));
    IdSource& ids = call.service.ids();
    command.id = CompanyId{ids.next_id()};
    command.invoice_series = SeriesId{ids.next_id()};
    command.credit_note_series = SeriesId{ids.next_id()};
    Write write;
    write.thing = company_thing(command.id.value);
    write.location = "/api/v1/companies/" + to_text(command.id);
    write.status = 201;
    write.show = show_company;
    write.command = std::move(command);
    return write;
}

std::expected<Write, Problem> change_company(const Call& call) {
    const CompanyView view = TRY(open_company(call));
    const Json patch = TRY(parse_body(call.request));
    domain::ChangeCompany command{
        view.where.company,
        TRY(read_profile(merge_patch(company_input_json(view.company.profile), patch)))};
    Write write;
    write.thing = company_thing(view.where.book.value);
    write.based_on = view.company_row.version;
    write.show = show_company;
    write.command = std::move(command);
    return write;
}

struct Activation {
    std::string reason;
    std::string original;
    std::vector<SeriesFloor> last_numbers;
};

std::expected<Write, Problem> activate(const Call& call) {
    const CompanyId id{TRY(call.id("company"))};
    const Activation body = TRY(read_body<Activation>(call, [](Input& input) {
        Activation read;
        read.reason = read_reason(input);
        read.original = input.text("original", Need::required, 20);
        input.objects("last_numbers", Need::optional, 100, [&](Input& child, std::size_t) {
            read.last_numbers.push_back(
                {child.typed_id<SeriesId>("series_id", Need::required).value_or(SeriesId{}),
                 child.text("period", Need::optional, 10),
                 static_cast<std::uint64_t>(
                     child.integer("last", 0, INT64_MAX, Need::required).value_or(0))});
        });
        return read;
    }));
    Write write;
    write.thing = company_thing(id.value);
    write.reason = body.reason;
    write.show = show_company;
    write.command = domain::ActivateCompany{id, body.original, body.last_numbers};
    return write;
}

// ---- reading
// --------------------------------------------------------------------------------------

Reply get_company(const Call& call) {
    const CompanyView view = TRY(open_company(call));
    const EntityRef thing = company_thing(view.where.book.value);
    return tagged_reply(call, view, view.company_row,
                        [&] { return show_company(call, view, thing, view.company_row); });
}

Reply list_companies(const Call& call) {
    JsonArray items;
    for (const command::CompanyLine& where : call.service.directory()->current()) {
        CompanyView view;
        view.where = where;
        view.snapshot = TRY(or_problem(call.service.views().snapshot(where.line)));
        const EntityRef thing = company_thing(where.book.value);
        const auto row = TRY(or_problem(view.snapshot->find(thing)));
        if (!row || !domain::exists(row->state))
            continue;
        items.push_back(TRY(show_company(call, view, thing, *row)));
    }
    static constexpr std::array<std::string_view, 11> kCompanyColumns = {"id",
                                                                         "name",
                                                                         "country",
                                                                         "currency",
                                                                         "locale",
                                                                         "time_zone",
                                                                         "identifiers.siren",
                                                                         "identifiers.vat_number",
                                                                         "log_id",
                                                                         "epoch",
                                                                         "state"};
    static const Schema kItems = company_schema();
    return short_list(call, {"companies", kCompanyColumns, kItems}, std::move(items),
                      log::kInstanceLine);
}

Json show_money(const std::vector<projections::Money>& sums) {
    JsonArray items;
    for (const projections::Money& sum : sums) {
        Json item;
        item.set("amount", sum.amount);
        item.set("currency", sum.currency.code);
        items.push_back(std::move(item));
    }
    return items;
}

Reply get_summary(const Call& call) {
    const CompanyView view = TRY(open_company(call));
    const auto summary = view.snapshot->summary(view.today);
    if (!summary)
        return std::unexpected(problem_of(summary.error()));
    Json body;
    body.set("clients", summary->clients);
    body.set("products", summary->products);
    body.set("drafts", summary->drafts);
    body.set("issued", summary->issued);
    body.set("credit_notes", summary->credit_notes);
    body.set("payments", summary->payments);
    body.set("receivable", show_money(summary->receivable));
    body.set("overdue", show_money(summary->overdue));
    body.set("credit_open", show_money(summary->credit_open));
    body.set("unallocated", show_money(summary->unallocated));
    body.set("revision", view.snapshot->revision());
    return json_response(200, body, view);
}

Schema receivable_schema() {
    return object({{"client_id", uuid()},
                   {"currency", text()},
                   {"due", decimal()},
                   {"overdue", decimal()},
                   {"credit_open", decimal()},
                   {"unallocated", decimal()},
                   {"open_invoices", integer()}});
}

Json show_receivable(const projections::Receivable& row) {
    Json item;
    item.set("client_id", to_text(row.client_id));
    item.set("currency", row.currency.code);
    item.set("due", row.due);
    item.set("overdue", row.overdue);
    item.set("credit_open", row.credit_open);
    item.set("unallocated", row.unallocated);
    item.set("open_invoices", row.open_invoices);
    return item;
}

Reply get_receivables(const Call& call) {
    static constexpr std::array<std::string_view, 7> kReceivableColumns = {
        "client_id", "currency", "due", "overdue", "credit_open", "unallocated", "open_invoices"};
    static const Schema kItems = receivable_schema();
    CompanyView view = TRY(open_company(call));
    const PageTurn turn = TRY(read_turn(call, view.where.epoch));
    if (turn.cursor)
        TRY(move_to(call, *turn.cursor, view));
    const auto rows = TRY(or_problem(view.snapshot->receivables(view.today)));
    ShortList list{{"receivables", kReceivableColumns, kItems},
                   {},
                   [&](std::size_t at) { return show_receivable(rows[at]); },
                   view.snapshot->revision(),
                   view.today};
    for (const projections::Receivable& row : rows)
        list.keys.push_back(to_text(row.client_id) + " " + row.currency.code);
    Response head;
    add_moment_headers(head, view);
    return short_list(call, turn, list, std::move(head));
}

Reply get_state_hash(const Call& call) {
    const CompanyView view = TRY(open_company(call));
    Json body;
    body.set("company_id", to_text(view.where.company));
    body.set("revision", view.snapshot->revision());
    body.set("form", projections::kStateHashForm);
    body.set("state_hash", to_hex(TRY(or_problem(view.snapshot->state_hash()))));
    return json_response(200, body, view);
}

Schema state_hash_schema() {
    return object({{"company_id", uuid()},
                   {"revision", integer()},
                   {"form", integer()},
                   {"state_hash", hex()}});
}

Schema summary_schema() {
    const Schema sums = array(money());
    return named("Summary", object({{"clients", integer()},
                                    {"products", integer()},
                                    {"drafts", integer()},
                                    {"issued", integer()},
                                    {"credit_notes", integer()},
                                    {"payments", integer()},
                                    {"receivable", sums},
                                    {"overdue", sums},
                                    {"credit_open", sums},
                                    {"unallocated", sums},
                                    {"revision", integer()}}));
}

const std::string kCompany = "/api/v1/companies/{company}";

Route verb_route(const std::string& verb, std::string_view summary, Schema request,
                 Handler handler) {
    return {"POST", kCompany + "/" + verb, summary, Permission::admin, kBodyJson,
            {},     std::move(request),    200,     company_schema(),  std::move(handler)};
}

std::vector<Route> life_routes() {
    const Schema reason = reason_schema();
    const auto verb = []<class Command>(const Command&) {
        return reasoned_verb<Command>(EntityKind::company, show_company, "company");
    };
    return {
        verb_route("archive", "Archive: reads only", reason, verb(domain::ArchiveCompany{})),
        verb_route("unarchive", "Take out of the archive", reason,
                   verb(domain::UnarchiveCompany{})),
        verb_route("retire", "Retire: refuse every write from now on", reason,
                   verb(domain::RetireCompany{})),
        verb_route("reinstate", "Take a retirement back", reason, verb(domain::ReinstateCompany{})),
        verb_route("activate", "Make a copy or a restored book the living one",
                   object({{"original", text_of({"gone", "retired"})},
                           optional("reason", text()),
                           optional("last_numbers", array(object({{"series_id", uuid()},
                                                                  optional("period", text()),
                                                                  {"last", integer()}})))}),
                   changing(activate)),
    };
}

Route report_route(const std::string& name, std::string_view summary, Schema schema,
                   Handler handler) {
    return {"GET",
            kCompany + "/" + name,
            summary,
            Permission::read,
            kBodyNone,
            moment_parameters(),
            {},
            200,
            std::move(schema),
            std::move(handler)};
}

} // namespace

std::vector<Route> company_routes() {
    std::vector<Route> routes = {
        {"POST",
         "/api/v1/companies",
         "Create a company",
         Permission::admin,
         kBodyJson,
         {},
         company_input_schema(),
         201,
         company_schema(),
         writing(create_company)},
        {"GET",
         "/api/v1/companies",
         "All companies",
         Permission::read,
         kBodyNone,
         short_list_parameters(),
         {},
         200,
         list_of(company_schema()),
         reading(list_companies)},
        {"GET",
         kCompany,
         "One company",
         Permission::read,
         kBodyNone,
         moment_parameters(),
         {},
         200,
         company_schema(),
         reading_tagged(get_company)},
        {"PATCH",
         kCompany,
         "Change the company",
         Permission::admin,
         kBodyJson,
         {},
         any(),
         200,
         company_schema(),
         changing(change_company)},
        report_route("summary", "What the company has and is owed", summary_schema(),
                     reading(get_summary)),
        report_route("state-hash", "The state hash: books with the same one say the same",
                     state_hash_schema(), reading(get_state_hash)),
        report_route("receivables", "What each client owes", list_of(receivable_schema()),
                     reading(get_receivables)),
    };
    std::ranges::move(short_list_parameters(), std::back_inserter(routes.back().parameters));
    std::ranges::move(life_routes(), std::back_inserter(routes));
    return routes;
}

} // namespace daybook::api
