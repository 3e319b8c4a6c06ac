#include "engine/log/rocksdb_diary.h"

#include "engine/adapters/guarded.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <rocksdb/env.h>

namespace daybook::log {
namespace {

constexpr std::size_t kDiaryBytesMax = 1024 * 1024;

class Diary final : public rocksdb::Logger {
  public:
    explicit Diary(std::string path) : path_(std::move(path)) {}

    using rocksdb::Logger::Logv;
    void Logv(const char* format, va_list arguments) override {
        const std::string line =
            std::to_string(env_.NowMicros()) + " " + formatted(format, arguments) + "\n";
        page_.with([&](Page& page) { write(page, line); });
    }

  private:
    struct Page {
        std::unique_ptr<rocksdb::WritableFile> file;
        std::size_t bytes = 0;
    };

    static std::string formatted(const char* format, va_list arguments) {
        va_list measured;
        va_copy(measured, arguments);
        const int size = std::vsnprintf(nullptr, 0, format, measured);
        va_end(measured);
        std::string text(static_cast<std::size_t>(std::max(size, 0)) + 1, '\0');
        std::vsnprintf(text.data(), text.size(), format, arguments);
        text.pop_back();
        return text;
    }

    void write(Page& page, const std::string& line) {
        if (!page.file || page.bytes + line.size() > kDiaryBytesMax)
            turn(page);
        if (page.file && page.file->Append(line).ok())
            page.bytes += line.size();
    }

    // The page before is kept, where there is one.
    void turn(Page& page) {
        page = {};
        env_.RenameFile(path_, path_ + ".old").PermitUncheckedError();
        if (!env_.NewWritableFile(path_, &page.file, rocksdb::EnvOptions()).ok())
            page.file.reset();
    }

    rocksdb::Env& env_ = *rocksdb::Env::Default();
    std::string path_;
    Guarded<Page> page_;
};

} // namespace

std::shared_ptr<rocksdb::Logger> open_diary(const std::string& directory) {
    return std::make_shared<Diary>(directory + "/LOG");
}

} // namespace daybook::log
