#include "engine/audit/proof_bundle.h"

#include "engine/log/base64.h"
#include "events/base/strict_json.h"
#include "events/codec/codec.h"

#include <algorithm>

namespace daybook::audit {
namespace {

constexpr std::string_view kFormat = "daybook proof";
constexpr int kVersion = 1;
// Deep enough for any tree of 64-bit size.
constexpr std::size_t kPathMax = 64;
constexpr std::size_t kBundleBytesMax = 8 * 1024 * 1024;

std::unexpected<Error> none(std::string why) {
    return fail(ErrorKind::invalid, "this is no proof of Daybook: " + std::move(why));
}

Result<std::string> text_in(const Json& json, std::string_view name) {
    const Json* member = json.find(name);
    if (!member || !member->is_string())
        return none(std::string(name) + " is missing");
    return *member->if_string();
}

Result<std::string> bytes_in(const Json& json, std::string_view name) {
    auto bytes = log::from_base64(TRY(text_in(json, name)));
    if (!bytes)
        return none(std::string(name) + " is no base64");
    return *std::move(bytes);
}

Result<Hash> hash_of(const Json& item) {
    const std::string* text = item.if_string();
    const auto hash = parse_hash(text ? *text : std::string_view());
    if (!hash)
        return none("path: " + hash.error().what);
    return *hash;
}

} // namespace

Result<ProofBundle> make_bundle(const log::LogReader& log, log::LineNumber line, Revision revision,
                                std::string checkpoint, const log::PublicKey& key) {
    const log::LineHead head = TRY(log::read_checkpoint(checkpoint)).head;
    const log::InclusionProof proof = TRY(log::prove_inclusion(log, line, revision, head.revision));
    auto records = TRY(log.read(line, revision, {.records_max = 1}));
    if (records.empty() || proof.root != head.root)
        return fail(ErrorKind::invalid, "the checkpoint is of another line");
    return ProofBundle{std::move(records.front().bytes), proof.index, proof.path,
                       std::move(checkpoint), key};
}

std::string to_text(const ProofBundle& bundle) {
    JsonArray path;
    for (const Hash& hash : bundle.path)
        path.push_back(Json(to_hex(hash)));
    Json json;
    json.set("format", kFormat);
    json.set("version", kVersion);
    json.set("record", log::to_base64(bundle.record));
    json.set("index", bundle.index);
    json.set("path", std::move(path));
    json.set("checkpoint", bundle.checkpoint);
    json.set("key", log::to_base64(bundle.key));
    return to_json(json) + "\n";
}

Result<ProofBundle> parse_bundle(std::string_view text) {
    if (text.size() > kBundleBytesMax)
        return none("it is too large");
    const auto json = parse_strict_json(text);
    if (!json)
        return none(json.error().detail);
    const Json* format = json->find("format");
    if (!format || !format->is_string() || *format->if_string() != kFormat)
        return none("format is missing");
    const Json* version = json->find("version");
    if (!version || version->integer() != kVersion)
        return fail(ErrorKind::unsupported, "this proof was made by a newer release");

    ProofBundle bundle;
    bundle.record = TRY(bytes_in(*json, "record"));
    bundle.checkpoint = TRY(text_in(*json, "checkpoint"));
    const std::string key = TRY(bytes_in(*json, "key"));
    if (key.size() != bundle.key.size())
        return none("key has another length");
    std::ranges::transform(key, bundle.key.begin(),
                           [](char byte) { return static_cast<std::uint8_t>(byte); });
    const Json* index = json->find("index");
    if (!index || index->integer().value_or(-1) < 0)
        return none("index is missing");
    bundle.index = static_cast<std::uint64_t>(*index->integer());
    const Json* path = json->find("path");
    if (!path || !path->is_array() || path->if_array()->size() > kPathMax)
        return none("path is missing");
    for (const Json& item : *path->if_array())
        bundle.path.push_back(TRY(hash_of(item)));
    return bundle;
}

Result<Proven> check(const ProofBundle& bundle) {
    auto checkpoint = log::verify_checkpoint(bundle.checkpoint, bundle.key);
    if (!checkpoint)
        return fail(ErrorKind::corrupt, "checkpoint: " + checkpoint.error().what);
    const log::InclusionProof proof{bundle.index, checkpoint->head.revision,
                                    log::leaf_hash(bundle.record), checkpoint->head.root,
                                    bundle.path};
    if (!log::is_sound(proof))
        return fail(ErrorKind::corrupt,
                    "the path does not lead from the record to the signed root: one of them was "
                    "altered");
    auto recorded = TRY(decode_record(bundle.record));
    if (recorded.envelope.revision != bundle.index + 1)
        return fail(ErrorKind::corrupt, "the record says that it is another event");
    return Proven{std::move(recorded), *std::move(checkpoint)};
}

} // namespace daybook::audit
