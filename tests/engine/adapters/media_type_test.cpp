#include "engine/adapters/media_type.h"

#include <gtest/gtest.h>

namespace daybook {
namespace {

TEST(MediaType, IsWhatTheBytesSay) {
    EXPECT_EQ(sniff_media_type("%PDF-1.7\n"), "application/pdf");
    EXPECT_EQ(
        sniff_media_type(std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6", 26)),
        "image/png");
    EXPECT_EQ(sniff_media_type("<!DOCTYPE html><html><script>alert(1)</script></html>"),
              "text/html");
    EXPECT_EQ(
        sniff_media_type("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        "image/svg+xml");
    EXPECT_EQ(sniff_media_type("plain words\n"), "text/plain");
    EXPECT_EQ(sniff_media_type(std::string("\0\1\2\3\xFE", 5)), "application/octet-stream");
}

} // namespace
} // namespace daybook
