// Files that work until told to fail: the n-th call that changes something from now on, and every
// one after it, answers ErrorKind::io without touching the disk, as a full or dying disk does.
#pragma once

#include "engine/files.h"

#include <limits>

namespace daybook::tests {

class FaultyFiles final : public Files {
  public:
    explicit FaultyFiles(Files& real) : real_(real) {}

    void fail_after(std::uint64_t changes) { changes_left_ = changes; }
    void heal() { changes_left_ = std::numeric_limits<std::uint64_t>::max(); }
    std::uint64_t changes() const { return changes_; }

    Result<bool> exists(const std::string& path) override { return real_.exists(path); }
    Result<std::string> read_all(const std::string& path) override { return real_.read_all(path); }
    Result<std::unique_ptr<WritableFile>> open_for_update(const std::string& path) override {
        return std::make_unique<File>(*this, path, TRY(real_.open_for_update(path)));
    }
    Result<void> replace(const std::string& path, std::string_view bytes, unsigned mode) override {
        TRY(change("replace", path));
        return real_.replace(path, bytes, mode);
    }
    Result<void> make_directory(const std::string& path) override {
        TRY(change("make directory", path));
        return real_.make_directory(path);
    }
    Result<void> rename(const std::string& from, const std::string& to) override {
        TRY(change("rename", from));
        return real_.rename(from, to);
    }
    Result<void> remove_all(const std::string& path) override {
        TRY(change("remove", path));
        return real_.remove_all(path);
    }
    Result<std::vector<std::string>> list(const std::string& directory) override {
        return real_.list(directory);
    }
    Result<void> sync_directory(const std::string& path) override {
        TRY(change("sync", path));
        return real_.sync_directory(path);
    }
    Result<std::uint64_t> free_bytes(const std::string& path) override {
        return real_.free_bytes(path);
    }
    Result<std::unique_ptr<DirectoryLock>> lock(const std::string& directory) override {
        return real_.lock(directory);
    }

  private:
    class File final : public WritableFile {
      public:
        File(FaultyFiles& files, std::string path, std::unique_ptr<WritableFile> real)
            : files_(files), path_(std::move(path)), real_(std::move(real)) {}
        Result<void> write_at(std::uint64_t offset, std::string_view bytes) override {
            TRY(files_.change("write", path_));
            return real_->write_at(offset, bytes);
        }
        Result<void> sync() override {
            TRY(files_.change("sync", path_));
            return real_->sync();
        }

      private:
        FaultyFiles& files_;
        std::string path_;
        std::unique_ptr<WritableFile> real_;
    };

    Result<void> change(const char* call, const std::string& path) {
        ++changes_;
        if (changes_left_ == 0)
            return fail(ErrorKind::io,
                        std::string(call) + " " + path + ": No space left on device");
        --changes_left_;
        return {};
    }

    Files& real_;
    std::uint64_t changes_left_ = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t changes_ = 0;
};

} // namespace daybook::tests
