// An open file of the operating system, closed when it goes, and its errors in words.
#pragma once

#include "events/base/result.h"

#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <string>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace daybook {

// A failed system call: "open /data/HEAD: No such file or directory".
inline std::unexpected<Error> fail_with(const char* call, const std::string& path,
                                        const std::error_code& error) {
    const bool full = error == std::errc::no_space_on_device
                      || error == std::error_code(EDQUOT, error.category());
    return fail(full ? ErrorKind::full : ErrorKind::io, std::string(call) + " " + path + ": "
                                                            + (full ? "the disk is full: " : "")
                                                            + error.message());
}
// The failure of the system call just made.
inline std::unexpected<Error> fail_with_errno(const char* call, const std::string& path) {
    return fail_with(call, path, {errno, std::generic_category()});
}

class Descriptor {
  public:
    static Result<Descriptor> open(const std::string& path, int flags, unsigned mode = 0) {
        const int number = ::open(path.c_str(), flags | O_CLOEXEC, mode);
        if (number < 0)
            return fail_with_errno("open", path);
        return Descriptor(number, path);
    }

    Descriptor(Descriptor&& other) noexcept
        : number_(std::exchange(other.number_, -1)), path_(std::move(other.path_)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        std::swap(path_, other.path_);
        return *this;
    }
    ~Descriptor() {
        if (number_ >= 0)
            ::close(number_);
    }

    int number() const { return number_; }
    const std::string& path() const { return path_; }

    // Fewer bytes than asked for only at the end of the file.
    Result<std::string> read_at(std::uint64_t offset, std::size_t size) const {
        std::string bytes(size, '\0');
        std::size_t done = 0;
        while (done < size) {
            const ssize_t read = ::pread(number_, bytes.data() + done, size - done,
                                         static_cast<off_t>(offset + done));
            if (read < 0 && errno == EINTR)
                continue;
            if (read < 0)
                return fail_with_errno("read", path_);
            if (read == 0)
                break;
            done += static_cast<std::size_t>(read);
        }
        bytes.resize(done);
        return bytes;
    }

    Result<void> write_at(std::uint64_t offset, std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t written =
                ::pwrite(number_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0)
                return fail_with_errno("write", path_);
            offset += static_cast<std::uint64_t>(written);
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return {};
    }

    Result<void> sync() const {
        if (::fdatasync(number_) != 0)
            return fail_with_errno("sync", path_);
        return {};
    }

  private:
    Descriptor(int number, std::string path) : number_(number), path_(std::move(path)) {}
    int number_;
    std::string path_;
};

} // namespace daybook
