#include "api/routing/call.h"

#include "events/codec/codec.h"

#include <algorithm>
#include <charconv>

namespace daybook::api {
namespace {

using domain::Code;

std::optional<std::uint64_t> parse_number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::unexpected<Problem> no(const Problem& problem) { return std::unexpected(problem); }
std::unexpected<Problem> no(Code code, std::string detail = {}, std::vector<NamedText> facts = {}) {
    return std::unexpected(
        problem_of(domain::Refusal{code, std::move(detail), {}, std::move(facts)}));
}

std::expected<const command::CompanyLine*, Problem> find_line(const Call& call,
                                                              const command::Directory& directory) {
    const CompanyId company{TRY(call.id("company"))};
    const auto epoch_text = call.request.parameter("epoch");
    if (!epoch_text) {
        const auto* found = directory.find(company);
        if (!found)
            return no(Code::not_found, "no such company");
        return found;
    }
    const auto epoch = parse_number(*epoch_text);
    if (!epoch)
        return no(problem(400, "bad_parameter", "epoch is a number"));
    const auto* found = directory.find(company, static_cast<Epoch>(*epoch));
    if (!found)
        return no(Code::not_found, "the company has no such epoch");
    return found;
}

// The commit end that as_of names.
std::expected<Revision, Problem> resolve(const Call& call, log::LineNumber line,
                                         std::string_view as_of, Revision head) {
    const projections::Views& views = call.service.views();
    if (as_of.starts_with('@')) {
        const auto revision = parse_number(as_of.substr(1));
        if (!revision)
            return no(problem(400, "bad_parameter", "as_of=@<revision>"));
        if (*revision > head)
            return no(Code::as_of_in_future, "the newest revision is " + std::to_string(head));
        return *revision;
    }
    const auto at = parse_timestamp(as_of);
    if (!at)
        return no(problem(400, "bad_parameter", "as_of: " + at.error().what));
    if (*at > call.service.clock().now())
        return no(Code::as_of_in_future);
    const auto revision = views.revision_at(line, *at);
    if (!revision)
        return no(problem_of(revision.error()));
    return *revision;
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
    if (call.service.views().lag().rebuilding)
        return no(problem(503, "replaying"));
    const auto directory = call.service.directory();
    CompanyView view;
    view.where = *TRY(find_line(call, *directory));
    auto newest = call.service.views().snapshot(view.where.line);
    if (newest && (*newest)->revision() == 0) // A company begins with a record.
        return std::unexpected(problem(503, "replaying", "the book is being built"));
    if (!newest)
        return no(problem_of(newest.error()));
    view.snapshot = std::move(*newest);
    Timestamp shown = call.service.clock().now();
    if (const auto as_of = call.request.parameter("as_of")) {
        const Revision revision =
            TRY(resolve(call, view.where.line, *as_of, view.snapshot->revision()));
        auto then = call.service.views().snapshot_at(view.where.line, revision);
        if (!then)
            return no(problem_of(then.error()));
        view.snapshot = std::move(*then);
        view.now = false;
        if (!as_of->starts_with('@'))
            shown = parse_timestamp(*as_of).value_or(shown);
    }
    auto row = view.snapshot->find({EntityKind::company, view.where.book.value});
    if (!row)
        return no(problem_of(row.error()));
    if (!*row || !domain::exists((*row)->state))
        return no(Code::not_yet_created, "the company did not exist at that moment");
    view.company_row = std::move(**row);
    view.company = std::get<domain::CompanyState>(view.company_row.state);
    if (!view.now && call.request.parameter("as_of")->starts_with('@')) {
        const auto commit = view.snapshot->revision();
        const auto records = call.service.log().read(view.where.line, commit, {.records_max = 1});
        if (records && !records->empty())
            if (const auto envelope = decode_envelope(records->front().bytes))
                shown = envelope->recorded_at;
    }
    const CompanyProfile& profile = view.company.profile;
    view.today = call.service.local_date(shown, profile.time_zone).value_or(Date{});
    view.digits = profile.base_currency.digits().value_or(2);
    return view;
}

Response json_response(int status, const Json& body) {
    return {status, {{"Content-Type", "application/json"}}, to_json(body), nullptr};
}

Response json_response(int status, const Json& body, const CompanyView& view) {
    Response response = json_response(status, body);
    response.headers.emplace_back("Daybook-Revision", std::to_string(view.snapshot->revision()));
    return response;
}

std::string etag_of(const Call& call, const command::CompanyLine& where,
                    const projections::EntityRow& row) {
    std::string tag = "\"v" + std::to_string(row.version) + "-r" + std::to_string(row.revision);
    if (call.service.directory()->epochs(where.company) > 1)
        tag += "-e" + std::to_string(where.epoch);
    return tag + "\"";
}

std::expected<std::optional<Version>, Problem> if_match_version(const Call& call) {
    std::string_view tag = call.request.header("if-match");
    if (tag.empty() || tag == "*")
        return std::nullopt;
    const auto bad = [] {
        return no(problem(400, "bad_request", "If-Match takes one strong tag like \"v3-r41\""));
    };
    if (tag.size() < 4 || !tag.starts_with("\"v") || !tag.ends_with('"'))
        return bad();
    tag = tag.substr(2, tag.size() - 3);
    const auto version = parse_number(tag.substr(0, tag.find('-')));
    if (!version || *version > UINT32_MAX)
        return bad();
    return static_cast<Version>(*version);
}

bool not_modified(const Call& call, std::string_view etag) {
    const std::string_view wanted = call.request.header("if-none-match");
    return !wanted.empty() && (wanted == "*" || wanted.find(etag) != std::string_view::npos);
}

} // namespace daybook::api
