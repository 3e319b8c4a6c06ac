// Makes a backup: one file, streamed in constant memory while people go on working, for records
// never change and the moment is chosen before. Written aside (FILE.partial), synced, read back and
// verified as anybody else would, then renamed: a file under its name is a verified backup.
#pragma once

#include "engine/backup/attachment_writer.h"
#include "engine/backup/origin.h"
#include "engine/backup/readable.h"
#include "engine/backup/subject.h"
#include "engine/backup/zip_reader.h"
#include "engine/log/event_log.h"
#include "engine/ports.h"
#include "events/schema_files.h"

#include <string>

namespace daybook::backup {

struct Written {
    std::uint64_t bytes = 0;
    Hash sha256; // Of the file.
    Manifest manifest;
    ForkParent of; // The books (origin.h).
    AttachmentsWritten attachments;
};

struct WriterPorts {
    Files& files;
    LargeFiles& large_files;
    const log::LogReader& log;
    const log::SigningKey& key;
    IdSource& ids;                         // For an opening log, which is a line of its own.
    const log::BlobStore* blobs = nullptr; // None: no attachment is there.
};

// ErrorKind::conflict when there is a file of that name: nothing is overwritten. Whatever
// goes wrong, nothing is left behind but what a crash leaves: FILE.partial, which the next run
// replaces. `progress` counts events of the subject, twice: written and read back; without history,
// surveyed and told (opening_log.h).
Result<Written> write_backup(const WriterPorts& ports, const std::string& path,
                             const Subject& subject, const Options& options,
                             const Readable& readable, const Progress& progress = nullptr,
                             std::span<const SchemaFile> schema = schema_files());

} // namespace daybook::backup
