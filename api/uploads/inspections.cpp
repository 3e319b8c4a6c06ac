#include "api/uploads/inspections.h"

#include "api/backups/restore_company.h"
#include "api/backups/restore_report.h"
#include "api/or_problem.h"
#include "engine/backup/readme_text.h"
#include "engine/backup/sealed_files.h"
#include "events/base/strict_json.h"

namespace daybook::api {
namespace {

// Each keeps a store open; the next one asked for opens again.
constexpr std::size_t kOpenMax = 4;

// Ours begin with what explains them; another product's archive is none of ours, not a damaged one.
bool begins_as_ours(const ReadableFile& file) {
    constexpr std::size_t kNameAt = 30; // Behind a local header's numbers.
    const auto beginning = file.read_at(kNameAt, backup::kReadmeName.size());
    return beginning && *beginning == backup::kReadmeName;
}

std::string text_in(const Json& note, const char* member) {
    const Json* value = note.find(member);
    return value && value->if_string() ? *value->if_string() : std::string();
}

// What is sealed, opened; anything else as it is.
std::expected<std::unique_ptr<ReadableFile>, Problem>
without_seal(std::unique_ptr<ReadableFile> file, const std::string& pass_phrase) {
    if (!TRY(or_problem(backup::is_sealed(*file))))
        return file;
    if (pass_phrase.empty())
        return std::unexpected(problem(422, "pass_phrase_required", "{\"pass_phrase\": …}"));
    auto opened = backup::unseal(std::move(file), pass_phrase);
    if (opened)
        return *std::move(opened);
    return std::unexpected(opened.error().kind == ErrorKind::invalid
                               ? problem(422, "pass_phrase_wrong")
                               : backup_problem(opened.error()));
}

} // namespace

std::expected<std::shared_ptr<const backup::BackupFile>, Problem>
Inspections::open(const Uuid& upload, const std::string& pass_phrase, LargeFiles& files) const {
    const std::string path = TRY(uploads_.file_of(upload));
    auto file = TRY(without_seal(TRY(or_problem(files.open_for_reading(path))), pass_phrase));
    const bool ours = begins_as_ours(*file);
    auto backup = backup::BackupFile::open(std::move(file));
    if (!backup && !ours)
        return std::unexpected(problem(422, "unknown_format", "it is no backup of Daybook"));
    if (!backup)
        return std::unexpected(backup_problem(backup.error()));
    return std::make_shared<const backup::BackupFile>(*std::move(backup));
}

std::expected<InspectedBackup, Problem>
Inspections::inspect(const Uuid& upload, std::shared_ptr<const backup::BackupFile> file,
                     const backup::Progress& progress) {
    const auto before = read_note(upload);
    const std::string name = "books-" + to_text(service_.ids().next_id());
    const std::string place = uploads_.folder_of(upload) + "/" + name;
    auto found = inspect_backup(service_, std::move(file), place, progress);
    const auto noted = found ? note(upload, name, *found) : std::unexpected(found.error());
    if (!noted) {
        found = std::unexpected(noted.error()); // Closes the books, where there are any.
        static_cast<void>(files_.remove_all(place));
        return std::unexpected(backup_problem(noted.error()));
    }
    open_.with([&](auto& open) {
        if (open.size() >= kOpenMax)
            open.erase(open.begin());
        open[upload] = found->books;
    });
    if (before)
        static_cast<void>(
            files_.remove_all(uploads_.folder_of(upload) + "/" + text_in(*before, "books")));
    return std::move(*found);
}

Result<void> Inspections::note(const Uuid& upload, const std::string& books,
                               const InspectedBackup& found) {
    Json note;
    note.set("books", books);
    note.set("company_id", to_text(found.books->where().company));
    note.set("report", TRY(inspection_report(found, found.books->head())));
    return files_.replace(note_of(upload), to_json(note) + "\n", 0600);
}

std::expected<Json, Problem> Inspections::read_note(const Uuid& upload) const {
    TRY(uploads_.find(upload));
    const auto text = files_.read_all(note_of(upload));
    const auto note = text ? parse_strict_json(*text) : std::unexpected(JsonFault{});
    if (!note)
        return std::unexpected(problem(409, "not_inspected",
                                       "POST /api/v1/uploads/" + to_text(upload) + "/inspection"));
    return *note;
}

std::expected<Json, Problem> Inspections::report(const Uuid& upload) const {
    const Json note = TRY(read_note(upload));
    const Json* report = note.find("report");
    return report ? *report : Json();
}

std::expected<std::shared_ptr<BackupBooks>, Problem> Inspections::books(const Uuid& upload) {
    const Json note = TRY(read_note(upload));
    const auto company = TRY(or_problem(parse_uuid(text_in(note, "company_id"))));
    const std::string place = uploads_.folder_of(upload) + "/" + text_in(note, "books");
    using Found = std::expected<std::shared_ptr<BackupBooks>, Problem>;
    return open_.with([&](auto& open) -> Found { // Two at once would open it twice.
        if (const auto known = open.find(upload);
            known != open.end() && known->second->data_directory() == place)
            return known->second;
        auto books = TRY(or_problem(BackupBooks::open(service_, CompanyId{company}, place)));
        if (open.size() >= kOpenMax)
            open.erase(open.begin());
        open[upload] = books;
        return books;
    });
}

void Inspections::drop(const Uuid& upload) {
    const auto note = read_note(upload);
    forget(upload);
    if (!note)
        return;
    static_cast<void>(files_.remove_all(note_of(upload)));
    static_cast<void>(
        files_.remove_all(uploads_.folder_of(upload) + "/" + text_in(*note, "books")));
}

void Inspections::forget(const Uuid& upload) {
    open_.with([&](auto& open) { open.erase(upload); });
}

} // namespace daybook::api
