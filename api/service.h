// What handlers work with: the log, the views and the sequencer of one open data directory.
// Made by api/application.h; handlers borrow it for the length of a request.
// Threads: every member may be used from any thread.
#pragma once

#include "engine/command/directory.h"
#include "engine/command/submission.h"
#include "engine/log/blob_store.h"
#include "engine/log/line_writer.h"
#include "engine/log/signing_key.h"
#include "engine/ports.h"
#include "projections/views.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace daybook::api {

class Service {
  public:
    virtual ~Service() = default;

    virtual std::shared_ptr<const command::Directory> directory() const = 0;
    virtual const log::LogReader& log() const = 0;
    virtual log::EventLog& watchable_log() = 0; // For watch() and unwatch() only.
    virtual const projections::Views& views() const = 0;
    // Answers on the sequencer's thread once the group is durable and shown.
    virtual void submit(command::Submission submission, command::Done done) = 0;
    // Copies a line's records 1 … until into a line of its own, out of sight, in steps between
    // commands; tells how far it is, then which line, or what went wrong (and nothing is left).
    using Copied = std::function<void(Revision done)>;
    struct CopiedLine {
        log::LineNumber line = 0;
        std::vector<log::IndexPut> series; // How far its series came: for ShowLine::known.
    };
    using CopyEnded = std::function<void(Result<CopiedLine>)>;
    virtual void copy_line(log::LineNumber source, Revision until, Copied told,
                           CopyEnded ended) = 0;
    // Calls back once the views show what is in the log now, or cannot.
    virtual void when_shown(std::function<void()> then) = 0;
    // Runs later on a worker thread, one at a time: imports, rebuilds.
    virtual void work(std::function<void()> job) = 0;
    // The bytes of attached files.
    virtual log::BlobStore& blobs() = 0;
    // Runs soon on a thread of its own, one at a time: what waits for the disk, and briefly.
    virtual void file_work(std::function<void()> job) = 0;

    // The head of the line when it had that many records, signed now (engine/log/checkpoint.h);
    // those that were kept, oldest first.
    virtual Result<std::string> checkpoint(const command::CompanyLine& where, Revision size) = 0;
    virtual Result<std::vector<std::string>>
    kept_checkpoints(const command::CompanyLine& where) = 0;
    virtual log::PublicKey public_key() const = 0;

    virtual Clock& clock() = 0;
    virtual IdSource& ids() = 0;
    virtual std::optional<Date> local_date(Timestamp at, const std::string& zone) const = 0;
    virtual const Uuid& realm() const = 0;
    virtual const std::string& software() const = 0; // "daybook 0.1.0"
    virtual const std::string& data_directory() const = 0;
    // Why only reads are served (damaged log, full disk); nothing when all is well.
    virtual std::optional<std::string> damage() const = 0;
    // Whether it is known which companies there are; else nothing can be read of any.
    virtual bool knows_companies() const { return true; }
    // Why nothing is written though nothing is damaged: the clock cannot be right.
    virtual std::optional<std::string> clock_trouble() const = 0;
    virtual std::uint64_t disk_free() const = 0;

    // Fills a line out of sight with `step`, called on the writer's thread between commands until
    // it says true; then the line waits to be shown (command::ShowLine) or dropped. A step that
    // fails leaves nothing.
    using Filled = std::function<void(Result<log::LineNumber>)>;
    using FillStep = std::function<Result<bool>(log::FillableLog& log, log::LineNumber line)>;
    virtual void fill_line(FillStep step, Filled filled) = 0;
    virtual void drop_line(log::LineNumber line) = 0;
};

} // namespace daybook::api
