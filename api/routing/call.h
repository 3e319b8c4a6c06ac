// One request on its way through a handler, with what the router has found out about it.
#pragma once

#include "api/http/message.h"
#include "api/problem.h"
#include "api/routing/memento.h"
#include "api/service.h"
#include "projections/snapshot.h"

#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace daybook::api {

using Reply = std::expected<Response, Problem>;

struct Call {
    Request request;
    std::map<std::string, std::string, std::less<>> path; // "company" -> text of the segment
    Service& service;
    Language language = Language::english;

    // The id in that segment; 404 not_found when it is no UUID.
    std::expected<Uuid, Problem> id(std::string_view segment) const;
    // validate_only=true: everything is checked, nothing is written.
    bool is_preview() const { return request.parameter("validate_only") == "true"; }
};

// Below a company: its book, and the moment asked for.
struct CompanyView {
    command::CompanyLine where;
    std::unique_ptr<projections::Snapshot> snapshot;
    bool now = true;                      // No as_of was given.
    std::optional<Timestamp> recorded_at; // Of the commit shown, when a moment was given.
    std::optional<Memento> memento;       // The same, of the request's own as_of.
    domain::CompanyState company;         // As of the moment shown.
    projections::EntityRow company_row;
    Date today;     // In the company's zone, today or on the day of as_of.
    int digits = 2; // Of the base currency.
};

// Resolves {company}, epoch= and as_of= (http-api.md, "Habits"), or Accept-Datetime: 404 not_found,
// not_yet_created or removed_by_rollback; 410 history_not_kept; 422 as_of_in_future; 503 replaying
// while the views are being rebuilt.
std::expected<CompanyView, Problem> open_company(const Call& call);

// A moment that is not the request's as_of=: one of two that are compared, or of another company.
struct MomentWanted {
    CompanyId company;
    std::optional<std::string_view> epoch; // Nothing = the current one.
    std::optional<std::string_view> at;    // "@41" or an instant; nothing = now.
    std::string_view parameter;            // Where `at` was read; refusals name it.
};
std::expected<CompanyView, Problem> open_company(const Call& call, const MomentWanted& wanted);

// Answers with the refusal, in the language of the caller.
void refuse(const Call& call, const Respond& respond, const Problem& no);

// 410 history_not_kept when the history of the line begins later than that; `name` is what it was
// asked for with.
std::expected<void, Problem> is_kept(const Call& call, log::LineNumber line, Revision revision,
                                     const std::string& name);

// What every answer below a company carries: Daybook-Revision, and of which moment it is.
void add_moment_headers(Response& response, const CompanyView& view);
// 200 (or other) with a JSON body; with those headers when a view is given.
Response json_response(int status, const Json& body);
Response json_response(int status, const Json& body, const CompanyView& view);

// ---- preconditions ------------------------------------------------------------------------------
// ETag "v<version>-r<revision>", with "-e<epoch>" once the company has more than one.
std::string etag_of(const Call& call, const command::CompanyLine& where,
                    const projections::EntityRow& row);
// "?epoch=2", or with another mark, once the company has more than one; else nothing.
std::string epoch_query(const Call& call, const command::CompanyLine& where, char mark);
// The versions that If-Match names, of which one must be the current one; nothing when the header
// is absent or "*". A weak tag never matches (RFC 9110, 13.1.1): it stands for version 0.
std::expected<std::optional<std::vector<Version>>, Problem> if_match_versions(const Call& call);
// GET of one thing: 304 where If-None-Match names its ETag, else what `show` makes of it.
Reply tagged_reply(const Call& call, const CompanyView& view, const projections::EntityRow& row,
                   const std::function<std::expected<Json, Problem>()>& show);

} // namespace daybook::api
