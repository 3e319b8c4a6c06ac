#include "engine/repair/line_source.h"

namespace daybook::repair {

using log::Family;

LineSource::LineSource(const log::RocksdbStore& store, log::LineNumber line,
                       const backup::BackupFile* file)
    : store_(&store), line_(line), file_(file) {
    if (!file)
        return;
    reader_.emplace(*file);
    finder_.emplace(*file);
}

// What cannot be read is not there.
std::optional<std::string> LineSource::stored(Revision revision) const {
    auto bytes = store_->get(Family::records, log::record_key(line_, revision));
    return bytes ? *std::move(bytes) : std::nullopt;
}

Result<std::optional<LineSource::Found>> LineSource::next() {
    ++revision_;
    auto here = stored(revision_);
    if (!file_ || revision_ > file_->manifest().revisions) {
        if (!here)
            return std::nullopt;
        return Found{*std::move(here), false};
    }
    if (!TRY(reader_->next()))
        return fail(ErrorKind::corrupt, "the backup ends before its last record");
    std::string bytes(reader_->bytes());
    const bool mends = here != bytes;
    return Found{std::move(bytes), mends};
}

Result<std::optional<std::string>> LineSource::person(const Hash& name) const {
    if (file_ && revision_ <= file_->manifest().revisions) {
        const auto found = reader_->persons().find(name);
        if (found != reader_->persons().end())
            return std::string(found->second);
    }
    auto bytes = store_->get(Family::persons, log::person_key(line_, name));
    if (!bytes || !*bytes || log::sha256(**bytes) != name)
        return std::nullopt;
    return bytes;
}

Result<std::optional<std::string>> LineSource::record(Revision revision) {
    if (file_ && revision <= file_->manifest().revisions)
        return TRY(finder_->find(revision));
    return stored(revision);
}

} // namespace daybook::repair
