#include "engine/log/rocksdb_ordered_env.h"

#include "events/base/planted.h"

#include <rocksdb/file_system.h>
#include <string>

namespace daybook::log {
namespace {

class OrderedFileSystem final : public rocksdb::FileSystemWrapper {
  public:
    using FileSystemWrapper::FileSystemWrapper;
    const char* Name() const override { return "daybook::log::OrderedFileSystem"; }

    rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                                 const rocksdb::IOOptions& options,
                                 rocksdb::IODebugContext* debug) override {
        if (to.ends_with("/CURRENT") && !planted("CURRENT may name what is not there")) {
            const rocksdb::IOStatus synced = sync_directory(to.substr(0, to.rfind('/')), options);
            if (!synced.ok())
                return synced;
        }
        return FileSystemWrapper::RenameFile(from, to, options, debug);
    }

  private:
    rocksdb::IOStatus sync_directory(const std::string& path, const rocksdb::IOOptions& options) {
        std::unique_ptr<rocksdb::FSDirectory> directory;
        const rocksdb::IOStatus opened = NewDirectory(path, options, &directory, nullptr);
        return opened.ok() ? directory->Fsync(options, nullptr) : opened;
    }
};

class OrderedEnv final : public rocksdb::EnvWrapper {
  public:
    explicit OrderedEnv(rocksdb::Env& base) : EnvWrapper(&base) {
        file_system_ = std::make_shared<OrderedFileSystem>(base.GetFileSystem());
    }
    const char* Name() const override { return "daybook::log::OrderedEnv"; }
};

} // namespace

std::unique_ptr<rocksdb::Env> make_ordered_env(rocksdb::Env& base) {
    return std::make_unique<OrderedEnv>(base);
}

} // namespace daybook::log
