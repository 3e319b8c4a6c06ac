// Large files that work until told to fail: the n-th call that changes something, and every one
// after it, answers ErrorKind::io, as a full disk does.
#pragma once

#include "engine/large_files.h"

namespace daybook::tests {

class FaultyLargeFiles final : public LargeFiles {
  public:
    FaultyLargeFiles(LargeFiles& real, std::uint64_t changes) : real_(real), left_(changes) {}

    Result<std::unique_ptr<ReadableFile>> open_for_reading(const std::string& path) override {
        return real_.open_for_reading(path);
    }
    Result<std::unique_ptr<WritableFile>> create(const std::string& path, unsigned mode) override {
        TRY(change("create " + path));
        return std::make_unique<File>(*this, TRY(real_.create(path, mode)));
    }

  private:
    class File final : public WritableFile {
      public:
        File(FaultyLargeFiles& files, std::unique_ptr<WritableFile> real)
            : files_(files), real_(std::move(real)) {}
        Result<void> write_at(std::uint64_t offset, std::string_view bytes) override {
            TRY(files_.change("write"));
            return real_->write_at(offset, bytes);
        }
        Result<void> sync() override {
            TRY(files_.change("sync"));
            return real_->sync();
        }

      private:
        FaultyLargeFiles& files_;
        std::unique_ptr<WritableFile> real_;
    };

    Result<void> change(const std::string& call) {
        if (left_ == 0)
            return fail(ErrorKind::io, call + ": No space left on device");
        --left_;
        return {};
    }

    LargeFiles& real_;
    std::uint64_t left_;
};

} // namespace daybook::tests
