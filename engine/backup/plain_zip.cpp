#include "engine/backup/plain_zip.h"

#include "events/base/check.h"

namespace daybook::backup {

void PlainZip::begin(const std::string& name, std::string& out) {
    CHECK(!deflater_, "entries are written one after the other");
    entry_ = {name, true, 0, 0, 0, sent_};
    deflater_.emplace();
    const std::string header = local_header(entry_);
    sent_ += header.size();
    out += header;
}

void PlainZip::write(std::string_view content, std::string& out) {
    CHECK(deflater_.has_value(), "an entry was begun");
    entry_.size += content.size();
    entry_.crc = crc32_of(content, entry_.crc);
    const std::size_t before = out.size();
    deflater_->add(content, out);
    entry_.stored += out.size() - before;
    sent_ += out.size() - before;
}

void PlainZip::end(std::string& out) {
    CHECK(deflater_.has_value(), "an entry was begun");
    const std::size_t before = out.size();
    deflater_->end(out);
    entry_.stored += out.size() - before;
    out += data_descriptor(entry_);
    sent_ += out.size() - before;
    entries_.push_back(entry_);
    deflater_.reset();
}

void PlainZip::finish(std::string& out) {
    CHECK(!deflater_, "the last entry was ended");
    Ending ending{entries_.size(), 0, sent_};
    for (const ZipEntry& entry : entries_) {
        const std::string header = central_header(entry);
        ending.directory_bytes += header.size();
        out += header;
    }
    out += plain_ending_text(ending);
}

} // namespace daybook::backup
