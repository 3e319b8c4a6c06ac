#include "engine/backup/manifest.h"

#include "engine/backup/limits.h"
#include "engine/log/public_key_text.h"
#include "events/base/strict_json.h"

#include <algorithm>
#include <limits>

namespace daybook::backup {
namespace {

constexpr std::string_view kProduct = "Daybook";

std::unexpected<Error> bad_member(std::string_view name, const char* why) {
    return fail(ErrorKind::corrupt, "member \"" + std::string(name) + "\" " + why);
}

// ---- writing ---------------------------------------------------------------------------------

Json options_json(const Options& options) {
    Json json;
    json.set("attachments", options.attachments);
    json.set("emails", options.emails);
    json.set("history", options.history);
    return json;
}

Json entry_json(const EntryDigest& entry) {
    Json json;
    json.set("name", entry.name);
    json.set("size", entry.size);
    json.set("sha256", to_hex(entry.sha256));
    return json;
}

// ---- reading ---------------------------------------------------------------------------------

// One object of the manifest; members are asked for by name, and all must have been asked for.
class Members {
  public:
    static Result<Members> of(const Json& json, std::initializer_list<std::string_view> names,
                              std::string_view where) {
        const JsonObject* object = json.if_object();
        if (!object || object->size() != names.size())
            return bad_member(where, "is not as it should be");
        for (const std::string_view name : names)
            if (!json.find(name))
                return bad_member(name, "is missing");
        return Members(json);
    }

    const Json& at(std::string_view name) const { return *json_->find(name); }
    Result<std::string> text(std::string_view name) const {
        const std::string* text = at(name).if_string();
        return text ? Result<std::string>(*text) : bad_member(name, "is no text");
    }
    Result<std::uint64_t> number(std::string_view name) const {
        const auto whole = at(name).integer();
        return whole && *whole >= 0 ? Result<std::uint64_t>(static_cast<std::uint64_t>(*whole))
                                    : bad_member(name, "is no count");
    }
    Result<bool> truth(std::string_view name) const {
        const bool* truth = at(name).if_bool();
        return truth ? Result<bool>(*truth) : bad_member(name, "is neither true nor false");
    }
    template <class Parse>
    auto parsed(std::string_view name, Parse&& parse) const -> decltype(parse(std::string())) {
        const std::string given = TRY(text(name));
        auto value = parse(given);
        if (!value)
            return bad_member(name, "cannot be read");
        return value;
    }

  private:
    explicit Members(const Json& json) : json_(&json) {}
    const Json* json_;
};

Result<log::PublicKey> parse_key(const std::string& text) {
    const auto key = log::from_key_info(text);
    return key ? Result<log::PublicKey>(*key) : fail(ErrorKind::corrupt, "not an Ed25519 key");
}

Result<Options> parse_options(const Json& json) {
    const auto members = TRY(Members::of(json, {"attachments", "emails", "history"}, "options"));
    return Options{TRY(members.truth("attachments")), TRY(members.truth("emails")),
                   TRY(members.truth("history"))};
}

Result<StateHash> parse_state_hash(const Json& json) {
    const auto members = TRY(Members::of(json, {"form", "sha256"}, "state_hash"));
    const std::uint64_t form = TRY(members.number("form"));
    if (form > std::numeric_limits<int>::max())
        return bad_member("form", "cannot be read");
    return StateHash{static_cast<int>(form), TRY(members.parsed("sha256", parse_hash))};
}

Result<EntryDigest> parse_entry(const Json& json) {
    const auto members = TRY(Members::of(json, {"name", "size", "sha256"}, "entries"));
    return EntryDigest{TRY(members.text("name")), TRY(members.number("size")),
                       TRY(members.parsed("sha256", parse_hash))};
}

// Before anything else is believed: a newer manifest may have other members.
Result<void> check_format(const Json& json) {
    const Json* product = json.find("product");
    const Json* format = json.find("format");
    const std::int64_t number = format ? format->integer().value_or(0) : 0;
    if (!product || !product->if_string() || *product->if_string() != kProduct)
        return fail(ErrorKind::invalid, "a backup of another product");
    if (number < 1)
        return bad_member("format", "is no number of a format");
    if (number > kFormat)
        return fail(ErrorKind::unsupported, "this backup has format " + std::to_string(number)
                                                + ", made by a newer release; this one reads "
                                                  "formats up to "
                                                + std::to_string(kFormat));
    return {};
}

} // namespace

std::string to_text(const Manifest& manifest) {
    Json company;
    company.set("id", daybook::to_text(manifest.company));
    company.set("name", manifest.company_name);
    Json line;
    line.set("log_id", daybook::to_text(manifest.log_id));
    line.set("epoch", manifest.epoch);
    Json range;
    range.set("first", 1);
    range.set("last", manifest.revisions);
    range.set("last_recorded_at", daybook::to_text(manifest.last_recorded_at));
    Json state;
    state.set("form", manifest.state.form);
    state.set("sha256", to_hex(manifest.state.hash));
    JsonArray entries;
    for (const EntryDigest& entry : manifest.entries)
        entries.push_back(entry_json(entry));
    Json json;
    json.set("format", kFormat);
    json.set("product", kProduct);
    json.set("software", manifest.software);
    json.set("made_at", daybook::to_text(manifest.made_at));
    json.set("realm", daybook::to_text(manifest.realm));
    json.set("company", std::move(company));
    json.set("line", std::move(line));
    json.set("range", std::move(range));
    json.set("persons", manifest.persons);
    json.set("options", options_json(manifest.options));
    json.set("root", to_hex(manifest.root));
    json.set("checkpoint", manifest.checkpoint);
    json.set("state_hash", std::move(state));
    json.set("signing_key", log::to_key_info(manifest.signing_key));
    json.set("summary", manifest.summary);
    json.set("entries", std::move(entries));
    return to_json(json) + "\n";
}

Result<Manifest> parse_manifest(std::string_view text) {
    const auto json = parse_strict_json(text);
    if (!json)
        return fail(ErrorKind::corrupt, json.error().detail);
    TRY(check_format(*json));
    const auto all = TRY(Members::of(
        *json,
        {"format", "product", "software", "made_at", "realm", "company", "line", "range", "persons",
         "options", "root", "checkpoint", "state_hash", "signing_key", "summary", "entries"},
        "manifest"));
    const auto company = TRY(Members::of(all.at("company"), {"id", "name"}, "company"));
    const auto line = TRY(Members::of(all.at("line"), {"log_id", "epoch"}, "line"));
    const auto range =
        TRY(Members::of(all.at("range"), {"first", "last", "last_recorded_at"}, "range"));

    Manifest manifest;
    manifest.software = TRY(all.text("software"));
    manifest.made_at = TRY(all.parsed("made_at", parse_timestamp));
    manifest.realm = TRY(all.parsed("realm", parse_uuid));
    manifest.company.value = TRY(company.parsed("id", parse_uuid));
    manifest.company_name = TRY(company.text("name"));
    manifest.log_id = TRY(line.parsed("log_id", parse_uuid));
    const std::uint64_t epoch = TRY(line.number("epoch"));
    const std::uint64_t first = TRY(range.number("first"));
    manifest.revisions = TRY(range.number("last"));
    if (epoch > std::numeric_limits<Epoch>::max() || first != 1 || manifest.revisions == 0)
        return bad_member("range", "cannot be");
    manifest.epoch = static_cast<Epoch>(epoch);
    manifest.last_recorded_at = TRY(range.parsed("last_recorded_at", parse_timestamp));
    manifest.persons = TRY(all.number("persons"));
    manifest.options = TRY(parse_options(all.at("options")));
    manifest.root = TRY(all.parsed("root", parse_hash));
    manifest.checkpoint = TRY(all.text("checkpoint"));
    manifest.state = TRY(parse_state_hash(all.at("state_hash")));
    manifest.signing_key = TRY(all.parsed("signing_key", parse_key));
    manifest.summary = all.at("summary");
    const JsonArray* entries = all.at("entries").if_array();
    if (!entries)
        return bad_member("entries", "is no list");
    for (const Json& entry : *entries)
        manifest.entries.push_back(TRY(parse_entry(entry)));
    return manifest;
}

} // namespace daybook::backup
