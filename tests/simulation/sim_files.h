// The Files port on a simulated disk: the same calls in the same order as PosixFiles makes.
#pragma once

#include "engine/files.h"
#include "tests/simulation/sim_disk.h"

namespace daybook::simulation {

class SimFiles final : public Files {
  public:
    explicit SimFiles(SimDisk& disk) : disk_(disk) {}

    Result<bool> exists(const std::string& path) override { return disk_.find(path) != nullptr; }
    Result<std::string> read_all(const std::string& path) override {
        const auto node = disk_.find(path);
        if (!node)
            return fail(ErrorKind::io, "open " + path + ": No such file or directory");
        return node->bytes;
    }
    Result<std::unique_ptr<WritableFile>> open_for_update(const std::string& path) override {
        auto node = disk_.find(path);
        if (!node)
            return fail(ErrorKind::io, "open " + path + ": No such file or directory");
        return std::make_unique<File>(disk_, std::move(node), path);
    }
    Result<void> replace(const std::string& path, std::string_view bytes, unsigned) override {
        const std::string aside = path + ".new";
        SimDisk::Node node;
        TRY(outcome(disk_.create(aside, node), aside));
        TRY(outcome(disk_.write_at(*node, 0, bytes), aside));
        TRY(outcome(disk_.sync(*node), aside));
        return rename(aside, path);
    }
    Result<void> make_directory(const std::string& path) override {
        const Done done = disk_.make_directory(path);
        if (done != Done::exists)
            TRY(outcome(done, path));
        return sync_directory(directory_of(path));
    }
    Result<void> rename(const std::string& from, const std::string& to) override {
        TRY(outcome(disk_.rename(from, to), from));
        TRY(sync_directory(directory_of(to)));
        if (directory_of(from) != directory_of(to))
            TRY(sync_directory(directory_of(from)));
        return {};
    }
    Result<void> remove_all(const std::string& path) override {
        if (!disk_.find(path))
            return {};
        for (const std::string& name : disk_.children(path))
            TRY(remove_all(path + "/" + name));
        TRY(outcome(disk_.remove(path), path));
        return sync_directory(directory_of(path));
    }
    Result<std::vector<std::string>> list(const std::string& directory) override {
        return disk_.children(directory);
    }
    Result<void> sync_directory(const std::string& path) override {
        return outcome(disk_.sync_directory(path), path);
    }
    Result<std::uint64_t> free_bytes(const std::string&) override { return 1U << 30; }
    Result<std::unique_ptr<DirectoryLock>> lock(const std::string&) override {
        return std::make_unique<DirectoryLock>(); // One process at a time is all there is.
    }

  private:
    static Result<void> outcome(Done done, const std::string& path) {
        if (done == Done::yes)
            return {};
        return fail(ErrorKind::io, path
                                       + (done == Done::disk_is_full ? ": No space left on device"
                                                                     : ": Input/output error"));
    }

    class File final : public WritableFile {
      public:
        File(SimDisk& disk, SimDisk::Node node, std::string path)
            : disk_(disk), node_(std::move(node)), path_(std::move(path)) {}
        Result<void> write_at(std::uint64_t offset, std::string_view bytes) override {
            return outcome(disk_.write_at(*node_, offset, bytes), path_);
        }
        Result<void> sync() override { return outcome(disk_.sync(*node_), path_); }

      private:
        SimDisk& disk_;
        SimDisk::Node node_;
        std::string path_;
    };

    SimDisk& disk_;
};

} // namespace daybook::simulation
