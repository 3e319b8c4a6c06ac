// Views beside a log in memory, in a directory of their own.
#pragma once

#include "engine/adapters/posix_files.h"
#include "projections/moment.h"
#include "projections/rocksdb_row_store.h"
#include "tests/projections/ledger.h"
#include "tests/support/temp_directory.h"

#include <filesystem>
#include <memory>

namespace daybook::tests {

struct Books {
    TempDirectory directory;
    PosixFiles files;
    log::MemoryEventLog log;
    Ledger ledger{log};
    std::unique_ptr<projections::Views> views;

    Books() { open(); }

    // As at a start: what does not fit is built again, then caught up.
    void open(const Uuid& realm = kRealm, const projections::RowStoreOptions& options = {}) {
        close();
        views = ok(projections::open_views(files, directory.path(), realm, log, options));
        catch_up();
    }
    void close() { views.reset(); }
    void catch_up() {
        while (!ok(views->catch_up_step())) {
        }
    }
    // In the log only.
    void record(const std::vector<Happened>& happened) { ledger.commit(happened); }
    // In the log, then shown.
    void commit(const std::vector<Happened>& happened) {
        const Ledger::Committed committed = ledger.commit(happened);
        views->apply(kLine, committed.events, committed.root);
    }
    std::unique_ptr<projections::Snapshot> now() const { return ok(views->snapshot(kLine)); }
    std::unique_ptr<projections::Snapshot> at(Revision revision) const {
        return ok(views->snapshot_at(kLine, revision));
    }
    std::string views_path() const { return directory / "views"; }
    std::string store_path() {
        const auto text = ok(files.read_all(views_path() + "/current"));
        return views_path() + "/" + text.substr(0, text.find('\n'));
    }

    // Every current and history row, byte for byte. The views must be closed.
    std::map<std::string, std::string> dump() {
        std::map<std::string, std::string> rows;
        const auto store = ok(projections::RowStore::open(store_path(), {}));
        const auto pinned = store->pin();
        projections::RowCursor cursor = pinned->cursor();
        for (cursor.seek("c"); cursor.valid(); cursor.next())
            if (cursor.key()[0] == 'c' || cursor.key()[0] == 'h')
                rows.emplace(cursor.key(), cursor.value());
        ok(cursor.status());
        return rows;
    }
};

// What a crash leaves: the files as they are while the store is open, nothing flushed.
inline void copy_as_after_a_crash(const std::string& from, const std::string& to) {
    std::filesystem::remove_all(to);
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
}

} // namespace daybook::tests
