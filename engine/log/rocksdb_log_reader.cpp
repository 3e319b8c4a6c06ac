#include "engine/log/rocksdb_log_reader.h"

#include "engine/log/append_rules.h"
#include "events/base/planted.h"

#include <fmt/format.h>

namespace daybook::log {
namespace {

std::unexpected<Error> missing(LineNumber line, std::string_view what, std::uint64_t number) {
    return fail(ErrorKind::corrupt, fmt::format("{}: {} {} is missing or damaged in the log",
                                                describe(line), what, number));
}

Result<std::string> find_tile(const RocksdbStore& store, LineNumber line, TilePart part,
                              std::uint64_t tile) {
    auto found = TRY(store.get(Family::tiles, tile_key(line, part, tile)));
    if (!found)
        return missing(line, part == TilePart::leaves ? "tile" : "crown of tile", tile);
    return std::move(*found);
}

Result<std::vector<Hash>> derive_peaks(const RocksdbStore& store, LineNumber line,
                                       std::uint64_t tiles) {
    return peaks_from_crowns(
        tiles, [&](std::uint64_t tile) { return find_tile(store, line, TilePart::crown, tile); });
}

// Leaf hashes of records first … last, computed from the records.
Result<std::vector<Hash>> hash_records(const RocksdbStore& store, LineNumber line, Revision first,
                                       Revision last) {
    std::vector<Hash> hashes;
    Revision next = first;
    TRY(store.scan(Family::records, record_key(line, first), record_key(line, last + 1),
                   [&](std::string_view key, std::string_view record) {
                       if (key != record_key(line, next))
                           return false;
                       hashes.push_back(leaf_hash(record));
                       ++next;
                       return true;
                   }));
    if (next != last + 1)
        return missing(line, "record", next);
    return hashes;
}

} // namespace

Result<LineTree> derive_tree(const RocksdbStore& store, LineNumber line) {
    const auto last =
        TRY(store.last(Family::records, line_key(line), after_prefix(line_key(line))));
    if (!last)
        return LineTree();
    if (last->key.size() != record_key(line, 0).bytes.size())
        return fail(ErrorKind::corrupt, describe(line) + ": a record key has the wrong length");
    const auto size = read_big_endian<Revision>(last->key, 4);
    const std::uint64_t tiles = size / kTileLeaves;
    std::vector<Hash> edge;
    if (size % kTileLeaves != 0)
        edge = TRY(hash_records(store, line, tiles * kTileLeaves + 1, size));
    return LineTree(tiles, TRY(derive_peaks(store, line, tiles)), edge);
}

// ---- lines in memory -------------------------------------------------------------------------

Result<std::unique_ptr<RocksdbLogReader>> RocksdbLogReader::open(const RocksdbStore& store) {
    std::set<LineNumber> unfinished;
    TRY(store.scan(Family::unfinished, {}, {}, [&](std::string_view key, std::string_view) {
        if (key.size() == sizeof(LineNumber))
            unfinished.insert(read_big_endian<LineNumber>(key, 0));
        return true;
    }));
    return std::unique_ptr<RocksdbLogReader>(new RocksdbLogReader(store, std::move(unfinished)));
}

Result<std::shared_ptr<const LineState>> RocksdbLogReader::state(LineNumber line) const {
    const std::scoped_lock lock(mutex_);
    const auto known = states_.find(line);
    if (known != states_.end())
        return known->second;
    LineTree tree = TRY(derive_tree(store_, line));
    const LineHead head = tree.head();
    auto state = std::make_shared<const LineState>(LineState{std::move(tree), head});
    // Guesses at lines that do not exist must not fill the memory.
    if (head.revision != 0)
        states_.emplace(line, state);
    return state;
}

Result<std::shared_ptr<const LineState>> RocksdbLogReader::state_in_sight(LineNumber line) const {
    if (is_unfinished(line))
        return std::make_shared<const LineState>(LineState{LineTree(), LineTree().head()});
    return state(line);
}

bool RocksdbLogReader::is_unfinished(LineNumber line) const {
    const std::scoped_lock lock(mutex_);
    return unfinished_.contains(line);
}

std::set<LineNumber> RocksdbLogReader::unfinished_lines() const {
    const std::scoped_lock lock(mutex_);
    return unfinished_;
}

void RocksdbLogReader::publish(const LineStates& moved, std::optional<LineNumber> hidden,
                               std::optional<LineNumber> shown) {
    const std::scoped_lock lock(mutex_);
    for (const auto& [line, state] : moved)
        states_[line] = state;
    if (hidden)
        unfinished_.insert(*hidden);
    if (shown)
        unfinished_.erase(*shown);
}

// ---- reading ---------------------------------------------------------------------------------

Result<LineHead> RocksdbLogReader::head(LineNumber line) const {
    return TRY(state_in_sight(line))->head;
}

Result<Hash> RocksdbLogReader::root_at(LineNumber line, Revision size) const {
    if (size == 0)
        return empty_root();
    const auto state = TRY(state_in_sight(line));
    TRY(check_range(line, 1, size, state->head.revision));
    if (size == state->head.revision)
        return state->head.root;
    const std::uint64_t tiles = size / kTileLeaves;
    std::vector<Hash> edge;
    if (size % kTileLeaves != 0) {
        edge = TRY(leaves_of_tile(state->tree, line, tiles));
        edge.resize(size % kTileLeaves);
    }
    return LineTree(tiles, TRY(derive_peaks(store_, line, tiles)), edge).root();
}

Result<std::vector<Hash>> RocksdbLogReader::leaves_of_tile(const LineTree& tree, LineNumber line,
                                                           std::uint64_t tile) const {
    if (tile == tree.tiles())
        return std::vector<Hash>(tree.edge().begin(), tree.edge().end());
    const std::string bytes = TRY(find_tile(store_, line, TilePart::leaves, tile));
    if (bytes.size() != kTileBytes)
        return missing(line, "tile", tile);
    std::vector<Hash> leaves;
    leaves.reserve(kTileLeaves);
    for (std::size_t leaf = 0; leaf < kTileLeaves; ++leaf)
        leaves.push_back(*hash_at(bytes, leaf));
    return leaves;
}

Result<std::vector<Hash>> RocksdbLogReader::leaves(LineNumber line, Revision first,
                                                   Revision last) const {
    const auto state = TRY(state_in_sight(line));
    TRY(check_range(line, first, last, state->head.revision));
    std::vector<Hash> found;
    found.reserve(last - first + 1);
    for (std::uint64_t tile = (first - 1) / kTileLeaves; tile <= (last - 1) / kTileLeaves; ++tile) {
        const std::vector<Hash> hashes = TRY(leaves_of_tile(state->tree, line, tile));
        const Revision before = tile * kTileLeaves; // Revisions below this tile.
        const auto from = first > before ? first - 1 - before : 0;
        const auto until = std::min<Revision>(last - before, kTileLeaves);
        found.insert(found.end(), hashes.begin() + static_cast<std::ptrdiff_t>(from),
                     hashes.begin() + static_cast<std::ptrdiff_t>(until));
    }
    return found;
}

Result<Hash> RocksdbLogReader::subtree(LineNumber line, unsigned height,
                                       std::uint64_t index) const {
    const Revision head = TRY(state_in_sight(line))->head.revision;
    const auto [first, last] = TRY(subtree_range(line, height, index, head));
    if (height >= kTileHeight) {
        const std::string crown =
            TRY(find_tile(store_, line, TilePart::crown, last / kTileLeaves - 1));
        return hash_at(crown, height - kTileHeight);
    }
    const std::vector<Hash> hashes = TRY(leaves(line, first, last));
    Frontier tree;
    for (const Hash& leaf : hashes)
        tree.add(leaf);
    return tree.root();
}

Result<std::vector<StoredRecord>> RocksdbLogReader::read(LineNumber line, Revision from,
                                                         ReadLimit limit) const {
    if (from == 0)
        return fail(ErrorKind::invalid, describe(line) + ": revisions begin at 1");
    const Revision head = TRY(state_in_sight(line))->head.revision;
    std::vector<StoredRecord> records;
    if (from > head)
        return records;
    std::size_t bytes = 0;
    Revision next = from;
    bool full = false;
    TRY(store_.scan(Family::records, record_key(line, from), record_key(line, head + 1),
                    [&](std::string_view key, std::string_view record) {
                        if (key != record_key(line, next))
                            return false;
                        bytes += record.size();
                        full = !records.empty() && bytes > limit.bytes_max;
                        if (full)
                            return false;
                        records.push_back({next++, std::string(record)});
                        // What is not asked for is not looked at: it may be damaged.
                        full = records.size() >= limit.records_max;
                        return !full;
                    }));
    if (!full && next != head + 1)
        return missing(line, "record", next);
    return records;
}

Result<std::optional<std::string>> RocksdbLogReader::find_index(LineNumber line, Index index,
                                                                std::string_view key) const {
    if (is_unfinished(line))
        return std::nullopt;
    return store_.get(Family::index, index_key(line, index, key));
}

Result<std::vector<IndexEntry>> RocksdbLogReader::scan_index(LineNumber line, Index index,
                                                             std::string_view prefix) const {
    std::vector<IndexEntry> entries;
    if (is_unfinished(line))
        return entries;
    const std::string from = index_key(line, index, prefix);
    TRY(store_.scan(
        Family::index, from, after_prefix(from), [&](std::string_view key, std::string_view value) {
            entries.push_back({std::string(key.substr(kIndexKeyPrefixBytes)), std::string(value)});
            return true;
        }));
    return entries;
}

Result<std::optional<std::string>> RocksdbLogReader::find_person(LineNumber line,
                                                                 const Hash& name) const {
    if (is_unfinished(line))
        return std::nullopt;
    auto bytes = TRY(store_.get(Family::persons, person_key(line, name)));
    if (bytes && sha256(*bytes) != name && !planted("personal data are not compared"))
        return fail(ErrorKind::corrupt, fmt::format("{}: the personal data {} are not what was "
                                                    "written",
                                                    describe(line), to_hex(name)));
    return bytes;
}

Result<std::vector<LineNumber>> RocksdbLogReader::lines() const {
    const std::set<LineNumber> unfinished = unfinished_lines();
    std::vector<LineNumber> lines;
    std::string from;
    // One seek a line: from a line's first record past all its others to the next line.
    while (const auto entry = TRY(store_.first(Family::records, from, {}))) {
        if (entry->key.size() < sizeof(LineNumber))
            return fail(ErrorKind::corrupt, "a record key is too short to name its line");
        const auto line = read_big_endian<LineNumber>(entry->key, 0);
        if (!unfinished.contains(line))
            lines.push_back(line);
        from = after_prefix(line_key(line));
        if (from.empty())
            break;
    }
    return lines;
}

} // namespace daybook::log
