// Files on their way in, piece by piece: an upload that breaks off is gone on with where it stood,
// also after a restart.
//
//     <data>/uploads/<id>/upload.json   name, size, how far it is, when it expires
//     <data>/uploads/<id>/file          its bytes; only those up to the offset count. None where
//                                       upload.json says that they are held elsewhere
//
// A piece is taken whole or not at all: its digest is compared before a byte is written, it is
// synced, and only then upload.json says that it is there. What nobody goes on with expires.
// Threads: any; a piece of one upload at a time.
#pragma once

#include "api/problem.h"
#include "engine/adapters/guarded.h"
#include "engine/files.h"
#include "engine/large_files.h"
#include "engine/ports.h"

#include <expected>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace daybook::api {

struct Upload {
    Uuid id;
    std::string name; // Of the file, as it is called where it comes from.
    std::uint64_t size = 0;
    std::uint64_t offset = 0; // Bytes that are here; equal to the size when it is complete.
    Timestamp created_at;
    Timestamp expires_at;
    std::string held_at; // Where its bytes lie, when that is not here: a file that is kept anyway.

    bool is_complete() const { return offset == size; }
    bool operator==(const Upload&) const = default;
};

// One piece, from its offset on. The digest, where one is given, is compared first.
struct Piece {
    std::uint64_t offset = 0;
    std::string_view bytes;
    std::optional<Hash> sha256;
};

struct UploadPorts {
    Files& files;
    LargeFiles& large_files;
    Clock& clock;
    IdSource& ids;
};

class Uploads {
  public:
    // Reads what is there, and sweeps what a crash left half made.
    static Result<std::unique_ptr<Uploads>> open(UploadPorts ports,
                                                 const std::string& data_directory);

    // 413 upload_too_large, 503 too_many_uploads.
    std::expected<Upload, Problem> begin(std::string name, std::uint64_t size);
    // 404, 409 upload_offset_mismatch (fact: offset) or upload_busy, 422 digest_mismatch, 413.
    std::expected<Upload, Problem> append(const Uuid& id, const Piece& piece);
    // The whole file at once.
    std::expected<Upload, Problem> keep(std::string name, std::string_view bytes);
    // Of a file that lies here already: nothing is copied, and nothing of it goes with the upload.
    std::expected<Upload, Problem> stand_for(std::string name, std::string path,
                                             std::uint64_t size);
    std::expected<void, Problem> remove(const Uuid& id);

    std::expected<Upload, Problem> find(const Uuid& id) const;
    std::vector<Upload> all() const; // Newest first.
    // Of one that is complete; 409 upload_incomplete.
    std::expected<std::string, Problem> file_of(const Uuid& id) const;
    // Bytes of one that is complete, from its beginning; fewer where it is shorter.
    std::expected<std::string, Problem> read(const Uuid& id, std::size_t bytes) const;
    // Where things made of the file may lie; they go with it.
    std::string folder_of(const Uuid& id) const { return folder_ + "/" + to_text(id); }

    // Removes those whose time has come; called now and then. Returns them.
    std::vector<Uuid> expire();

  private:
    struct Kept {
        Upload upload;
        bool busy = false;
    };
    using Table = std::map<Uuid, Kept>;

    Uploads(const UploadPorts& ports, std::string folder)
        : ports_(ports), folder_(std::move(folder)) {}
    Result<void> read();
    std::expected<void, Problem> check_count() const;
    std::expected<Upload, Problem> claim(const Uuid& id, const Piece& piece);
    Result<void> write(const Upload& upload, const Piece& piece);
    Result<void> note(const Upload& upload);
    std::string path_of(const Uuid& id) const { return folder_of(id) + "/file"; }

    UploadPorts ports_;
    std::string folder_;
    mutable Guarded<Table> table_;
};

} // namespace daybook::api
