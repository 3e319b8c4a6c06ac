// A disk in memory that can lose its power, fail and fill up: what was synced stays, what was not
// may stay in part, and names live and die apart from what they name.
//
// Two models of names. *Ordered*, as ext4 keeps them: what survives is a prefix of the changes.
// *Adversarial*, as POSIX allows: of the changes to a directory that was not synced each may
// survive or not. A rename is one change in both.
//
// Threads: any; RocksDB reads from several when it opens.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::simulation {

using Chance = std::mt19937_64;

// What may go wrong, drawn from the seed. Operations that change the disk are counted from 1.
struct Faults {
    std::uint64_t power_off_at = 0; // From this one on nothing happens any more. 0: never.
    std::uint64_t io_error_at = 0;  // This one fails.
    std::uint64_t full_at = 0;      // From this one on nothing can grow.
};

enum class Names { ordered, adversarial };

// What became of an operation.
enum class Done { yes, power_is_off, io_error, disk_is_full, not_there, exists };

class SimDisk {
  public:
    struct Inode {
        bool is_directory = false;
        std::string bytes;   // As the running system reads it.
        std::string durable; // As of the last sync.
    };
    using Node = std::shared_ptr<Inode>;

    SimDisk();

    // ---- while it runs; paths are absolute
    // -------------------------------------------------------
    Node find(const std::string& path) const;
    std::vector<std::string> children(const std::string& directory) const;
    Done create(const std::string& path, Node& made); // Empty, in place of what had that name.
    Done make_directory(const std::string& path);
    Done remove(const std::string& path);
    Done rename(const std::string& from, const std::string& to);
    Done write_at(Inode& file, std::uint64_t offset, std::string_view bytes);
    Done truncate(Inode& file, std::uint64_t size);
    Done sync(Inode& file);
    Done sync_directory(const std::string& path);

    // ---- what the world does
    // ---------------------------------------------------------------------
    void set(const Faults& faults);
    void lie(bool lies) { lies_ = lies; } // Syncs do nothing and say yes.
    bool has_failed() const;              // Since set().
    std::uint64_t operations() const;
    // The power went and is back: of what was not synced a part remains, by chance.
    void lose_power(Chance& chance, Names names);
    // One bit, in a file that has any; its path.
    std::string flip_bit(Chance& chance, std::string_view below);
    std::uint64_t trace() const; // Of every change so far: the same for the same seed.

    struct Snapshot;
    std::shared_ptr<const Snapshot> snapshot() const;
    void restore(const Snapshot& snapshot);

  private:
    struct NameChange {
        std::string gone;  // Or empty.
        std::string named; // Or empty; then `node` is what it names.
        Node node;
    };
    Done count(char kind, std::string_view path, bool grows);
    void change_name(NameChange change);
    static void apply(std::map<std::string, Node>& names, const NameChange& change);

    mutable std::mutex mutex_;
    std::map<std::string, Node> names_;
    std::map<std::string, Node> durable_names_;
    std::vector<NameChange> unsynced_;
    Faults faults_;
    std::uint64_t operations_ = 0;
    std::uint64_t trace_ = 14695981039346656037U;
    bool has_failed_ = false;
    bool lies_ = false;
};

// The one spelling of a path that the disk knows; callers see to it.
std::string plain(std::string_view path);
// "/a/b" of "/a/b/c".
std::string directory_of(std::string_view path);

} // namespace daybook::simulation
