// A small data directory to damage: its files as bytes, put back as often as a test likes, and one
// question: what does somebody who opens it get?
#pragma once

#include "tests/engine/log/log_under_test.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace daybook::log {

namespace fs = std::filesystem;

inline std::string read_bytes(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

inline void write_bytes(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

// What an opening led to. Only `silent_loss` must never happen.
enum class Opening { identical, damaged, refused, unreadable, silent_loss };

class DamageWorkshop {
  public:
    // Large records and small buffers make RocksDB write files while it runs, not only at a start.
    explicit DamageWorkshop(std::size_t record_bytes = 0, std::size_t write_buffer_bytes = 1 << 20)
        : padding_(record_bytes, '.'), options_{.write_buffer_bytes = write_buffer_bytes} {}

    std::string head() const { return directory_ / "HEAD"; }
    std::string log() const { return directory_ / "log"; }
    const std::string& path() const { return directory_.path(); }

    Result<OpenedLog> open() { return open_rocksdb_log(files_, path(), ids_, options_); }

    // Opens, appends `groups` groups of one to three commits, closes.
    void append_groups(int groups) {
        OpenedLog opened = ok(open());
        for (int group = 0; group < groups; ++group, ++next_) {
            const std::string name = "group " + std::to_string(next_);
            const Revision first = ok(opened.log->head(1)).revision;
            const Revision second = ok(opened.log->head(2)).revision;
            append(*opened.log, {commit(1, first, {name + " a" + padding_, name + " b"},
                                        {{Index::thing, name, "1"}, {Index::claim, "last", name}}),
                                 commit(2, second, {name + " c"}, {}, {person("Ada")})});
        }
    }

    // Remembers the directory as it is and what can be read from it.
    void remember() {
        remembered_.clear();
        for (const auto& entry : fs::recursive_directory_iterator(path()))
            if (entry.is_regular_file())
                remembered_[entry.path().string()] = read_bytes(entry.path());
        OpenedLog opened = ok(open());
        content_ = ok(read_everything(*opened.log, {person("Ada")}));
        opened = {};
        restore();
    }

    void restore() {
        fs::remove_all(log());
        fs::create_directories(log());
        for (const auto& [file, bytes] : remembered_)
            write_bytes(file, bytes);
    }

    Opening try_to_open() {
        const auto opened = open();
        if (!opened.has_value())
            return Opening::refused;
        if (opened->damage)
            return Opening::damaged;
        const auto content = read_everything(*opened->log, {person("Ada")});
        if (!content.has_value())
            return Opening::unreadable;
        return *content == content_ ? Opening::identical : Opening::silent_loss;
    }

    const std::map<std::string, std::string>& remembered() const { return remembered_; }
    const Content& content() const { return content_; }

  private:
    tests::TempDirectory directory_;
    PosixFiles files_;
    tests::FixedIds ids_;
    std::string padding_;
    RocksdbLogOptions options_;
    std::map<std::string, std::string> remembered_;
    Content content_;
    int next_ = 0;
};

} // namespace daybook::log
