#include "api/uploads/uploads.h"

#include "api/backups/scratch.h"
#include "api/or_problem.h"
#include "engine/log/merkle.h"
#include "events/base/strict_json.h"

#include <algorithm>

namespace daybook::api {
namespace {

constexpr std::int64_t kLifeMicros = std::int64_t{7} * 86'400 * 1'000'000; // Since the last piece.
constexpr std::size_t kUploadsMax = 100;
// Restoring takes room beside the file, and books that run out of it stop.
constexpr std::uint64_t kFreeMin = 64 * 1024 * 1024;

std::string noted(const Upload& upload) {
    Json json;
    json.set("name", upload.name);
    json.set("size", upload.size);
    json.set("offset", upload.offset);
    json.set("created_at", to_text(upload.created_at));
    json.set("expires_at", to_text(upload.expires_at));
    if (!upload.held_at.empty())
        json.set("held_at", upload.held_at);
    return to_json(json) + "\n";
}

std::optional<Upload> parse(const Uuid& id, std::string_view text) {
    const auto json = parse_strict_json(text);
    if (!json)
        return std::nullopt;
    const auto number = [&](const char* name) -> std::uint64_t {
        const Json* value = json->find(name);
        const auto whole = value ? value->integer() : std::nullopt;
        return whole && *whole >= 0 ? static_cast<std::uint64_t>(*whole) : 0;
    };
    const auto instant = [&](const char* name) {
        const Json* value = json->find(name);
        const auto at = value && value->if_string() ? parse_timestamp(*value->if_string())
                                                    : fail(ErrorKind::corrupt, name);
        return at.value_or(Timestamp{});
    };
    const auto text_of = [&](const char* name) {
        const Json* value = json->find(name);
        return value && value->if_string() ? *value->if_string() : std::string();
    };
    Upload upload{id,
                  text_of("name"),
                  number("size"),
                  number("offset"),
                  instant("created_at"),
                  instant("expires_at"),
                  text_of("held_at")};
    if (upload.offset > upload.size)
        return std::nullopt;
    return upload;
}

std::unexpected<Problem> no(int status, const char* code, std::string detail = {}) {
    return std::unexpected(problem(status, code, std::move(detail)));
}

} // namespace

Result<std::unique_ptr<Uploads>> Uploads::open(UploadPorts ports,
                                               const std::string& data_directory) {
    std::unique_ptr<Uploads> uploads(new Uploads(ports, uploads_folder(data_directory)));
    TRY(uploads->ports_.files.make_directory(uploads->folder_));
    sweep_scratch(uploads->ports_.files, data_directory);
    TRY(uploads->read());
    static_cast<void>(uploads->expire());
    return uploads;
}

Result<void> Uploads::read() {
    for (const std::string& name : TRY(ports_.files.list(folder_))) {
        const auto id = parse_uuid(name);
        const auto text = id ? ports_.files.read_all(folder_of(*id) + "/upload.json")
                             : fail(ErrorKind::invalid, "not ours");
        const auto upload = text ? parse(*id, *text) : std::nullopt;
        if (!upload) {
            TRY(ports_.files.remove_all(folder_ + "/" + name)); // Begun, and never noted.
            continue;
        }
        table_.with([&](Table& table) { table[*id] = {*upload, false}; });
    }
    return {};
}

Result<void> Uploads::note(const Upload& upload) {
    return ports_.files.replace(folder_of(upload.id) + "/upload.json", noted(upload), 0600);
}

std::expected<Upload, Problem> Uploads::begin(std::string name, std::uint64_t size) {
    const Timestamp now = ports_.clock.now();
    Upload upload{ports_.ids.next_id(),
                  std::move(name),
                  size,
                  0,
                  now,
                  Timestamp{now.micros + kLifeMicros},
                  {}};
    const std::uint64_t room = TRY(or_problem(ports_.files.free_bytes(folder_)));
    if (size > room || room - size < kFreeMin)
        return no(413, "upload_too_large", std::to_string(room) + " bytes are free");
    TRY(check_count());
    const auto made = [&]() -> Result<void> {
        TRY(ports_.files.make_directory(folder_of(upload.id)));
        const auto file = TRY(ports_.large_files.create(path_of(upload.id), 0600));
        TRY(file->sync());
        return note(upload);
    }();
    if (!made) {
        static_cast<void>(ports_.files.remove_all(folder_of(upload.id)));
        return std::unexpected(problem_of(made.error()));
    }
    table_.with([&](Table& table) { table[upload.id] = {upload, false}; });
    return upload;
}

std::expected<Upload, Problem> Uploads::stand_for(std::string name, std::string path,
                                                  std::uint64_t size) {
    TRY(check_count());
    const Timestamp now = ports_.clock.now();
    Upload upload{
        ports_.ids.next_id(), std::move(name), size, size, now, Timestamp{now.micros + kLifeMicros},
        std::move(path)};
    TRY(or_problem(ports_.files.make_directory(folder_of(upload.id))));
    if (const auto noted = note(upload); !noted) {
        static_cast<void>(ports_.files.remove_all(folder_of(upload.id)));
        return std::unexpected(problem_of(noted.error()));
    }
    table_.with([&](Table& table) { table[upload.id] = {upload, false}; });
    return upload;
}

std::expected<void, Problem> Uploads::check_count() const {
    if (table_.with([](const Table& table) { return table.size() >= kUploadsMax; }))
        return no(503, "too_many_uploads", "at most " + std::to_string(kUploadsMax));
    return {};
}

// Marks it as being written to, unless the piece cannot be the next one.
std::expected<Upload, Problem> Uploads::claim(const Uuid& id, const Piece& piece) {
    return table_.with([&](Table& table) -> std::expected<Upload, Problem> {
        const auto found = table.find(id);
        if (found == table.end())
            return no(404, "not_found", "no such upload");
        Kept& kept = found->second;
        if (kept.busy)
            return no(409, "upload_busy");
        if (piece.offset != kept.upload.offset) {
            Problem refused = problem(409, "upload_offset_mismatch",
                                      "it goes on at " + std::to_string(kept.upload.offset));
            refused.facts = {{"offset", std::to_string(kept.upload.offset)}};
            return std::unexpected(std::move(refused));
        }
        if (piece.bytes.size() > kept.upload.size - kept.upload.offset)
            return no(413, "body_too_large",
                      "the file ends at " + std::to_string(kept.upload.size));
        kept.busy = true;
        return kept.upload;
    });
}

Result<void> Uploads::write(const Upload& upload, const Piece& piece) {
    if (piece.bytes.empty())
        return note(upload);
    auto file = TRY(ports_.files.open_for_update(path_of(upload.id)));
    TRY(file->write_at(piece.offset, piece.bytes));
    TRY(file->sync());
    return note(upload);
}

std::expected<Upload, Problem> Uploads::append(const Uuid& id, const Piece& piece) {
    if (piece.sha256 && log::sha256(piece.bytes) != *piece.sha256)
        return no(422, "digest_mismatch", "nothing of the piece was taken");
    Upload upload = TRY(claim(id, piece));
    const Upload before = upload;
    upload.offset += piece.bytes.size();
    upload.expires_at = Timestamp{ports_.clock.now().micros + kLifeMicros};
    const auto written = write(upload, piece);
    table_.with([&](Table& table) {
        if (const auto found = table.find(id); found != table.end())
            found->second = {written ? upload : before, false};
    });
    if (!written)
        return std::unexpected(problem_of(written.error()));
    return upload;
}

std::expected<Upload, Problem> Uploads::keep(std::string name, std::string_view bytes) {
    const Upload upload = TRY(begin(std::move(name), bytes.size()));
    auto kept = append(upload.id, {0, bytes, {}});
    if (!kept)
        static_cast<void>(remove(upload.id));
    return kept;
}

std::expected<void, Problem> Uploads::remove(const Uuid& id) {
    const bool busy = table_.with([&](const Table& table) {
        const auto found = table.find(id);
        return found != table.end() && found->second.busy;
    });
    if (busy)
        return no(409, "upload_busy");
    const bool was_there = table_.with([&](Table& table) { return table.erase(id) > 0; });
    if (!was_there)
        return no(404, "not_found", "no such upload");
    return or_problem(ports_.files.remove_all(folder_of(id)));
}

std::expected<Upload, Problem> Uploads::find(const Uuid& id) const {
    return table_.with([&](const Table& table) -> std::expected<Upload, Problem> {
        const auto found = table.find(id);
        if (found == table.end())
            return no(404, "not_found", "no such upload");
        return found->second.upload;
    });
}

std::vector<Upload> Uploads::all() const {
    std::vector<Upload> all;
    table_.with([&](const Table& table) {
        for (const auto& [id, kept] : table)
            all.push_back(kept.upload);
    });
    std::ranges::reverse(all);
    return all;
}

std::expected<std::string, Problem> Uploads::file_of(const Uuid& id) const {
    const Upload upload = TRY(find(id));
    if (!upload.is_complete())
        return no(409, "upload_incomplete",
                  std::to_string(upload.offset) + " of " + std::to_string(upload.size)
                      + " bytes are here");
    return upload.held_at.empty() ? path_of(id) : upload.held_at;
}

std::expected<std::string, Problem> Uploads::read(const Uuid& id, std::size_t bytes) const {
    const std::string path = TRY(file_of(id));
    const auto file = TRY(or_problem(ports_.large_files.open_for_reading(path)));
    return or_problem(file->read_at(0, bytes));
}

std::vector<Uuid> Uploads::expire() {
    const Timestamp now = ports_.clock.now();
    std::vector<Uuid> expired;
    for (const Upload& upload : all())
        if (upload.expires_at < now && remove(upload.id))
            expired.push_back(upload.id);
    return expired;
}

} // namespace daybook::api
