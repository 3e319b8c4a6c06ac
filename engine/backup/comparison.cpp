#include "engine/backup/comparison.h"

#include "engine/backup/record_reader.h"

namespace daybook::backup {

Result<Comparison> compare(const BackupFile& a, const BackupFile& b) {
    RecordReader in_a(a);
    RecordReader in_b(b);
    Revision common = 0;
    while (true) {
        const bool more_a = TRY(in_a.next());
        const bool more_b = TRY(in_b.next());
        if (!more_a || !more_b || in_a.bytes() != in_b.bytes())
            return Comparison{common, a.manifest().revisions - common,
                              b.manifest().revisions - common};
        ++common;
    }
}

} // namespace daybook::backup
