#include "engine/adapters/posix_files.h"

#include "engine/adapters/descriptor.h"

#include <algorithm>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

namespace daybook {
namespace {

namespace fs = std::filesystem;

class PosixWritableFile final : public WritableFile {
  public:
    explicit PosixWritableFile(Descriptor file) : file_(std::move(file)) {}
    Result<void> write_at(std::uint64_t offset, std::string_view bytes) override {
        return file_.write_at(offset, bytes);
    }
    Result<void> sync() override { return file_.sync(); }

  private:
    Descriptor file_;
};

// The kernel gives the lock back when the process ends, however it ends.
class FlockedDirectory final : public DirectoryLock {
  public:
    explicit FlockedDirectory(Descriptor file) : file_(std::move(file)) {}

  private:
    Descriptor file_;
};

std::string directory_of(const std::string& path) {
    const std::string parent = fs::path(path).parent_path().string();
    return parent.empty() ? "." : parent;
}

Result<void> write_whole(const std::string& path, std::string_view bytes, unsigned mode) {
    const Descriptor file = TRY(Descriptor::open(path, O_WRONLY | O_CREAT | O_TRUNC, mode));
    // A left-over file keeps the mode that it had.
    if (::fchmod(file.number(), mode) != 0)
        return fail_with_errno("chmod", path);
    TRY(file.write_at(0, bytes));
    return file.sync();
}

} // namespace

Result<bool> PosixFiles::exists(const std::string& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) == 0)
        return true;
    if (errno == ENOENT || errno == ENOTDIR)
        return false;
    return fail_with_errno("stat", path);
}

Result<std::string> PosixFiles::read_all(const std::string& path) {
    const Descriptor file = TRY(Descriptor::open(path, O_RDONLY));
    std::string bytes;
    std::string piece(64 * 1024, '\0');
    while (true) {
        const ssize_t read = ::read(file.number(), piece.data(), piece.size());
        if (read < 0 && errno == EINTR)
            continue;
        if (read < 0)
            return fail_with_errno("read", path);
        if (read == 0)
            return bytes;
        bytes.append(piece, 0, static_cast<std::size_t>(read));
    }
}

Result<std::unique_ptr<WritableFile>> PosixFiles::open_for_update(const std::string& path) {
    return std::make_unique<PosixWritableFile>(TRY(Descriptor::open(path, O_WRONLY)));
}

Result<void> PosixFiles::replace(const std::string& path, std::string_view bytes, unsigned mode) {
    const std::string aside = path + ".new";
    auto replaced = write_whole(aside, bytes, mode);
    if (replaced)
        replaced = rename(aside, path);
    if (!replaced)
        ::unlink(aside.c_str()); // A full disk needs the room; the first error is the one to tell.
    return replaced;
}

Result<void> PosixFiles::make_directory(const std::string& path) {
    if (::mkdir(path.c_str(), 0700) == 0)
        return sync_directory(directory_of(path));
    if (errno != EEXIST)
        return fail_with_errno("make directory", path);
    std::error_code error;
    if (!fs::is_directory(path, error))
        return fail(ErrorKind::io, "make directory " + path + ": something else has that name");
    // Where the parent is not ours to read, it was not us who made it.
    const std::string parent = directory_of(path);
    return ::access(parent.c_str(), R_OK) == 0 ? sync_directory(parent) : Result<void>();
}

Result<void> PosixFiles::rename(const std::string& from, const std::string& to) {
    if (::rename(from.c_str(), to.c_str()) != 0)
        return fail_with_errno("rename", from);
    TRY(sync_directory(directory_of(to)));
    if (directory_of(from) != directory_of(to))
        TRY(sync_directory(directory_of(from)));
    return {};
}

Result<void> PosixFiles::remove_all(const std::string& path) {
    std::error_code error;
    const auto removed = fs::remove_all(path, error);
    if (error)
        return fail_with("remove", path, error);
    if (removed == 0)
        return {};
    return sync_directory(directory_of(path));
}

Result<std::vector<std::string>> PosixFiles::list(const std::string& directory) {
    std::error_code error;
    std::vector<std::string> names;
    fs::directory_iterator entry(directory, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error))
        names.push_back(entry->path().filename().string());
    if (error)
        return fail_with("list", directory, error);
    std::ranges::sort(names);
    return names;
}

Result<void> PosixFiles::sync_directory(const std::string& path) {
    const Descriptor directory = TRY(Descriptor::open(path, O_RDONLY | O_DIRECTORY));
    if (::fsync(directory.number()) != 0)
        return fail_with_errno("sync", path);
    return {};
}

Result<std::uint64_t> PosixFiles::free_bytes(const std::string& path) {
    struct statvfs status {};
    if (::statvfs(path.c_str(), &status) != 0)
        return fail_with_errno("free space of", path);
    return std::uint64_t{status.f_bavail} * status.f_frsize;
}

// Where nothing can be written, a file that is there can be locked all the same.
Result<std::unique_ptr<DirectoryLock>> PosixFiles::lock(const std::string& directory) {
    const std::string path = directory + "/LOCK";
    auto file = Descriptor::open(path, O_RDWR | O_CREAT, 0600);
    if (!file)
        file = Descriptor::open(path, O_RDONLY);
    if (!file)
        return std::unexpected(file.error());
    if (::flock(file->number(), LOCK_EX | LOCK_NB) == 0)
        return std::make_unique<FlockedDirectory>(*std::move(file));
    if (errno != EWOULDBLOCK)
        return fail_with_errno("lock", path);
    return fail(ErrorKind::busy, directory
                                     + " is in use by another process; stop it first, or "
                                       "work through its server");
}

} // namespace daybook
