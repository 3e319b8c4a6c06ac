// A directory below the data directory's uploads/ for as long as some work lasts. What a crash
// leaves of it is swept with what it leaves of uploads.
#pragma once

#include "engine/files.h"
#include "engine/ports.h"

#include <string>

namespace daybook::api {

inline std::string uploads_folder(const std::string& data_directory) {
    return data_directory + "/uploads";
}
inline constexpr std::string_view kScratchPrefix = "scratch-";

class Scratch {
  public:
    static Result<Scratch> make(Files& files, IdSource& ids, const std::string& data_directory) {
        const std::string folder = uploads_folder(data_directory);
        TRY(files.make_directory(folder));
        std::string path = folder + "/" + std::string(kScratchPrefix) + to_text(ids.next_id());
        TRY(files.make_directory(path));
        return Scratch(files, std::move(path));
    }
    Scratch(Scratch&& other) noexcept
        : files_(other.files_), path_(std::exchange(other.path_, {})) {}
    Scratch& operator=(Scratch&&) = delete;
    ~Scratch() {
        if (!path_.empty())
            static_cast<void>(files_->remove_all(path_)); // Else the next start sweeps it.
    }
    const std::string& path() const { return path_; }

  private:
    Scratch(Files& files, std::string path) : files_(&files), path_(std::move(path)) {}
    Files* files_;
    std::string path_;
};

// What a process that was killed left behind.
inline void sweep_scratch(Files& files, const std::string& data_directory) {
    const std::string folder = uploads_folder(data_directory);
    const auto names = files.list(folder);
    if (!names)
        return; // There is no such folder.
    for (const std::string& name : *names)
        if (name.starts_with(kScratchPrefix))
            static_cast<void>(files.remove_all(folder + "/" + name));
}

} // namespace daybook::api
