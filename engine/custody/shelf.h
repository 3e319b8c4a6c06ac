// Where backups lie: <data>/backups/<company>/<id>.daybook, or ….daybook.sealed. Which of them
// there are is said by the custody book; what lies here besides is left over or not yet noted.
#pragma once

#include "engine/custody/custody_book.h"
#include "engine/large_files.h"

namespace daybook::custody {

// A sound file that no event names: its process ended between the renaming and the note.
struct Stray {
    CompanyId company;
    Uuid id;
    std::string path; // As Backup::path.
};

class Shelf {
  public:
    // `data_directory` holds the books. Ports outlive the shelf.
    Shelf(Files& files, LargeFiles& large_files, std::string data_directory)
        : files_(files), large_files_(large_files), directory_(std::move(data_directory)) {}

    // As it is noted: below the data directory, so that books can be moved with their backups.
    std::string path_of(CompanyId company, const Uuid& id, bool sealed) const;
    std::string full_path(const std::string& path) const; // Of a noted path; absolute ones stay.
    bool holds(const Backup& backup) const;               // Ours, not one made by hand elsewhere.

    Result<void> make_room(CompanyId company); // Its directory.
    Result<void> remove(const Backup& backup); // And its copies in directories; gone is fine.
    // Removes what a crash left: halves, and files whose expiry was noted. What is whole and not
    // noted is never removed, only told.
    Result<std::vector<Stray>> sweep(const CustodyBook& book);

    // Copies a held backup into a directory, under its name for people: aside, synced, read back
    // and compared, renamed. Nothing is overwritten; the path it got.
    Result<std::string> copy_to(const Backup& backup, const std::string& target);
    // Reads a file whole; ErrorKind::corrupt when it is another.
    Result<void> compare(const std::string& path, const Hash& sha256) const;

  private:
    Files& files_;
    LargeFiles& large_files_;
    std::string directory_;
};

inline constexpr std::string_view kExtension = ".daybook";
inline constexpr std::string_view kSealedExtension = ".daybook.sealed";
inline constexpr std::string_view kDrillFolder = "drill"; // Of a restore for practice; swept too.
inline constexpr std::string_view kAside = ".partial";    // engine/backup/writer.h

} // namespace daybook::custody
