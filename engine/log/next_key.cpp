#include "engine/log/next_key.h"

namespace daybook::log {
namespace {

std::string folder_of(const std::string& directory) { return directory + "/keys"; }
std::string path_of(const std::string& directory) { return folder_of(directory) + "/next.key"; }

} // namespace

Result<void> keep_next_key(Files& files, const std::string& directory, const SigningKey& next) {
    return files.replace(path_of(directory), next.to_pem(), 0600);
}

Result<std::optional<SigningKey>> find_next_key(Files& files, const std::string& directory) {
    const std::string path = path_of(directory);
    if (!TRY(files.exists(path)))
        return std::nullopt;
    auto key = SigningKey::from_pem(TRY(files.read_all(path)));
    if (!key)
        return std::unexpected(key.error().within(path));
    return std::optional(*std::move(key));
}

Result<void> take_next_key(Files& files, const std::string& directory) {
    TRY(files.rename(path_of(directory), folder_of(directory) + "/signing.key"));
    return files.sync_directory(folder_of(directory));
}

Result<void> drop_next_key(Files& files, const std::string& directory) {
    return files.remove_all(path_of(directory));
}

} // namespace daybook::log
