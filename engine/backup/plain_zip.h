// An ordinary ZIP of deflated files, made of the same bytes as a backup but without seal and
// without its names: for what people download.
#pragma once

#include "engine/backup/deflate.h"
#include "engine/backup/zip_format.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::backup {

// Everything is appended to `out`, piece by piece; memory holds the directory.
class PlainZip {
  public:
    void begin(const std::string& name, std::string& out);
    void write(std::string_view content, std::string& out);
    void end(std::string& out);
    void finish(std::string& out);

  private:
    std::uint64_t sent_ = 0;
    ZipEntry entry_;
    std::optional<Deflater> deflater_;
    std::vector<ZipEntry> entries_;
};

} // namespace daybook::backup
