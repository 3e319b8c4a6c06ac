#include "engine/adapters/posix_large_files.h"

#include "engine/adapters/descriptor.h"

#include <sys/stat.h>

namespace daybook {
namespace {

class PosixReadableFile final : public ReadableFile {
  public:
    explicit PosixReadableFile(Descriptor file) : file_(std::move(file)) {}
    Result<std::uint64_t> size() const override {
        struct stat status {};
        if (::fstat(file_.number(), &status) != 0)
            return fail_with_errno("stat", file_.path());
        if (!S_ISREG(status.st_mode))
            return fail(ErrorKind::io, "read " + file_.path() + ": not a regular file");
        return static_cast<std::uint64_t>(status.st_size);
    }
    Result<std::string> read_at(std::uint64_t offset, std::size_t bytes) const override {
        return file_.read_at(offset, bytes);
    }

  private:
    Descriptor file_;
};

class NewFile final : public WritableFile {
  public:
    explicit NewFile(Descriptor file) : file_(std::move(file)) {}
    Result<void> write_at(std::uint64_t offset, std::string_view bytes) override {
        return file_.write_at(offset, bytes);
    }
    Result<void> sync() override { return file_.sync(); }

  private:
    Descriptor file_;
};

} // namespace

Result<std::unique_ptr<ReadableFile>> PosixLargeFiles::open_for_reading(const std::string& path) {
    return std::make_unique<PosixReadableFile>(TRY(Descriptor::open(path, O_RDONLY)));
}

Result<std::unique_ptr<WritableFile>> PosixLargeFiles::create(const std::string& path,
                                                              unsigned mode) {
    return std::make_unique<NewFile>(
        TRY(Descriptor::open(path, O_WRONLY | O_CREAT | O_TRUNC, mode)));
}

} // namespace daybook
