#include "api/handlers/proofs.h"

#include "api/handlers/proven_book.h"
#include "api/handlers/short_list.h"
#include "api/http/header_list.h"
#include "api/or_problem.h"
#include "api/routing/write.h"
#include "engine/log/checkpoint.h"
#include "engine/log/proof.h"
#include "events/base/whole_number.h"
#include "events/codec/codec.h"

#include <algorithm>
#include <array>
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
        return bad_parameter(name, "a revision, from 1");
    return value;
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
std::expected<Revision, Problem> size_in(const Call& call, const ProvenBook& book,
                                         std::string_view name) {
    const Revision size = TRY(number_in(call, name)).value_or(book.size);
    if (size > book.size)
        return std::unexpected(
            problem(422, "as_of_in_future",
                    std::string(name) + ": the newest revision is " + std::to_string(book.size)));
    const RecordedAs last = TRY(record_at(call, book.where.line, size));
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

Response proof_answer(const ProvenBook& book, const Json& body) {
    Response response = json_response(200, body);
    add_moment_headers(response, book);
    return response;
}

Reply get_checkpoint(const Custody& custody, const Call& call) {
    const ProvenBook book = TRY(open_proven_book(call));
    const std::string text = TRY(or_problem(call.service.checkpoint(book.where, book.size)));
    if (!prefers_to_json(call.request.header("accept"), "text/plain"))
        return proof_answer(book, TRY(show_checkpoint(custody, call, book.where, text)));
    Response response{200,
                      {{"Content-Type", "text/plain; charset=utf-8"},
                       {"Content-Disposition", "attachment; filename=\"checkpoint.txt\""}},
                      text,
                      nullptr};
    add_moment_headers(response, book);
    return response;
}

// Newest first; as of a moment, those of the book as it was then.
Reply list_checkpoints(const Custody& custody, const Call& call) {
    constexpr std::array<std::string_view, 6> kCheckpointColumns = {"size", "root",      "at",
                                                                    "key",  "signature", "text"};
    static const Schema kItems = checkpoint_schema();
    const ProvenBook book = TRY(open_proven_book(call));
    std::vector<std::string> kept;
    ShortList list{{"checkpoints", kCheckpointColumns, kItems}, {}, {}, book.size, {}};
    for (std::string& text : TRY(or_problem(call.service.kept_checkpoints(book.where)))) {
        const Revision size = TRY(or_problem(log::read_checkpoint(text))).head.revision;
        if (size > book.size)
            break;
        kept.push_back(std::move(text));
        list.keys.push_back(std::to_string(size));
    }
    std::ranges::reverse(kept);
    std::ranges::reverse(list.keys);
    list.show = [&](std::size_t at) {
        return show_checkpoint(custody, call, book.where, kept[at]);
    };
    Response head;
    add_moment_headers(head, book);
    return short_list(call, TRY(read_turn(call, book.where.epoch)), list, std::move(head));
}

Reply get_inclusion(const Call& call) {
    const ProvenBook book = TRY(open_proven_book(call));
    const Revision size = TRY(size_in(call, book, "size"));
    const auto revision = TRY(number_in(call, "revision"));
    if (!revision || *revision > size)
        return bad_parameter("revision", "1 to " + std::to_string(size));
    const log::InclusionProof proof =
        TRY(or_problem(log::prove_inclusion(call.service.log(), book.where.line, *revision, size)));
    Json json;
    json.set("index", proof.index);
    json.set("size", proof.size);
    json.set("leaf", to_hex(proof.leaf));
    json.set("root", to_hex(proof.root));
    json.set("path", show_path(proof.path));
    return proof_answer(book, json);
}

Reply get_consistency(const Call& call) {
    const ProvenBook book = TRY(open_proven_book(call));
    if (!call.request.parameter("from"))
        return bad_parameter("from", "a revision, from 1");
    const Revision from = TRY(size_in(call, book, "from"));
    const Revision to = TRY(size_in(call, book, "to"));
    if (from > to)
        return bad_parameter("from", "no larger than to");
    const log::ConsistencyProof proof =
        TRY(or_problem(log::prove_consistency(call.service.log(), book.where.line, from, to)));
    Json json;
    json.set("from", proof.from);
    json.set("to", proof.to);
    json.set("from_root", to_hex(proof.from_root));
    json.set("to_root", to_hex(proof.to_root));
    json.set("path", show_path(proof.path));
    return proof_answer(book, json);
}

} // namespace

std::vector<Route> proof_routes(const Custody& custody) {
    const std::string company = "/api/v1/companies/{company}";
    const auto get = [&](const std::string& path, const char* summary,
                         std::vector<Parameter> parameters, Schema schema,
                         std::function<Reply(const Call&)> handler) {
        std::ranges::move(moment_parameters(), std::back_inserter(parameters));
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
        get("/checkpoint",
            "The head of the book, now or as of then, signed now; text/plain for the text alone",
            {}, checkpoint_schema(), with_keys(get_checkpoint)),
        get("/checkpoints", "Heads that were signed and kept, newest first",
            short_list_parameters(), list_of(checkpoint_schema()), with_keys(list_checkpoints)),
        get("/proofs/inclusion", "That one event is in the book (RFC 9162, 2.1.3)",
            {{"revision", "of the event"},
             {"size", "of the book, a commit end; default: all of it, now or as of then"}},
            object({{"index", integer()},
                    {"size", integer()},
                    {"leaf", hex()},
                    {"root", hex()},
                    {"path", array(hex())}}),
            get_inclusion),
        get("/proofs/consistency", "That the book only grew (RFC 9162, 2.1.4)",
            {{"from", "a smaller size, a commit end"},
             {"to", "a larger one; default: all of it, now or as of then"}},
            object({{"from", integer()},
                    {"to", integer()},
                    {"from_root", hex()},
                    {"to_root", hex()},
                    {"path", array(hex())}}),
            get_consistency)};
}

} // namespace daybook::api
