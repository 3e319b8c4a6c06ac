#include "tests/simulation/world.h"

#include "engine/audit/ledger_audit.h"
#include "engine/audit/line_audit.h"

#include <fmt/format.h>

namespace daybook::simulation {
namespace {

const std::string kBooks = "/books";
// About as many operations as a start and a day's work take.
constexpr std::uint64_t kFaultWithin = 120;

} // namespace

Tally& Tally::operator+=(const Tally& more) {
    cuts += more.cuts;
    errors += more.errors;
    full += more.full;
    groups += more.groups;
    commands += more.commands;
    kept += more.kept;
    dropped += more.dropped;
    begun_anew += more.begun_anew;
    flips += more.flips;
    harmless += more.harmless;
    noticed += more.noticed;
    return *this;
}

std::string to_text(const Tally& tally) {
    return fmt::format("power cuts {}, I/O errors {}, full disks {}; groups acknowledged {}, "
                       "commands {}; in doubt: kept {}, dropped {}; begun anew {}; "
                       "flipped bits {}: harmless {}, noticed {}",
                       tally.cuts, tally.errors, tally.full, tally.groups, tally.commands,
                       tally.kept, tally.dropped, tally.begun_anew, tally.flips, tally.harmless,
                       tally.noticed);
}

World::World(std::uint64_t seed, bool lies)
    : chance_(seed),
      env_(SimEnv::make(disk_, seed % 25 == 0 ? Settings::written : Settings::left_out)),
      names_(seed % 2 == 0 ? Names::ordered : Names::adversarial) {
    disk_.lie(lies);
    options_.env = env_.get();
    options_.write_buffer_bytes = seed % 3 == 0 ? 64 * 1024 : 4 * 1024 * 1024;
    options_.block_cache_bytes = 1024 * 1024;
    options_.file_opening_threads = 1;
}

Tally World::tally() const {
    Tally tally = tally_;
    tally.groups = ledger_.groups;
    return tally;
}

void World::blame(const std::string& what) {
    if (trouble_.empty())
        trouble_ = what;
}

Result<log::OpenedLog> World::open() {
    return log::open_rocksdb_log(files_, kBooks, going_on_.ids, options_);
}

// ---- lives
// ---------------------------------------------------------------------------------------

void World::live_and_look() {
    const std::uint64_t at = 1 + chance_() % kFaultWithin;
    const std::uint64_t kind = chance_() % 10;
    Faults faults;
    (kind < 7 ? faults.power_off_at : kind == 7 ? faults.full_at : faults.io_error_at) = at;
    (kind < 7 ? tally_.cuts : kind == 7 ? tally_.full : tally_.errors) += 1;
    disk_.set(faults);
    live();
    // Whatever failed, the process ends; after some failures the power goes too.
    if (kind < 7 || chance_() % 2 == 0)
        disk_.lose_power(chance_, names_);
    disk_.set({});
    look();
    if (chance_() % 4 == 0 && trouble_.empty())
        flip();
}

void World::live_in_peace() {
    disk_.set({});
    live();
    look();
}

void World::live() {
    auto opened = open();
    if (opened && opened->damage && !disk_.has_failed())
        blame("damaged without a fault: " + *opened->damage);
    else if (opened && !opened->damage)
        work(*opened->log);
    env_->run_background_work();
}

void World::work(log::FillableLog& log) {
    WitnessedLog witnessed(log, ledger_);
    Office office(witnessed, going_on_, chance_);
    if (!office.opened())
        return;
    for (auto groups = 3 + chance_() % 20; groups > 0 && office.work(); --groups)
        if (chance_() % 3 == 0)
            env_->run_background_work();
    tally_.commands += office.committed_commands();
}

// ---- after a fault
// -------------------------------------------------------------------------------

void World::look() {
    auto opened = open();
    if (opened && opened->damage) {
        // What a repair mends, nobody should have to repair: each of these faults is survived. But
        // before the first group anything may be half made, and is made anew.
        if (ledger_.groups > 0)
            return blame("damaged by a fault that is to be survived: " + *opened->damage);
        ++tally_.begun_anew;
        opened->log.reset();
        if (!files_.remove_all(kBooks) || !files_.make_directory(kBooks))
            return blame("an empty directory cannot be made anew");
        opened = open();
    }
    if (!opened || opened->damage)
        return blame("it does not open: " + (opened ? *opened->damage : opened.error().what));
    auto lines = read_lines(*opened->log);
    if (!lines)
        return blame("it cannot be read: " + lines.error().what);
    compare(*lines);
    audit(*opened->log);
    env_->run_background_work();
}

void World::compare(const Lines& lines) {
    if (lines == ledger_.acknowledged) {
        tally_.dropped += ledger_.in_doubt.has_value();
        ledger_.in_doubt.reset();
    } else if (ledger_.in_doubt) {
        ledger_.take_doubted();
        if (lines != ledger_.acknowledged)
            return blame("half of a group, or less than was acknowledged");
        ++tally_.kept;
    } else {
        return blame("not what was acknowledged");
    }
}

// Trees, envelopes, indexes and the sums of the books, by the code of `verify`.
void World::audit(const log::LogReader& log) {
    audit::Report report;
    for (const auto& [line, records] : ledger_.acknowledged) {
        audit::LedgerAudit ledger(report);
        audit::audit_line(
            log, {line, "line " + std::to_string(line), {}, {}},
            [&](const std::string& where, const RecordedEvent& event) {
                ledger.see(where, event);
                return true;
            },
            report);
    }
    if (!report.is_sound())
        blame(report.findings.front().where + ": " + report.findings.front().what);
}

// ---- a flipped bit
// -------------------------------------------------------------------------------

void World::flip() {
    const auto before = disk_.snapshot();
    const std::string where = disk_.flip_bit(chance_, kBooks);
    ++tally_.flips;
    {
        const auto opened = open();
        const auto lines = opened && !opened->damage
                               ? read_lines(*opened->log)
                               : fail(ErrorKind::corrupt, "noticed at the door");
        ++(lines ? tally_.harmless : tally_.noticed);
        if (lines && *lines != ledger_.acknowledged)
            blame("silent: " + where);
        env_->run_background_work();
    }
    disk_.restore(*before);
}

} // namespace daybook::simulation
