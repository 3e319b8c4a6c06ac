#include "projections/state_hash.h"

#include "events/base/check.h"
#include "events/base/planted.h"
#include "events/json_walk.h"
#include "projections/entity_row.h"
#include "projections/series_floor.h"

#include <algorithm>
#include <memory>
#include <openssl/evp.h>

namespace daybook::projections {
namespace {

// Where RFC 8785's numbers stop being exact; a greater one travels as text.
constexpr std::int64_t kExactInteger = (std::int64_t{1} << 53) - 1;

class Sha256 {
  public:
    Sha256() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
        CHECK(context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1,
              "OpenSSL brings SHA-256");
    }
    void add(std::string_view bytes) {
        CHECK(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1,
              "SHA-256 takes any bytes");
    }
    Hash finish() {
        Hash hash;
        CHECK(EVP_DigestFinal_ex(context_.get(), hash.bytes.data(), nullptr) == 1,
              "SHA-256 ends once");
        return hash;
    }

  private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

// Of the thing's own currency, for amounts that stand outside its document.
int digits_of(const domain::State& state) {
    const auto currency = [](const auto& thing) -> Currency {
        if constexpr (requires { thing.content; })
            return thing.content.document.currency;
        else if constexpr (requires { thing.receipt; })
            return thing.receipt.currency;
        else
            return {};
    };
    return std::visit(currency, state).likely_digits();
}

void make_exact(Json& json) {
    if (JsonArray* items = std::get_if<JsonArray>(&json.value)) {
        std::ranges::for_each(*items, make_exact);
    } else if (JsonObject* members = std::get_if<JsonObject>(&json.value)) {
        for (JsonMember& member : *members)
            make_exact(member.second);
    } else if (const JsonNumber* number = json.if_number()) {
        const auto whole = number->integer();
        if (!whole || *whole > kExactInteger || *whole < -kExactInteger)
            json = Json(std::string(number->text));
    }
}

std::string line(std::string_view kind, const Uuid& id, Json json) {
    make_exact(json);
    return std::string(kind) + '\t' + to_text(id) + '\t' + to_canonical_json(json);
}

// A timeline says how the books came to be, not what they are: with it, no undo would restore them.
std::vector<EntityKind> kinds_by_name() {
    std::vector<EntityKind> kinds;
    for (std::size_t kind = 1; kind < kEnumCount<EntityKind>; ++kind)
        if (static_cast<EntityKind>(kind) != EntityKind::timeline)
            kinds.push_back(static_cast<EntityKind>(kind));
    std::ranges::sort(kinds, {}, [](EntityKind kind) { return std::string_view(enum_name(kind)); });
    return kinds;
}

// Lines of a kind, in order of id, which is the order of the lines; rows lie in order of creation.
Result<void> add_things(Sha256& digest, SeriesCounters& counters, const Rows& rows,
                        EntityKind kind) {
    std::vector<PlacedThing> things;
    TRY(rows.scan_prefix(Table::entity, kind_prefix(kind), [&](auto key, auto) -> Result<bool> {
        things.push_back(place_at_end(kind, key));
        return true;
    }));
    std::ranges::sort(things, {}, &PlacedThing::thing);
    for (const PlacedThing& placed : things) {
        const auto row = TRY(rows.get(Table::entity, entity_key(placed)));
        if (!row)
            return fail(ErrorKind::corrupt, "a thing of the views went while it was read");
        const Card card = TRY(decode_card(*row));
        if (!card.exists)
            continue;
        raise(counters, card);
        const EntityRow entity = TRY(decode_entity_row(kind, *row));
        digest.add(state_line(placed.thing, entity.state) + '\n');
    }
    return {};
}

void add_counters(Sha256& digest, const SeriesCounters& counters) {
    std::vector<std::string> lines;
    for (const auto& [series, last] : counters)
        lines.push_back(counter_line(series.first, series.second, last));
    std::ranges::sort(lines);
    for (const std::string& each : lines)
        digest.add(each + '\n');
}

} // namespace

std::string state_line(EntityRef thing, const domain::State& state) {
    Json json = std::visit(
        [&](const auto& described) -> Json {
            if constexpr (std::is_same_v<decltype(described), const std::monostate&>)
                return {};
            else
                return to_json_value(described, digits_of(state));
        },
        state);
    return line(enum_name(thing.kind), thing.id, std::move(json));
}

std::string counter_line(SeriesId series, const std::string& period, std::uint64_t last) {
    return line("series_counter", series.value,
                JsonObject{{"last", Json(last)}, {"period", Json(period)}});
}

// Counters are known once every document was seen, and their lines follow those of the series,
// which come after all documents: "credit_note" < "invoice" < "series" < "series_counter".
Result<Hash> state_hash(const Rows& rows) {
    Sha256 digest;
    SeriesCounters counters = TRY(read_floors(rows));
    for (const EntityKind kind : kinds_by_name()) {
        TRY(add_things(digest, counters, rows, kind));
        if (kind == EntityKind::series && !planted("the state hash leaves out the counters"))
            add_counters(digest, counters);
    }
    return digest.finish();
}

} // namespace daybook::projections
