#include "engine/audit/row_audit.h"

#include "engine/log/big_endian.h"
#include "engine/log/tiles.h"

#include <fmt/format.h>

namespace daybook::audit {
namespace {

using log::Family;
using log::LineNumber;

class RowWalk {
  public:
    RowWalk(const log::RocksdbStore& store, const Promises& promises, Report& report)
        : store_(store), promises_(promises), report_(report) {}

    Result<void> run() {
        TRY(read_markers());
        for (const Family family : {Family::records, Family::index, Family::tiles, Family::persons})
            TRY(walk(family));
        return {};
    }

  private:
    static std::string name_of(Family family) {
        return std::string("family ") + log::kFamilyNames[static_cast<std::size_t>(family)];
    }
    void stray(std::optional<LineNumber> line, Family family, std::string what) {
        Place place;
        place.line = line;
        report_.find((line ? fmt::format("line {}, ", *line) : std::string()) + name_of(family),
                     std::move(what), std::move(place));
    }

    // A line is out of sight exactly where groups say so.
    Result<void> read_markers() {
        TRY(store_.scan(Family::unfinished, {}, {}, [this](std::string_view key, std::string_view) {
            if (key.size() != sizeof(LineNumber)) {
                stray(std::nullopt, Family::unfinished, "there is a row of no line");
                return true;
            }
            const auto line = log::read_big_endian<LineNumber>(key, 0);
            marked_.insert(line);
            if (!promises_.unfinished.contains(line) && !promises_.swept.contains(line))
                stray(line, Family::unfinished, "it is out of sight, and no group says so");
            return true;
        }));
        for (const LineNumber line : promises_.unfinished)
            if (!marked_.contains(line))
                stray(line, Family::unfinished, "it is in sight, and no group showed it");
        return {};
    }
    bool is_going(LineNumber line) const {
        return promises_.swept.contains(line) && marked_.contains(line);
    }

    // One seek a line.
    Result<void> walk(Family family) {
        std::string from;
        while (const auto entry = TRY(store_.first(family, from, {}))) {
            if (entry->key.size() < sizeof(LineNumber)) {
                stray(std::nullopt, family, "there is a row of no line");
                from = entry->key + '\0';
                continue;
            }
            const auto line = log::read_big_endian<LineNumber>(entry->key, 0);
            const auto promised = promises_.lines.find(line);
            if (promised != promises_.lines.end())
                TRY(look_into(family, line, *entry,
                              promised->second.empty() ? 0 : promised->second.rbegin()->first));
            else if (!is_going(line))
                stray(line, family, "there are rows of it, and no group names it");
            from = log::after_prefix(log::line_key(line));
            if (from.empty())
                break;
        }
        return {};
    }
    Result<void> look_into(Family family, LineNumber line, const log::RocksdbStore::Entry& first,
                           Revision size) {
        if (family == Family::records && first.key != std::string_view(log::record_key(line, 1)))
            stray(line, family, "there is a row before its first record, or that is missing");
        if (family == Family::index)
            return look_at_indexes(line);
        if (family == Family::tiles)
            return look_at_tiles(line, size / log::kTileLeaves);
        return {};
    }
    // One seek an index.
    Result<void> look_at_indexes(LineNumber line) {
        const std::string end = log::after_prefix(log::line_key(line));
        std::string from{std::string_view(log::line_key(line))};
        while (const auto entry = TRY(store_.first(Family::index, from, end))) {
            const std::string_view key = entry->key;
            const unsigned index =
                key.size() < log::kIndexKeyPrefixBytes ? 0 : static_cast<unsigned char>(key[4]);
            if (index < static_cast<unsigned>(log::Index::thing)
                || index > static_cast<unsigned>(log::Index::claim))
                stray(line, Family::index, fmt::format("there are rows of an index {}", index));
            if (key.size() < log::kIndexKeyPrefixBytes)
                from = entry->key + '\0';
            else
                from = log::after_prefix(key.substr(0, log::kIndexKeyPrefixBytes));
            if (from >= end && !end.empty())
                break;
        }
        return {};
    }
    Result<void> look_at_tiles(LineNumber line, std::uint64_t tiles) {
        std::uint64_t strays = 0;
        const auto look = [&](std::string_view key, std::string_view) {
            const auto tile =
                key.size() == log::tile_key(line, log::TilePart::leaves, 0).bytes.size()
                    ? log::read_big_endian<std::uint64_t>(key, 5)
                    : tiles;
            const bool has_part = key.size() > 4
                                  && static_cast<unsigned char>(key[4])
                                         <= static_cast<unsigned>(log::TilePart::crown);
            strays += tile >= tiles || !has_part;
            return true;
        };
        TRY(store_.scan(Family::tiles, log::line_key(line), log::after_prefix(log::line_key(line)),
                        look));
        if (strays > 0)
            stray(line, Family::tiles,
                  fmt::format("there are {} rows of no tile that is full", strays));
        return {};
    }

    const log::RocksdbStore& store_;
    const Promises& promises_;
    Report& report_;
    std::set<LineNumber> marked_;
};

} // namespace

void audit_rows(const log::RocksdbStore& store, const Promises& promises, Report& report) {
    if (const auto walked = RowWalk(store, promises, report).run(); !walked)
        report.find("log/", walked.error().what);
}

} // namespace daybook::audit
