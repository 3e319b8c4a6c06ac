#include "api/backups/inspection.h"

#include "engine/audit/ledger_audit.h"
#include "engine/command/each_event.h"
#include "projections/state_hash.h"

namespace daybook::api {
namespace {

Result<audit::Report> audit_ledger(const BackupBooks& books) {
    audit::Report report;
    audit::LedgerAudit ledger(report);
    const auto see = [&](const RecordedEvent& recorded) -> Result<void> {
        ledger.see("event " + std::to_string(recorded.envelope.revision), recorded);
        return {};
    };
    TRY(command::each_event(books.log(), books.where().line, see));
    return report;
}

Result<void> check_state(const BackupBooks& books, const backup::StateHash& expected) {
    if (expected.form != projections::kStateHashForm)
        return fail(ErrorKind::unsupported,
                    "the state hash is of form " + std::to_string(expected.form));
    const auto snapshot = TRY(books.views().snapshot(books.where().line));
    if (TRY(snapshot->state_hash()) != expected.hash)
        return fail(ErrorKind::corrupt, "the records come to another state than the backup says");
    return {};
}

} // namespace

Result<InspectedBackup> inspect_backup(Service& host,
                                       std::shared_ptr<const backup::BackupFile> file,
                                       const std::string& directory,
                                       const backup::Progress& progress) {
    InspectedBackup found{std::move(file), {}, {}, {}};
    const std::uint64_t events = found.file->manifest().revisions;
    const auto passed = [&](std::uint64_t before) {
        return [&progress, before, events](std::uint64_t done, std::uint64_t) {
            if (progress)
                progress(before + done, 2 * events);
        };
    };
    found.verified = TRY(backup::verify(*found.file, passed(0)));
    found.books =
        TRY(BackupBooks::fill(host, *found.file, found.verified, directory, passed(events)));
    TRY(check_state(*found.books, found.file->manifest().state));
    found.ledger = TRY(audit_ledger(*found.books));
    return found;
}

} // namespace daybook::api
