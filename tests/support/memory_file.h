// A file that is a text in memory, for reading.
#pragma once

#include "engine/large_files.h"

namespace daybook::tests {

class MemoryFile final : public ReadableFile {
  public:
    explicit MemoryFile(std::string bytes) : bytes_(std::move(bytes)) {}

    Result<std::uint64_t> size() const override { return bytes_.size(); }
    Result<std::string> read_at(std::uint64_t offset, std::size_t bytes) const override {
        return offset < bytes_.size() ? bytes_.substr(static_cast<std::size_t>(offset), bytes)
                                      : std::string();
    }

  private:
    std::string bytes_;
};

// Grows in memory, for writing.
class MemorySink final : public WritableFile {
  public:
    Result<void> write_at(std::uint64_t offset, std::string_view bytes) override {
        bytes_.resize(std::max<std::size_t>(bytes_.size(), offset + bytes.size()));
        bytes_.replace(static_cast<std::size_t>(offset), bytes.size(), bytes);
        return {};
    }
    Result<void> sync() override { return {}; }
    const std::string& bytes() const { return bytes_; }

  private:
    std::string bytes_;
};

} // namespace daybook::tests
