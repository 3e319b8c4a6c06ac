#include "engine/backup/zip_writer.h"

#include "engine/backup/limits.h"
#include "engine/log/merkle.h"
#include "events/base/check.h"

namespace daybook::backup {
namespace {

constexpr std::size_t kBufferBytes = 256 * 1024;

} // namespace

Result<EntryDigest> ZipWriter::add(const std::string& name, std::string_view content) {
    CHECK(!open_ && is_entry_name(name),
          "entries are written one after the other, under our names");
    if (content.size() > kStoredBytesMax)
        return fail(ErrorKind::unsupported, name + ": more than 4 GiB in one entry");
    const ZipEntry entry{name, false, crc32_of(content), content.size(), content.size(), bytes()};
    put(local_header(entry));
    put(content);
    TRY(flush_when_full());
    return close(entry, log::sha256(content));
}

Result<void> ZipWriter::begin(const std::string& name) {
    CHECK(!open_ && is_entry_name(name),
          "entries are written one after the other, under our names");
    open_.emplace();
    open_->entry.name = name;
    open_->entry.deflated = true;
    open_->entry.at = bytes();
    put(local_header(open_->entry));
    return {};
}

Result<void> ZipWriter::begin_stored(const std::string& name, std::uint64_t size,
                                     std::uint32_t crc) {
    CHECK(!open_ && is_entry_name(name),
          "entries are written one after the other, under our names");
    if (size > kStoredBytesMax)
        return fail(ErrorKind::unsupported, name + ": more than 4 GiB in one entry");
    open_.emplace();
    open_->entry.name = name;
    open_->entry.at = bytes();
    open_->expected_size = size;
    open_->expected_crc = crc;
    put(local_header({name, false, crc, size, size, bytes()}));
    return {};
}

Result<void> ZipWriter::write(std::string_view content) {
    CHECK(open_.has_value(), "an entry was begun");
    ZipEntry& entry = open_->entry;
    entry.size += content.size();
    entry.crc = crc32_of(content, entry.crc);
    open_->digest.add(content);
    const std::uint64_t before = buffer_.size();
    if (entry.deflated)
        open_->deflater.add(content, buffer_);
    else
        put(content);
    entry.stored += buffer_.size() - before;
    return flush_when_full();
}

Result<EntryDigest> ZipWriter::end() {
    CHECK(open_.has_value(), "an entry was begun");
    const bool deflated = open_->entry.deflated;
    if (!deflated
        && (open_->entry.size != open_->expected_size || open_->entry.crc != open_->expected_crc))
        return fail(ErrorKind::corrupt, open_->entry.name + ": it changed while it was read");
    const std::uint64_t before = buffer_.size();
    if (deflated)
        open_->deflater.end(buffer_);
    open_->entry.stored += buffer_.size() - before;
    put(data_descriptor(open_->entry));
    const Hash digest = open_->digest.end();
    const ZipEntry entry = std::move(open_->entry);
    open_.reset();
    TRY(flush_when_full());
    return close(entry, digest);
}

EntryDigest ZipWriter::close(ZipEntry entry, const Hash& digest) {
    EntryDigest closed{entry.name, entry.size, digest};
    entries_.push_back(std::move(entry));
    return closed;
}

Result<Hash> ZipWriter::finish() {
    CHECK(!open_, "the last entry was ended");
    if (entries_.size() > kEntriesMax)
        return fail(ErrorKind::unsupported, "more entries than a backup may have");
    Ending ending{entries_.size(), 0, bytes()};
    for (const ZipEntry& entry : entries_) {
        put(central_header(entry));
        TRY(flush_when_full());
    }
    ending.directory_bytes = bytes() - ending.directory_at;
    put(ending_text(ending));
    TRY(flush());
    put(to_hex(digest_.so_far()));
    TRY(flush());
    return digest_.end();
}

Result<void> ZipWriter::flush_when_full() {
    if (buffer_.size() >= kBufferBytes)
        return flush();
    return {};
}

Result<void> ZipWriter::flush() {
    digest_.add(buffer_);
    TRY(file_.write_at(flushed_, buffer_));
    flushed_ += buffer_.size();
    buffer_.clear();
    return {};
}

} // namespace daybook::backup
