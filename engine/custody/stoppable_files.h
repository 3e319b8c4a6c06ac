// Large files that fail once they are told to stop: how work that only knows files is cancelled at
// its next read or write, without knowing of it.
#pragma once

#include "engine/large_files.h"

#include <functional>

namespace daybook::custody {

// `stopped` is asked from whichever thread reads or writes. Files outlive what they opened.
class StoppableFiles final : public LargeFiles {
  public:
    StoppableFiles(LargeFiles& real, std::function<bool()> stopped)
        : real_(real), stopped_(std::move(stopped)) {}

    Result<std::unique_ptr<ReadableFile>> open_for_reading(const std::string& path) override {
        TRY(go_on());
        return std::make_unique<Reading>(*this, TRY(real_.open_for_reading(path)));
    }
    Result<std::unique_ptr<WritableFile>> create(const std::string& path, unsigned mode) override {
        TRY(go_on());
        return std::make_unique<Writing>(*this, TRY(real_.create(path, mode)));
    }

  private:
    class Reading final : public ReadableFile {
      public:
        Reading(const StoppableFiles& files, std::unique_ptr<ReadableFile> real)
            : files_(files), real_(std::move(real)) {}
        Result<std::uint64_t> size() const override { return real_->size(); }
        Result<std::string> read_at(std::uint64_t offset, std::size_t bytes) const override {
            TRY(files_.go_on());
            return real_->read_at(offset, bytes);
        }

      private:
        const StoppableFiles& files_;
        std::unique_ptr<ReadableFile> real_;
    };

    class Writing final : public WritableFile {
      public:
        Writing(const StoppableFiles& files, std::unique_ptr<WritableFile> real)
            : files_(files), real_(std::move(real)) {}
        Result<void> write_at(std::uint64_t offset, std::string_view bytes) override {
            TRY(files_.go_on());
            return real_->write_at(offset, bytes);
        }
        Result<void> sync() override {
            TRY(files_.go_on());
            return real_->sync();
        }

      private:
        const StoppableFiles& files_;
        std::unique_ptr<WritableFile> real_;
    };

    Result<void> go_on() const {
        if (stopped_())
            return fail(ErrorKind::busy, "stopped");
        return {};
    }

    LargeFiles& real_;
    std::function<bool()> stopped_;
};

} // namespace daybook::custody
