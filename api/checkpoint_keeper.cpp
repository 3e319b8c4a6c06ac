#include "api/checkpoint_keeper.h"

#include <utility>

namespace daybook::api {

CheckpointKeeper::CheckpointKeeper(log::EventLog& log, Files& files,
                                   const std::string& data_directory, const log::SigningKey& key,
                                   const Uuid& realm, DirectoryNow directory)
    : log_(log),
      key_(key),
      instance_{{}, realm, 1, log::kInstanceLine, {}},
      directory_(std::move(directory)),
      book_(log::CheckpointBook(files, data_directory)),
      moved_(std::make_shared<Guarded<std::set<log::LineNumber>>>()),
      watch_(log.watch([moved = moved_](log::LineNumber line, const log::LineHead&) {
          moved->with([&](auto& lines) { lines.insert(line); });
      })) {}

CheckpointKeeper::~CheckpointKeeper() { log_.unwatch(watch_); }

Result<std::string> CheckpointKeeper::sign(const command::CompanyLine& where, Revision size) const {
    log::LineHead head = TRY(log_.head(where.line));
    if (size < head.revision) // What is the head needs no tile.
        head = {size, TRY(log_.root_at(where.line, size))};
    return log::sign_checkpoint(key_, log::checkpoint_origin(where.log_id, where.epoch), head);
}

Result<void> CheckpointKeeper::keep(const command::CompanyLine& where) {
    const std::string checkpoint = TRY(sign(where, TRY(log_.head(where.line)).revision));
    return book_.with([&](log::CheckpointBook& book) {
        return book.keep(where.log_id, where.epoch, checkpoint);
    });
}

Result<void> CheckpointKeeper::keep_moved() {
    auto moved = moved_->with([](auto& lines) { return std::exchange(lines, {}); });
    std::vector<command::CompanyLine> lines;
    if (moved.contains(log::kInstanceLine))
        lines.push_back(instance_);
    if (!moved.empty())
        for (const command::CompanyLine& where : directory_()->current())
            if (moved.contains(where.line))
                lines.push_back(where);
    Result<void> outcome;
    for (const command::CompanyLine& where : lines) {
        if (const auto kept = keep(where); kept)
            moved.erase(where.line);
        else
            outcome = kept;
    }
    if (!outcome)
        moved_->with([&](auto& waiting) { waiting.merge(moved); });
    return outcome;
}

Result<std::vector<std::string>> CheckpointKeeper::kept(const command::CompanyLine& where) {
    return book_.with(
        [&](const log::CheckpointBook& book) { return book.read(where.log_id, where.epoch); });
}

} // namespace daybook::api
