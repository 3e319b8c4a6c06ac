#include "engine/log/blob_store.h"

#include <algorithm>

namespace daybook::log {
namespace {

constexpr std::string_view kPartial = ".partial";
constexpr unsigned kMode = 0600;

} // namespace

std::string blob_path(const Hash& name) {
    const std::string hex = to_hex(name);
    return hex.substr(0, 2) + "/" + hex;
}

// ---- bytes on their way in ----------------------------------------------------------------------

IncomingBlob::IncomingBlob(Files& files, const std::string& directory, std::string path,
                           std::unique_ptr<WritableFile> file)
    : files_(files), directory_(directory), path_(std::move(path)), file_(std::move(file)) {}

IncomingBlob::~IncomingBlob() {
    if (!path_.empty())
        static_cast<void>(files_.remove_all(path_)); // Else the next start sweeps it.
}

Result<void> IncomingBlob::take(std::string_view piece) {
    TRY(file_->write_at(size_, piece));
    size_ += piece.size();
    hash_.add(piece);
    beginning_.append(piece.substr(0, kBeginningMax - std::min(kBeginningMax, beginning_.size())));
    return {};
}

Result<void> IncomingBlob::keep() {
    TRY(file_->sync());
    file_.reset();
    const std::string kept = blob_path(name());
    TRY(files_.make_directory(directory_ + "/" + kept.substr(0, 2)));
    TRY(files_.rename(path_, directory_ + "/" + kept));
    path_.clear();
    return {};
}

// ---- the store ----------------------------------------------------------------------------------

Result<std::unique_ptr<BlobStore>> BlobStore::open(Files& files, LargeFiles& large_files,
                                                   std::string directory) {
    TRY(files.make_directory(directory));
    for (const std::string& name : TRY(files.list(directory)))
        if (name.ends_with(kPartial))
            TRY(files.remove_all(directory + "/" + name));
    return std::unique_ptr<BlobStore>(new BlobStore(files, large_files, std::move(directory)));
}

Result<std::unique_ptr<IncomingBlob>> BlobStore::receive() {
    const std::string path = directory_ + "/" + std::to_string(++received_) + std::string(kPartial);
    auto file = TRY(large_files_.create(path, kMode));
    return std::make_unique<IncomingBlob>(files_, directory_, path, std::move(file));
}

Result<bool> BlobStore::holds(const Hash& name) const {
    return files_.exists(directory_ + "/" + blob_path(name));
}

Result<std::unique_ptr<ReadableFile>> BlobStore::find(const Hash& name) const {
    if (!TRY(holds(name)))
        return nullptr;
    return large_files_.open_for_reading(directory_ + "/" + blob_path(name));
}

} // namespace daybook::log
