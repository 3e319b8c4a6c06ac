// HEAD: the file that says how far the log was acknowledged.
//
// Two slots of 4 KiB, written alternately (group n goes to slot n mod 2), so that a torn write can
// only hurt the older promise. The file is laid out once and never changes its length; each write
// is synced after the log and before anybody is answered.
//
//     slot    0   8  "DAYBHEAD"
//             8  u32 format, 1
//            12  u32 zero
//            16  16  realm: the installation, a UUID made at the first start
//            32  u64 group
//            40  32  chain(group)
//            72  u64 bytes of all records up to that group
//            80  u32 CRC-32C of bytes 0 to 79
//            84      zeros to 4,096
#pragma once

#include "engine/files.h"
#include "engine/log/group_chain.h"

namespace daybook::log {

inline constexpr std::size_t kSlotBytes = 4096;
inline constexpr std::uint32_t kHeadFormat = 1;

std::string encode_slot(const ChainPosition& position);
// Nothing unless the checksum fits, and the format is this release's.
std::optional<ChainPosition> decode_slot(std::string_view slot);

// The newer of the sound slots. ErrorKind::corrupt when neither is sound, ErrorKind::unsupported
// when a sound one was written by a newer release.
Result<ChainPosition> decode_head(std::string_view file);

// Lays the file out with the same position in both slots.
Result<void> create_head(Files& files, const std::string& path, const ChainPosition& position);

// The file as the writer of the log holds it.
class HeadFile {
  public:
    static Result<HeadFile> open(Files& files, const std::string& path);
    // Durable when it returns. After a failure nobody knows what the slot holds.
    Result<void> write(const ChainPosition& position);

  private:
    explicit HeadFile(std::unique_ptr<WritableFile> file) : file_(std::move(file)) {}
    std::unique_ptr<WritableFile> file_;
};

} // namespace daybook::log
