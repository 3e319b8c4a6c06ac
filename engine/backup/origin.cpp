#include "engine/backup/origin.h"

#include "engine/backup/record_reader.h"
#include "engine/command/opening.h"

namespace daybook::backup {

Result<ForkParent> origin_of(const BackupFile& backup) {
    const Manifest& manifest = backup.manifest();
    if (manifest.options.history)
        return ForkParent{manifest.log_id, manifest.epoch,      manifest.revisions,
                          manifest.root,   manifest.checkpoint, {}};
    const std::string first = TRY(RecordFinder(backup).find(1));
    const auto left_out = TRY(command::opening_in(first));
    if (!left_out || left_out->through != manifest.revisions)
        return fail(ErrorKind::corrupt,
                    "the manifest says that history was left out, the records do not");
    return left_out->of;
}

} // namespace daybook::backup
