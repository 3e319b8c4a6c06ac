#include "api/handlers/proofs.h"

#include "api/handlers/page_limit.h"
#include "api/or_problem.h"
#include "api/routing/write.h"
#include "engine/log/checkpoint.h"
#include "engine/log/proof.h"
#include "events/base/whole_number.h"
#include "events/codec/codec.h"

#include <algorithm>
#include <fmt/format.h>

namespace daybook::api {
namespace {

using namespace schema;

// ---- which book, which size --------------------------------------------------------------------

std::expected<std::optional<std::uint64_t>, Problem> number_in(const Call& call,
                                                               std::string_view name) {
    const auto text = call.request.parameter(name);
    if (!text)
        return std::nullopt;
    const auto value = whole_number<std::uint64_t>(*text);
    if (!value || *value == 0)
        return bad_parameter(std::string(name) + " is a revision, from 1");
    return value;
}

std::expected<command::CompanyLine, Problem> book_of(const Call& call) {
    const CompanyId company{TRY(call.id("company"))};
    const auto epoch = TRY(number_in(call, "epoch"));
    const auto directory = call.service.directory();
    const command::CompanyLine* where =
        epoch ? directory->find(company, static_cast<Epoch>(*epoch)) : directory->find(company);
    if (!where)
        return std::unexpected(problem(404, "not_found", "no such company or epoch"));
    return *where;
}

struct RecordedAs {
    Revision commit_last = 0;
    Timestamp at;
};

std::expected<RecordedAs, Problem> record_at(const Call& call, log::LineNumber line,
                                             Revision revision) {
    const auto records =
        TRY(or_problem(call.service.log().read(line, revision, {.records_max = 1})));
    if (records.empty())
        return std::unexpected(problem(404, "not_found", "no such revision"));
    const Envelope envelope = TRY(or_problem(decode_envelope(records.front().bytes)));
    return RecordedAs{envelope.commit_last, envelope.recorded_at};
}

// The size of a tree that a proof is about: between the events of one commit there is no head that
// was ever anybody's.
std::expected<Revision, Problem> size_in(const Call& call, const command::CompanyLine& where,
                                         std::string_view name) {
    const Revision head = TRY(or_problem(call.service.log().head(where.line))).revision;
    const Revision size = TRY(number_in(call, name)).value_or(head);
    if (size > head)
        return std::unexpected(
            problem(422, "as_of_in_future",
                    std::string(name) + ": the newest revision is " + std::to_string(head)));
    const RecordedAs last = TRY(record_at(call, where.line, size));
    if (last.commit_last != size)
        return std::unexpected(problem(422, "inside_commit",
                                       std::string(name) + ": that commit ends at "
                                           + std::to_string(last.commit_last)));
    return size;
}

// ---- answers -----------------------------------------------------------------------------------

JsonArray show_path(const std::vector<Hash>& path) {
    JsonArray shown;
    for (const Hash& hash : path)
        shown.push_back(Json(to_hex(hash)));
    return shown;
}

// With the key that signed it: it may have been retired since.
std::expected<Json, Problem> show_checkpoint(const Custody& custody, const Call& call,
                                             const command::CompanyLine& where,
                                             const std::string& text) {
    const log::LineHead head = TRY(or_problem(log::read_checkpoint(text))).head;
    const auto [key, signature] =
        TRY(or_problem(custody.read([&](const custody::CustodyBook& book) {
            return custody::find_signer(book.keys(), call.service.public_key(), text);
        })));
    const RecordedAs last = TRY(record_at(call, where.line, head.revision));
    Json json;
    json.set("size", head.revision);
    json.set("root", to_hex(head.root));
    json.set("at", to_text(last.at));
    json.set("key", fmt::format("{:02x}", fmt::join(key, "")));
    json.set("signature", fmt::format("{:02x}", fmt::join(signature, "")));
    json.set("text", text);
    return json;
}

Schema checkpoint_schema() {
    return named("Checkpoint", object({{"size", integer()},
                                       {"root", hex()},
                                       {"at", instant()},
                                       {"key", hex()},
                                       {"signature", text()},
                                       {"text", text()}}));
}

Reply get_checkpoint(const Custody& custody, const Call& call) {
    const command::CompanyLine where = TRY(book_of(call));
    const std::string text = TRY(or_problem(call.service.checkpoint(where)));
    if (call.request.header("accept") == "text/plain")
        return Response{200,
                        {{"Content-Type", "text/plain; charset=utf-8"},
                         {"Content-Disposition", "attachment; filename=\"checkpoint.txt\""}},
                        text,
                        nullptr};
    return json_response(200, TRY(show_checkpoint(custody, call, where, text)));
}

// Newest first.
Reply list_checkpoints(const Custody& custody, const Call& call) {
    const command::CompanyLine where = TRY(book_of(call));
    const auto limit = TRY(read_page_limit(call));
    const auto below = TRY(number_in(call, "cursor"));
    auto kept = TRY(or_problem(call.service.kept_checkpoints(where)));
    std::ranges::reverse(kept);
    JsonArray items;
    Json next;
    Revision reached = 0; // Size of the last one shown.
    for (const std::string& text : kept) {
        const Revision size = TRY(or_problem(log::read_checkpoint(text))).head.revision;
        if (below && size >= *below)
            continue;
        if (items.size() == limit) {
            next = std::to_string(reached);
            break;
        }
        items.push_back(TRY(show_checkpoint(custody, call, where, text)));
        reached = size;
    }
    Json body;
    body.set("items", std::move(items));
    body.set("next", std::move(next));
    return json_response(200, body);
}

Reply get_inclusion(const Call& call) {
    const command::CompanyLine where = TRY(book_of(call));
    const Revision size = TRY(size_in(call, where, "size"));
    const auto revision = TRY(number_in(call, "revision"));
    if (!revision || *revision > size)
        return bad_parameter("revision is 1 to " + std::to_string(size));
    const log::InclusionProof proof =
        TRY(or_problem(log::prove_inclusion(call.service.log(), where.line, *revision, size)));
    Json json;
    json.set("index", proof.index);
    json.set("size", proof.size);
    json.set("leaf", to_hex(proof.leaf));
    json.set("root", to_hex(proof.root));
    json.set("path", show_path(proof.path));
    return json_response(200, json);
}

Reply get_consistency(const Call& call) {
    const command::CompanyLine where = TRY(book_of(call));
    if (!call.request.parameter("from"))
        return bad_parameter("from is a revision, from 1");
    const Revision from = TRY(size_in(call, where, "from"));
    const Revision to = TRY(size_in(call, where, "to"));
    if (from > to)
        return bad_parameter("from is no larger than to");
    const log::ConsistencyProof proof =
        TRY(or_problem(log::prove_consistency(call.service.log(), where.line, from, to)));
    Json json;
    json.set("from", proof.from);
    json.set("to", proof.to);
    json.set("from_root", to_hex(proof.from_root));
    json.set("to_root", to_hex(proof.to_root));
    json.set("path", show_path(proof.path));
    return json_response(200, json);
}

} // namespace

std::vector<Route> proof_routes(const Custody& custody) {
    const std::string company = "/api/v1/companies/{company}";
    const Parameter epoch{"epoch", "a former epoch of the company"};
    const auto get = [&](const std::string& path, const char* summary,
                         std::vector<Parameter> parameters, Schema schema,
                         std::function<Reply(const Call&)> handler) {
        parameters.push_back(epoch);
        return Route{"GET",
                     company + path,
                     summary,
                     Permission::read,
                     kBodyNone,
                     std::move(parameters),
                     {},
                     200,
                     std::move(schema),
                     reading(std::move(handler))};
    };
    const auto with_keys = [&custody](Reply (*handler)(const Custody&, const Call&)) {
        return [&custody, handler](const Call& call) { return handler(custody, call); };
    };
    return {
        get("/checkpoint", "The head of the book, signed now; text/plain for the text alone", {},
            checkpoint_schema(), with_keys(get_checkpoint)),
        get("/checkpoints", "Heads that were signed and kept, newest first",
            {{"limit", "1 to 500, default 50"}, {"cursor", "where the page before ended"}},
            object({{"items", array(checkpoint_schema())}, {"next", nullable(text())}}),
            with_keys(list_checkpoints)),
        get("/proofs/inclusion", "That one event is in the book (RFC 9162, 2.1.3)",
            {{"revision", "of the event"},
             {"size", "of the book, a commit end; default: all of it"}},
            object({{"index", integer()},
                    {"size", integer()},
                    {"leaf", hex()},
                    {"root", hex()},
                    {"path", array(hex())}}),
            get_inclusion),
        get("/proofs/consistency", "That the book only grew (RFC 9162, 2.1.4)",
            {{"from", "a smaller size, a commit end"}, {"to", "a larger one; default: all of it"}},
            object({{"from", integer()},
                    {"to", integer()},
                    {"from_root", hex()},
                    {"to_root", hex()},
                    {"path", array(hex())}}),
            get_consistency)};
}

} // namespace daybook::api
