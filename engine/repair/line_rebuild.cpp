#include "engine/repair/line_rebuild.h"

#include "engine/command/index_replay.h"
#include "engine/repair/line_source.h"
#include "events/codec/codec.h"
#include "events/file_named.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace daybook::repair {
namespace {

class LineRebuild {
  public:
    LineRebuild(const log::RocksdbStore& store, const SurveyedLine& line, log::LineWriter writer)
        : line_(line),
          writer_(std::move(writer)),
          source_(store, line.where.line, line.file),
          replay_([this](EntityRef thing, Version version) { return read(thing, version); }) {}

    Result<void> add_next() {
        const auto found = TRY(source_.next());
        if (!found)
            return fail(ErrorKind::corrupt, "a record that was there is gone");
        const RecordedEvent recorded = TRY(decode_record(found->bytes));
        const Envelope& envelope = recorded.envelope;
        versions_[envelope.entity].push_back(envelope.revision);
        if (envelope.revision == 1)
            end_.company = envelope.entity;
        if (envelope.entity == end_.company)
            end_.version = envelope.entity_version;
        end_.recorded_at = envelope.recorded_at;
        std::vector<log::PersonBlob> persons;
        for (const BlobRef& blob : envelope.blobs)
            if (auto bytes = TRY(source_.person(blob.sha256)))
                persons.push_back({blob.sha256, *std::move(bytes)});
            else
                absent_.insert(blob.sha256);
        if (const Hash* erased = person_erased(recorded.event))
            erased_.insert(*erased);
        std::vector<log::IndexPut> rows = TRY(replay_.rows_of(recorded));
        return writer_.add(found->bytes, std::move(rows), std::move(persons));
    }

    Result<RebuiltEnd> finish() {
        if (TRY(writer_.flush()).root != line_.root)
            return fail(ErrorKind::corrupt, line_.name + ": what was made has another root");
        if (line_.where.line != log::kInstanceLine)
            end_.state = TRY(command::fold(
                end_.version, [this](Version version) { return read(end_.company, version); }));
        end_.persons_missing = static_cast<std::uint64_t>(std::ranges::count_if(
            absent_, [this](const Hash& name) { return !erased_.contains(name); }));
        return end_;
    }

  private:
    Result<RecordedEvent> read(EntityRef thing, Version version) {
        const auto of_thing = versions_.find(thing);
        if (of_thing == versions_.end() || version == 0 || version > of_thing->second.size())
            return fail(ErrorKind::corrupt, "a thing went back to a version that it never had");
        const auto bytes = TRY(source_.record(of_thing->second[version - 1]));
        if (!bytes)
            return fail(ErrorKind::corrupt, "a record that was there is gone");
        return decode_record(*bytes);
    }

    const SurveyedLine& line_;
    log::LineWriter writer_;
    LineSource source_;
    command::IndexReplay replay_;
    std::unordered_map<EntityRef, std::vector<Revision>> versions_;
    std::set<Hash> absent_; // Of the personal data that events name.
    std::set<Hash> erased_;
    RebuiltEnd end_;
};

} // namespace

Result<RebuiltEnd> rebuild_line(log::FillableLog& log, const log::RocksdbStore& store,
                                const SurveyedLine& line, log::LineNumber target,
                                const std::function<void()>& step) {
    LineRebuild rebuild(store, line, TRY(log::LineWriter::open(log, target)));
    for (Revision revision = 1; revision <= line.sound; ++revision) {
        if (const auto added = rebuild.add_next(); !added)
            return std::unexpected(
                added.error().within(line.name + ", event " + std::to_string(revision)));
        step();
    }
    return rebuild.finish();
}

} // namespace daybook::repair
