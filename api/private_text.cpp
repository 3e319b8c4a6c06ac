#include "api/private_text.h"

#include "engine/log/merkle.h"
#include "events/base/strict_json.h"

#include <utility>

namespace daybook::api {
namespace {

constexpr std::size_t kSaltBytes = 16;

Result<std::optional<Json>> words_in(std::string_view sealed, const Hash& name) {
    if (sealed.size() < kSaltBytes)
        return fail(ErrorKind::corrupt, "the private text " + to_hex(name) + " has no salt");
    auto content = parse_strict_json(sealed.substr(kSaltBytes));
    if (!content)
        return fail(ErrorKind::corrupt, "the private text " + to_hex(name) + " is no JSON");
    return std::move(*content);
}

} // namespace

command::NewPerson seal(IdSource& ids, const Json& content, std::string role) {
    const auto salt = ids.next_salt();
    static_assert(std::tuple_size_v<decltype(ids.next_salt())> == kSaltBytes);
    std::string bytes(reinterpret_cast<const char*>(salt.data()), salt.size());
    bytes += to_canonical_json(content);
    const Hash name = log::sha256(bytes);
    return {{name, std::move(bytes)}, std::move(role)};
}

Result<std::optional<Json>> unseal(const log::LogReader& log, log::LineNumber line,
                                   const Hash& name) {
    const auto bytes = TRY(log.find_person(line, name));
    if (!bytes)
        return std::nullopt;
    return words_in(*bytes, name);
}

Unseal unsealing(const log::LogReader& log, log::LineNumber line,
                 std::span<const command::NewPerson> fresh) {
    return [&log, line, fresh](const Hash& name) -> Result<std::optional<Json>> {
        for (const command::NewPerson& person : fresh)
            if (person.blob.name == name)
                return words_in(person.blob.bytes, name);
        return unseal(log, line, name);
    };
}

Result<std::optional<Hash>> Sealing::keep_or_seal(const std::optional<Hash>& before,
                                                  const Json& content, std::string role) const {
    if (content.is_null())
        return std::nullopt;
    if (before)
        if (const auto old = TRY(unseal(log, line, *before));
            old && to_canonical_json(*old) == to_canonical_json(content))
            return before;
    command::NewPerson person = seal(ids, content, std::move(role));
    const Hash name = person.blob.name;
    persons.push_back(std::move(person));
    return name;
}

} // namespace daybook::api
