#include "engine/log/checkpoint_book.h"

namespace daybook::log {

CheckpointBook::CheckpointBook(Files& files, const std::string& directory)
    : files_(files), directory_(directory + "/checkpoints") {}

std::string CheckpointBook::path_of(const Uuid& log_id, Epoch epoch) const {
    return directory_ + "/" + to_text(log_id) + "-" + std::to_string(epoch);
}

Result<std::string> CheckpointBook::text_of(const Uuid& log_id, Epoch epoch) const {
    const std::string path = path_of(log_id, epoch);
    if (!TRY(files_.exists(path)))
        return std::string();
    return files_.read_all(path);
}

Result<std::vector<std::string>> CheckpointBook::read(const Uuid& log_id, Epoch epoch) const {
    const std::string text = TRY(text_of(log_id, epoch));
    std::vector<std::string> checkpoints;
    for (const std::string_view each : split_checkpoints(text))
        checkpoints.emplace_back(each);
    return checkpoints;
}

Result<CheckpointBook::Page*> CheckpointBook::page_of(const Uuid& log_id, Epoch epoch) {
    const std::pair key{log_id, epoch};
    if (const auto known = pages_.find(key); known != pages_.end())
        return &known->second;
    const std::string text = TRY(text_of(log_id, epoch));
    Page page;
    for (const std::string_view each : split_checkpoints(text)) {
        page.bytes += each.size();
        page.newest = TRY(read_checkpoint(each)).head.revision;
    }
    if (page.bytes > 0) { // Who wrote it may have ended before it was certain.
        TRY(TRY(files_.open_for_update(path_of(log_id, epoch)))->sync());
        TRY(files_.sync_directory(directory_));
    }
    return &pages_.emplace(key, page).first->second;
}

Result<Revision> CheckpointBook::newest(const Uuid& log_id, Epoch epoch) {
    return TRY(page_of(log_id, epoch))->newest;
}

Result<void> CheckpointBook::keep(const Uuid& log_id, Epoch epoch, std::string_view checkpoint) {
    const Revision size = TRY(read_checkpoint(checkpoint)).head.revision;
    Page* const page = TRY(page_of(log_id, epoch));
    if (size <= page->newest)
        return {};
    const std::string path = path_of(log_id, epoch);
    if (page->bytes == 0) {
        TRY(files_.make_directory(directory_));
        TRY(files_.replace(path, checkpoint, 0644));
    } else {
        const auto file = TRY(files_.open_for_update(path));
        TRY(file->write_at(page->bytes, checkpoint));
        TRY(file->sync());
    }
    page->bytes += checkpoint.size();
    page->newest = size;
    return {};
}

} // namespace daybook::log
