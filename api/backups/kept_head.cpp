#include "api/backups/kept_head.h"

#include "events/codec/codec.h"

namespace daybook::api {

Result<KeptHead> hold_against(const BackupBooks& books, const ForkParent& origin,
                              const log::Checkpoint& kept) {
    const command::CompanyLine& where = books.where();
    const Revision size = kept.head.revision;
    const auto compare = [&](const Hash& root) {
        return root == kept.head.root ? KeptHead::same : KeptHead::differs;
    };
    if (kept.origin == log::checkpoint_origin(origin.log_id, origin.epoch)) {
        if (size == origin.revision)
            return compare(origin.root);
        if (size > origin.revision)
            return KeptHead::beyond_the_end;
    }
    if (size == 0 || size > books.head())
        return KeptHead::of_another_book;
    const auto last = TRY(books.log().read(where.line, size, {.records_max = 1}));
    const Envelope envelope = TRY(decode_envelope(last.at(0).bytes));
    if (kept.origin != log::checkpoint_origin(envelope.log_id, envelope.epoch))
        return KeptHead::of_another_book;
    return compare(TRY(books.log().root_at(where.line, size)));
}

} // namespace daybook::api
