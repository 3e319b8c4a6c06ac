#include "engine/custody/shelf.h"

#include "engine/read_through.h"

#include <utility>

namespace daybook::custody {
namespace {

constexpr std::string_view kFolder = "backups";
constexpr unsigned kMode = 0600; // As the backup itself.

// The id in "<id>.daybook" or "<id>.daybook.sealed".
std::optional<Uuid> id_in(std::string_view name) {
    for (const std::string_view extension : {kSealedExtension, kExtension})
        if (name.ends_with(extension))
            if (const auto id = parse_uuid(name.substr(0, name.size() - extension.size())))
                return *id;
    return std::nullopt;
}

} // namespace

std::string Shelf::path_of(CompanyId company, const Uuid& id, bool sealed) const {
    return std::string(kFolder) + "/" + to_text(company) + "/" + to_text(id)
           + std::string(sealed ? kSealedExtension : kExtension);
}

std::string Shelf::full_path(const std::string& path) const {
    return path.starts_with('/') ? path : directory_ + "/" + path;
}

bool Shelf::holds(const Backup& backup) const {
    return backup.path == path_of(backup.company, backup.id, backup.sealed);
}

Result<void> Shelf::make_room(CompanyId company) {
    const std::string folder = directory_ + "/" + std::string(kFolder);
    TRY(files_.make_directory(folder));
    return files_.make_directory(folder + "/" + to_text(company));
}

Result<void> Shelf::remove(const Backup& backup) {
    if (holds(backup))
        TRY(files_.remove_all(full_path(backup.path)));
    for (const std::string& copy : backup.copies)
        if (copy.starts_with('/')) // Not "s3://…".
            TRY(files_.remove_all(copy));
    return {};
}

Result<std::vector<Stray>> Shelf::sweep(const CustodyBook& book) {
    std::vector<Stray> strays;
    TRY(files_.remove_all(directory_ + "/" + std::string(kDrillFolder)));
    const std::string folder = directory_ + "/" + std::string(kFolder);
    if (!TRY(files_.exists(folder)))
        return strays;
    for (const std::string& company : TRY(files_.list(folder))) {
        const auto company_id = parse_uuid(company);
        if (!company_id)
            continue; // Not ours.
        for (const std::string& name : TRY(files_.list(folder + "/" + company))) {
            const std::string path = folder + "/" + company + "/" + name;
            if (name.ends_with(kAside)) {
                TRY(files_.remove_all(path));
                continue;
            }
            const auto id = id_in(name);
            if (!id)
                continue;
            const Backup* known = book.find(*id);
            if (known && known->expired_at)
                TRY(files_.remove_all(path));
            if (!known)
                strays.push_back({CompanyId{*company_id}, *id,
                                  std::string(kFolder) + "/" + company + "/" + name});
        }
    }
    return strays;
}

Result<void> Shelf::compare(const std::string& path, const Hash& sha256) const {
    const auto file = TRY(large_files_.open_for_reading(full_path(path)));
    if (TRY(hash_of(*file)) != sha256)
        return fail(ErrorKind::corrupt, path + " is no longer what was written");
    return {};
}

Result<std::string> Shelf::copy_to(const Backup& backup, const std::string& target) {
    const std::string_view extension = backup.sealed ? kSealedExtension : kExtension;
    std::string_view stem = backup.name;
    if (stem.ends_with(extension))
        stem.remove_suffix(extension.size());
    std::string path = target + "/" + std::string(stem) + std::string(extension);
    for (int n = 2; TRY(files_.exists(path)); ++n)
        path = target + "/" + std::string(stem) + " (" + std::to_string(n) + ")"
               + std::string(extension);
    const std::string aside = path + std::string(kAside);
    const auto copy = [&]() -> Result<void> {
        const auto from = TRY(large_files_.open_for_reading(full_path(backup.path)));
        const auto to = TRY(large_files_.create(aside, kMode));
        std::uint64_t at = 0;
        TRY(read_through(*from, [&](std::string_view piece) {
            return to->write_at(std::exchange(at, at + piece.size()), piece);
        }));
        return to->sync();
    };
    auto copied = copy();
    if (copied)
        copied = compare(aside, backup.file_sha256);
    if (copied)
        copied = files_.rename(aside, path);
    if (!copied) {
        static_cast<void>(files_.remove_all(aside)); // The first error is the one to tell.
        return std::unexpected(copied.error());
    }
    return path;
}

} // namespace daybook::custody
