#include "api/routing/call.h"

#include "api/http/header_list.h"
#include "api/or_problem.h"
#include "api/routing/moment.h"
#include "engine/command/opening.h"
#include "events/base/whole_number.h"
#include "events/codec/codec.h"

#include <algorithm>

namespace daybook::api {
namespace {

using domain::Code;

std::unexpected<Problem> no(const Problem& problem) { return std::unexpected(problem); }
std::unexpected<Problem> no(Code code, std::string detail = {}, std::vector<NamedText> facts = {}) {
    return std::unexpected(
        problem_of(domain::Refusal{code, std::move(detail), {}, std::move(facts)}));
}

std::expected<const command::CompanyLine*, Problem> find_line(const MomentWanted& wanted,
                                                              const command::Directory& directory) {
    if (!wanted.epoch) {
        const auto* found = directory.find(wanted.company);
        if (!found)
            return no(Code::not_found, "no such company");
        return found;
    }
    const auto epoch = whole_number<std::uint64_t>(*wanted.epoch);
    if (!epoch)
        return bad_parameter("epoch", "a number");
    const auto* found = directory.find(wanted.company, static_cast<Epoch>(*epoch));
    if (!found)
        return no(Code::not_found, "the company has no such epoch");
    return found;
}

// A moment as it was asked for: a revision, or an instant and the last commit end by then.
struct Resolved {
    Revision revision = 0;
    std::optional<Timestamp> instant;
};

std::expected<Resolved, Problem> resolve(const Call& call, log::LineNumber line,
                                         const MomentWanted& wanted, Revision head) {
    const projections::Views& views = call.service.views();
    const std::string name(wanted.parameter);
    const Moment moment = TRY(read_moment(name, *wanted.at));
    if (const auto* revision = std::get_if<Revision>(&moment)) {
        if (*revision > head)
            return no(Code::as_of_in_future,
                      name + ": the newest revision is " + std::to_string(head));
        return Resolved{*revision, std::nullopt};
    }
    const Timestamp at = std::get<Timestamp>(moment);
    if (at > call.service.clock().now())
        return no(Code::as_of_in_future, name + ": that instant is still to come");
    const auto revision = views.revision_at(line, at);
    if (!revision)
        return no(problem_of(revision.error()));
    return Resolved{*revision, at};
}

// When the commit that the view shows was recorded.
std::optional<Timestamp> recorded_at(const Call& call, const CompanyView& view) {
    const auto records =
        call.service.log().read(view.where.line, view.snapshot->revision(), {.records_max = 1});
    if (!records || records->empty())
        return std::nullopt;
    const auto envelope = decode_envelope(records->front().bytes);
    return envelope ? std::optional(envelope->recorded_at) : std::nullopt;
}

// Accept-Datetime as an instant. It counts in seconds, so the whole second belongs to it; and a
// date to come means the newest state there is (RFC 7089, 4.5.3), unlike as_of.
std::expected<std::string, Problem> accepted_instant(const Call& call) {
    const std::string_view wanted = call.request.header("accept-datetime");
    const bool reads = call.request.method == "GET" || call.request.method == "HEAD";
    if (wanted.empty() || !reads)
        return std::string();
    const auto second = parse_http_date(wanted);
    if (!second)
        return no(problem(400, "bad_request",
                          "Accept-Datetime takes a date like Sun, 06 Nov 1994 08:49:37 GMT"));
    return to_text(std::min(Timestamp{second->micros + 999'999}, call.service.clock().now()));
}

constexpr const char* kTagWanted = "If-Match takes tags like \"v3-r41\"";

std::expected<Version, Problem> version_of_tag(std::string_view tag) {
    const bool weak = tag.starts_with("W/");
    tag.remove_prefix(weak ? 2 : 0);
    const bool ours = tag.size() >= 4 && tag.starts_with("\"v") && tag.ends_with('"');
    const std::string_view text = ours ? tag.substr(2, tag.size() - 3) : std::string_view();
    const auto version = whole_number<Version>(text.substr(0, text.find('-')));
    if (!version)
        return no(problem(400, "bad_request", kTagWanted));
    return weak ? 0 : *version;
}

} // namespace

std::expected<Uuid, Problem> Call::id(std::string_view segment) const {
    const auto found = path.find(segment);
    if (found != path.end())
        if (const auto id = parse_uuid(found->second))
            return *id;
    return no(Code::not_found, "no such " + std::string(segment));
}

std::expected<CompanyView, Problem> open_company(const Call& call) {
    MomentWanted wanted{CompanyId{TRY(call.id("company"))}, call.request.parameter("epoch"),
                        call.request.parameter("as_of"), "as_of"};
    const std::string negotiated = TRY(accepted_instant(call));
    if (!wanted.at && !negotiated.empty())
        wanted.at = negotiated;
    CompanyView view = TRY(open_company(call, wanted));
    if (!view.recorded_at)
        return view;
    view.memento = memento_of(call.request, view.snapshot->revision(), *view.recorded_at);
    if (!wanted.epoch && !view.memento->content_location.empty())
        view.memento->content_location += epoch_query(call, view.where, '&');
    return view;
}

std::expected<CompanyView, Problem> open_company(const Call& call, const MomentWanted& wanted) {
    if (call.service.views().lag().rebuilding)
        return no(problem(503, "replaying"));
    const auto directory = call.service.directory();
    CompanyView view;
    view.where = *TRY(find_line(wanted, *directory));
    auto newest = call.service.views().snapshot(view.where.line);
    if (newest && (*newest)->revision() == 0) // A company begins with a record.
        return std::unexpected(problem(503, "replaying", "the book is being built"));
    if (!newest)
        return no(problem_of(newest.error()));
    view.snapshot = std::move(*newest);
    Timestamp shown = call.service.clock().now();
    if (wanted.at) {
        const Resolved then =
            TRY(resolve(call, view.where.line, wanted, view.snapshot->revision()));
        TRY(is_kept(call, view.where.line, then.revision, std::string(wanted.parameter)));
        auto snapshot = call.service.views().snapshot_at(view.where.line, then.revision);
        if (!snapshot)
            return no(problem_of(snapshot.error()));
        view.snapshot = std::move(*snapshot);
        view.now = false;
        view.recorded_at = recorded_at(call, view);
        shown = then.instant.value_or(view.recorded_at.value_or(shown));
    }
    auto row = view.snapshot->find({EntityKind::company, view.where.book.value});
    if (!row)
        return no(problem_of(row.error()));
    if (!*row || !domain::exists((*row)->state))
        return no(Code::not_yet_created, "the company did not exist at that moment");
    view.company_row = std::move(**row);
    view.company = std::get<domain::CompanyState>(view.company_row.state);
    const CompanyProfile& profile = view.company.profile;
    view.today = call.service.local_date(shown, profile.time_zone).value_or(Date{});
    view.digits = profile.base_currency.digits().value_or(2);
    return view;
}

void refuse(const Call& call, const Respond& respond, const Problem& no) {
    respond(to_response(no, call.language, call.request.path, call.request.request_id));
}

std::expected<void, Problem> is_kept(const Call& call, log::LineNumber line, Revision revision,
                                     const std::string& name) {
    const Revision first = TRY(or_problem(command::first_kept(call.service.log(), line)));
    if (revision >= first)
        return {};
    return no(Code::history_not_kept,
              name + ": the history begins at revision " + std::to_string(first),
              {{"first_revision", std::to_string(first)}});
}

void add_moment_headers(Response& response, const CompanyView& view) {
    response.headers.emplace_back("Daybook-Revision", std::to_string(view.snapshot->revision()));
    response.headers.emplace_back("Vary", "Accept-Datetime");
    if (view.memento)
        add_headers(response, *view.memento);
}

Response json_response(int status, const Json& body) {
    return {status, {{"Content-Type", "application/json"}}, to_json(body), nullptr};
}

Response json_response(int status, const Json& body, const CompanyView& view) {
    Response response = json_response(status, body);
    add_moment_headers(response, view);
    return response;
}

std::string epoch_query(const Call& call, const command::CompanyLine& where, char mark) {
    if (call.service.directory()->epochs(where.company) < 2)
        return {};
    return std::string(1, mark) + "epoch=" + std::to_string(where.epoch);
}

std::string etag_of(const Call& call, const command::CompanyLine& where,
                    const projections::EntityRow& row) {
    std::string tag = "\"v" + std::to_string(row.version) + "-r" + std::to_string(row.revision);
    if (call.service.directory()->epochs(where.company) > 1)
        tag += "-e" + std::to_string(where.epoch);
    return tag + "\"";
}

std::expected<std::optional<std::vector<Version>>, Problem> if_match_versions(const Call& call) {
    const std::string_view header = call.request.header("if-match");
    if (header.empty() || header == "*")
        return std::nullopt;
    std::vector<Version> versions;
    for (const std::string_view tag : header_items(header))
        versions.push_back(TRY(version_of_tag(tag)));
    if (versions.empty())
        return no(problem(400, "bad_request", kTagWanted));
    return versions;
}

Reply tagged_reply(const Call& call, const CompanyView& view, const projections::EntityRow& row,
                   const std::function<std::expected<Json, Problem>()>& show) {
    const std::string tag = etag_of(call, view.where, row);
    const std::string_view known = call.request.header("if-none-match");
    Response response;
    if (known == "*" || known.find(tag) != std::string_view::npos) {
        response.status = 304;
        add_moment_headers(response, view);
    } else {
        response = json_response(200, TRY(show()), view);
    }
    response.headers.emplace_back("ETag", tag);
    return response;
}

} // namespace daybook::api
