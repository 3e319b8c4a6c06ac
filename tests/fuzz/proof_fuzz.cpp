// What a customer is given to check: bundles and checkpoints as texts; and paths through a tree,
// whose verdict must be that of RFC 9162's own recursion, read backwards.

#include "engine/audit/proof_bundle.h"
#include "engine/log/merkle.h"
#include "tests/fuzz/signatory.h"

#include <bit>
#include <fuzzer/FuzzedDataProvider.h>

namespace {

using namespace daybook;
using namespace daybook::log;

void try_checkpoint(std::string_view text) {
    const PublicKey key = fuzz::signatory().public_key();
    for (const std::string_view each : split_checkpoints(text))
        static_cast<void>(verify_checkpoint(each, key));
    const auto read = read_checkpoint(text);
    if (!read)
        return;
    const auto ours = sign_checkpoint(fuzz::signatory(), read->origin, read->head);
    const auto again = ours ? verify_checkpoint(*ours, key) : Result<Checkpoint>();
    fuzz::hold(again && *again == *read);
}

void try_bundle(std::string_view text) {
    auto bundle = audit::parse_bundle(text);
    if (!bundle)
        return;
    const auto again = audit::parse_bundle(audit::to_text(*bundle));
    fuzz::hold(again && *again == *bundle);
    static_cast<void>(audit::check(*bundle));
    // A tree of this record alone, signed: now the record is all that can be wrong.
    bundle->index = 0;
    bundle->path.clear();
    bundle->key = fuzz::signatory().public_key();
    bundle->checkpoint =
        *sign_checkpoint(fuzz::signatory(), "fuzz", {1, leaf_hash(bundle->record)});
    const auto proven = audit::check(*bundle);
    fuzz::hold(!proven || proven->recorded.envelope.revision == 1);
}

// ---- the definitions of RFC 9162, 2.1.3 and 2.1.4, read from a path to the root ----------------

using Path = std::span<const Hash>;

std::uint64_t cut(std::uint64_t size) { return std::bit_floor(size - 1); }

// Nothing where the path is of another length than a path to that leaf.
std::optional<Hash> root_over(std::uint64_t leaf, std::uint64_t size, const Hash& hash, Path path) {
    if (size == 1)
        return path.empty() ? std::optional(hash) : std::nullopt;
    if (path.empty())
        return std::nullopt;
    const std::uint64_t left = cut(size);
    const Path below = path.first(path.size() - 1);
    if (leaf < left) {
        const auto root = root_over(leaf, left, hash, below);
        return root ? std::optional(node_hash(*root, path.back())) : std::nullopt;
    }
    const auto root = root_over(leaf - left, size - left, hash, below);
    return root ? std::optional(node_hash(path.back(), *root)) : std::nullopt;
}

struct Roots {
    Hash from, to;
};

std::optional<Roots> roots_over(std::uint64_t from, std::uint64_t to, const Hash* known,
                                Path path) {
    if (from == to) {
        if (path.size() != (known ? 0U : 1U))
            return std::nullopt;
        const Hash& root = known ? *known : path.front();
        return Roots{root, root};
    }
    if (path.empty())
        return std::nullopt;
    const std::uint64_t left = cut(to);
    const Path below = path.first(path.size() - 1);
    const auto roots = from <= left ? roots_over(from, left, known, below)
                                    : roots_over(from - left, to - left, nullptr, below);
    if (!roots)
        return std::nullopt;
    if (from <= left)
        return Roots{roots->from, node_hash(roots->to, path.back())};
    return Roots{node_hash(path.back(), roots->from), node_hash(path.back(), roots->to)};
}

// ------------------------------------------------------------------------------------------------

void try_paths(FuzzedDataProvider input) {
    // Mostly small trees: there the length of the path has a chance to fit.
    const std::uint64_t limit = input.ConsumeBool() ? 64 : ~std::uint64_t{0};
    const auto size = input.ConsumeIntegralInRange<std::uint64_t>(0, limit);
    const auto at = input.ConsumeIntegralInRange<std::uint64_t>(0, limit);
    std::vector<Hash> path(input.ConsumeIntegralInRange<std::size_t>(0, 66));
    for (Hash& hash : path)
        hash.bytes[0] = input.ConsumeIntegral<std::uint8_t>();

    const Hash leaf = leaf_hash("a record");
    const auto root = at < size ? root_over(at, size, leaf, path) : std::nullopt;
    fuzz::hold(is_sound(InclusionProof{at, size, leaf, root.value_or(Hash{}), path})
               == root.has_value());

    const auto roots = at > 0 && at <= size ? roots_over(at, size, &leaf, path) : std::nullopt;
    const Roots claimed = roots.value_or(Roots{leaf, leaf});
    fuzz::hold(is_sound(ConsistencyProof{at, size, claimed.from, claimed.to, path})
               == roots.has_value());
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::text_of(data, size);
    try_checkpoint(text);
    try_bundle(text);
    try_paths(FuzzedDataProvider(data, size));
    return 0;
}
