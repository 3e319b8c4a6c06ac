// The indexes that the sequencer needs to decide, derived from the events they are written with.
//
// They stand in the log's own batch (log::Index), so they are never behind it; and they follow
// from the records alone, so `verify` can derive them again and compare.
//
//   thing    kind ‖ id ‖ version (u32 BE)           -> revision (u64 BE)
//   touch    kind ‖ id ‖ kind ‖ id of the toucher   -> ""
//   command  SHA-256(actor realm ‖ actor name ‖ NUL ‖ idempotency key) -> commit_last (u64 BE);
//            where the history was left out, the revision of the CommandsKept that names it
//   claim    text of the claim (engine/domain/claims.h)          -> kind ‖ id
//   claim    "series" NUL id NUL period             -> last number (u64 BE) ‖ its date (i32 BE)
//   claim    "documents"                            -> "" once a document was recorded
// kind is one byte, id sixteen.
#pragma once

#include "engine/domain/books.h"
#include "engine/log/event_log.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::command {

std::string thing_prefix(EntityRef thing);
std::string thing_key(EntityRef thing, Version version);
std::string touch_key(EntityRef touched, EntityRef toucher);
Hash command_digest(const Actor& actor, std::string_view idempotency_key);
std::string command_key(const Actor& actor, std::string_view idempotency_key);
std::string series_key(SeriesId series, std::string_view period);
// Prefix of all series_key()s, and what one says; `last` stands in the value.
inline constexpr std::string_view kSeriesPrefix{"series\0", 7};
Result<SeriesFloor> parse_series_key(std::string_view key);
inline constexpr std::string_view kDocumentsKey = "documents";

std::string hash_value(const Hash& hash);
std::string revision_value(Revision revision);
Result<Revision> parse_revision(std::string_view value);
std::string ref_value(EntityRef thing);
Result<EntityRef> parse_ref(std::string_view value);
std::string position_value(const domain::SeriesPosition& position);
Result<domain::SeriesPosition> parse_position(std::string_view value);

} // namespace daybook::command
