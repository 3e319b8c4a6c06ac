#include "tests/simulation/sim_env.h"

#include <algorithm>
#include <rocksdb/file_system.h>

namespace daybook::simulation {
namespace {

using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

IOStatus status_of(Done done, const std::string& path) {
    switch (done) {
    case Done::yes:
        return IOStatus::OK();
    case Done::not_there:
        return IOStatus::PathNotFound(path);
    case Done::disk_is_full:
        return IOStatus::NoSpace(path);
    default:
        return IOStatus::IOError(path);
    }
}

Slice copy_of(const std::string& bytes, std::uint64_t offset, std::size_t size, char* scratch) {
    if (offset >= bytes.size())
        return {scratch, 0};
    const std::size_t read = std::min(size, bytes.size() - static_cast<std::size_t>(offset));
    std::copy_n(bytes.data() + offset, read, scratch);
    return {scratch, read};
}

class Sequential final : public rocksdb::FSSequentialFile {
  public:
    explicit Sequential(SimDisk::Node node) : node_(std::move(node)) {}
    IOStatus Read(std::size_t n, const IOOptions&, Slice* result, char* scratch,
                  IODebugContext*) override {
        *result = copy_of(node_->bytes, at_, n, scratch);
        at_ += result->size();
        return IOStatus::OK();
    }
    IOStatus Skip(std::uint64_t n) override {
        at_ += n;
        return IOStatus::OK();
    }

  private:
    SimDisk::Node node_;
    std::uint64_t at_ = 0;
};

class RandomAccess final : public rocksdb::FSRandomAccessFile {
  public:
    explicit RandomAccess(SimDisk::Node node) : node_(std::move(node)) {}
    IOStatus Read(std::uint64_t offset, std::size_t n, const IOOptions&, Slice* result,
                  char* scratch, IODebugContext*) const override {
        *result = copy_of(node_->bytes, offset, n, scratch);
        return IOStatus::OK();
    }

  private:
    SimDisk::Node node_;
};

class Writable final : public rocksdb::FSWritableFile {
  public:
    Writable(SimDisk& disk, SimDisk::Node node, std::string path)
        : disk_(disk), node_(std::move(node)), path_(std::move(path)) {}
    using FSWritableFile::Append;
    IOStatus Append(const Slice& data, const IOOptions&, IODebugContext*) override {
        return status_of(disk_.write_at(*node_, node_->bytes.size(), {data.data(), data.size()}),
                         path_);
    }
    IOStatus Truncate(std::uint64_t size, const IOOptions&, IODebugContext*) override {
        return size == node_->bytes.size() ? IOStatus::OK()
                                           : status_of(disk_.truncate(*node_, size), path_);
    }
    IOStatus Close(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
    IOStatus Flush(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
    IOStatus Sync(const IOOptions&, IODebugContext*) override {
        return status_of(disk_.sync(*node_), path_);
    }
    std::uint64_t GetFileSize(const IOOptions&, IODebugContext*) override {
        return node_->bytes.size();
    }

  private:
    SimDisk& disk_;
    SimDisk::Node node_;
    std::string path_;
};

class Directory final : public rocksdb::FSDirectory {
  public:
    Directory(SimDisk& disk, std::string path) : disk_(disk), path_(std::move(path)) {}
    IOStatus Fsync(const IOOptions&, IODebugContext*) override {
        return status_of(disk_.sync_directory(path_), path_);
    }

  private:
    SimDisk& disk_;
    std::string path_;
};

class Lock final : public rocksdb::FileLock {};

class SimFileSystem final : public rocksdb::FileSystem {
  public:
    SimFileSystem(SimDisk& disk, Settings settings) : disk_(disk), settings_(settings) {}
    const char* Name() const override { return "daybook::simulation::SimFileSystem"; }

    IOStatus NewSequentialFile(const std::string& path, const FileOptions&,
                               std::unique_ptr<rocksdb::FSSequentialFile>* result,
                               IODebugContext*) override {
        return open_to_read<Sequential>(path, result);
    }
    IOStatus NewRandomAccessFile(const std::string& path, const FileOptions&,
                                 std::unique_ptr<rocksdb::FSRandomAccessFile>* result,
                                 IODebugContext*) override {
        return open_to_read<RandomAccess>(path, result);
    }
    IOStatus NewWritableFile(const std::string& path, const FileOptions&,
                             std::unique_ptr<rocksdb::FSWritableFile>* result,
                             IODebugContext*) override {
        if (settings_ == Settings::left_out && path.find("/OPTIONS-") != std::string::npos)
            return IOStatus::NotSupported(path); // RocksDB notes it in its diary and goes on.
        SimDisk::Node node;
        const IOStatus status = status_of(disk_.create(plain(path), node), path);
        if (status.ok())
            *result = std::make_unique<Writable>(disk_, std::move(node), path);
        return status;
    }
    IOStatus NewDirectory(const std::string& path, const IOOptions&,
                          std::unique_ptr<rocksdb::FSDirectory>* result, IODebugContext*) override {
        *result = std::make_unique<Directory>(disk_, plain(path));
        return IOStatus::OK();
    }
    IOStatus FileExists(const std::string& path, const IOOptions&, IODebugContext*) override {
        return disk_.find(plain(path)) ? IOStatus::OK() : IOStatus::NotFound(path);
    }
    IOStatus GetChildren(const std::string& path, const IOOptions&,
                         std::vector<std::string>* result, IODebugContext*) override {
        if (!disk_.find(plain(path)))
            return IOStatus::NotFound(path);
        *result = disk_.children(plain(path));
        return IOStatus::OK();
    }
    IOStatus DeleteFile(const std::string& path, const IOOptions&, IODebugContext*) override {
        return status_of(disk_.remove(plain(path)), path);
    }
    IOStatus CreateDir(const std::string& path, const IOOptions&, IODebugContext*) override {
        return status_of(disk_.make_directory(plain(path)), path);
    }
    IOStatus CreateDirIfMissing(const std::string& path, const IOOptions&,
                                IODebugContext*) override {
        const Done done = disk_.make_directory(plain(path));
        return done == Done::exists ? IOStatus::OK() : status_of(done, path);
    }
    IOStatus DeleteDir(const std::string& path, const IOOptions&, IODebugContext*) override {
        return status_of(disk_.remove(plain(path)), path);
    }
    IOStatus GetFileSize(const std::string& path, const IOOptions&, std::uint64_t* size,
                         IODebugContext*) override {
        const auto node = disk_.find(plain(path));
        *size = node ? node->bytes.size() : 0;
        return node ? IOStatus::OK() : IOStatus::NotFound(path);
    }
    IOStatus GetFileModificationTime(const std::string&, const IOOptions&, std::uint64_t* time,
                                     IODebugContext*) override {
        *time = 0;
        return IOStatus::OK();
    }
    IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions&,
                        IODebugContext*) override {
        return status_of(disk_.rename(plain(from), plain(to)), from);
    }
    IOStatus LockFile(const std::string&, const IOOptions&, rocksdb::FileLock** lock,
                      IODebugContext*) override {
        *lock = new Lock();
        return IOStatus::OK();
    }
    IOStatus UnlockFile(rocksdb::FileLock* lock, const IOOptions&, IODebugContext*) override {
        delete lock;
        return IOStatus::OK();
    }
    IOStatus GetTestDirectory(const IOOptions&, std::string* path, IODebugContext*) override {
        *path = "/";
        return IOStatus::OK();
    }
    IOStatus GetAbsolutePath(const std::string& path, const IOOptions&, std::string* absolute,
                             IODebugContext*) override {
        *absolute = path;
        return IOStatus::OK();
    }
    IOStatus IsDirectory(const std::string& path, const IOOptions&, bool* is_directory,
                         IODebugContext*) override {
        const auto node = disk_.find(plain(path));
        *is_directory = node && node->is_directory;
        return node ? IOStatus::OK() : IOStatus::NotFound(path);
    }
    // RocksDB's diary is no part of the books; without it there are fewer operations to cut.
    IOStatus NewLogger(const std::string&, const IOOptions&,
                       std::shared_ptr<rocksdb::Logger>* result, IODebugContext*) override {
        class Silent final : public rocksdb::Logger {
          public:
            using rocksdb::Logger::Logv;
            void Logv(const char*, va_list) override {}
            std::size_t GetLogFileSize() const override { return 0; }
        };
        *result = std::make_shared<Silent>();
        return IOStatus::OK();
    }

  private:
    template <class File, class Result>
    IOStatus open_to_read(const std::string& path, std::unique_ptr<Result>* result) {
        auto node = disk_.find(plain(path));
        if (!node)
            return IOStatus::PathNotFound(path);
        *result = std::make_unique<File>(std::move(node));
        return IOStatus::OK();
    }

    SimDisk& disk_;
    Settings settings_;
};

} // namespace

std::unique_ptr<SimEnv> SimEnv::make(SimDisk& disk, Settings settings) {
    auto files = rocksdb::NewCompositeEnv(std::make_shared<SimFileSystem>(disk, settings));
    rocksdb::Env* base = files.get();
    return std::unique_ptr<SimEnv>(new SimEnv(std::move(files), base));
}

void SimEnv::Schedule(void (*run)(void*), void* argument, Priority, void* tag,
                      void (*drop)(void*)) {
    const std::scoped_lock lock(mutex_);
    jobs_.push_back({run, argument, tag, drop});
}

int SimEnv::UnSchedule(void* tag, Priority) {
    std::deque<Job> dropped;
    {
        const std::scoped_lock lock(mutex_);
        const auto first = std::stable_partition(jobs_.begin(), jobs_.end(),
                                                 [&](const Job& job) { return job.tag != tag; });
        dropped.assign(first, jobs_.end());
        jobs_.erase(first, jobs_.end());
    }
    for (const Job& job : dropped)
        if (job.drop)
            job.drop(job.argument);
    return static_cast<int>(dropped.size());
}

void SimEnv::run_background_work() {
    while (true) {
        Job job{};
        {
            const std::scoped_lock lock(mutex_);
            if (jobs_.empty())
                return;
            job = jobs_.front();
            jobs_.pop_front();
        }
        job.run(job.argument);
    }
}

} // namespace daybook::simulation
