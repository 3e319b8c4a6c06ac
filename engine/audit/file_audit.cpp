#include "engine/audit/file_audit.h"

#include "engine/log/blob_store.h"
#include "engine/read_through.h"
#include "events/file_named.h"

#include <fmt/format.h>

namespace daybook::audit {
namespace {

Result<Hash> hash_of_file(LargeFiles& large_files, const std::string& path) {
    const auto file = TRY(large_files.open_for_reading(path));
    return hash_of(*file);
}

} // namespace

void FileAudit::see(const RecordedEvent& recorded) {
    if (const Hash* name = file_named(recorded.event))
        named_.insert(*name);
}

void FileAudit::finish(Files& files, LargeFiles& large_files, const std::string& directory,
                       Report& report) const {
    std::uint64_t missing = 0;
    for (const Hash& name : named_) {
        const std::string where = "blobs/" + log::blob_path(name);
        const auto there = files.exists(directory + "/" + where);
        if (there && !*there) {
            ++missing;
            continue;
        }
        const auto hash = there ? hash_of_file(large_files, directory + "/" + where)
                                : Result<Hash>(std::unexpected(there.error()));
        if (!hash)
            report.find(where, hash.error().what);
        else if (*hash != name)
            report.find(where, "the file is not what was attached");
        ++report.files;
    }
    if (missing > 0)
        report.notes.push_back(
            fmt::format("{} of {} attached files are not here; they can be joined again.", missing,
                        named_.size()));
}

} // namespace daybook::audit
