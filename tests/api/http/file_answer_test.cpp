#include "api/http/file_answer.h"

#include "engine/log/merkle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daybook::api {
namespace {

using ::testing::Contains;
using ::testing::Pair;

// A file that exists only here.
class TextFile final : public ReadableFile {
  public:
    explicit TextFile(std::string text) : text_(std::move(text)) {}
    Result<std::uint64_t> size() const override { return text_.size(); }
    Result<std::string> read_at(std::uint64_t offset, std::size_t bytes) const override {
        return text_.substr(static_cast<std::size_t>(offset), bytes);
    }

  private:
    std::string text_;
};

FileToSend file_of(const std::string& text, const std::string& stored) {
    return {std::make_shared<TextFile>(stored), "café.txt", "text/plain", log::sha256(text)};
}

std::string read(Response response) {
    std::string text;
    if (response.stream)
        while (response.stream->next(text) != BodyStream::State::end) {
        }
    return text;
}

Request asking(std::vector<Header> headers) {
    Request request;
    request.headers = std::move(headers);
    return request;
}

TEST(FileAnswer, SendsTheWholeWithNameDigestAndLength) {
    auto answer = file_answer(asking({}), file_of("hello", "hello"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->stream_size, 5);
    EXPECT_THAT(
        answer->headers,
        Contains(Pair("Content-Disposition",
                      "attachment; filename=\"caf_.txt\"; filename*=UTF-8''caf%C3%A9.txt")));
    EXPECT_THAT(
        answer->headers,
        Contains(Pair("Repr-Digest", "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:")));
    EXPECT_EQ(read(*std::move(answer)), "hello");
}

TEST(FileAnswer, SendsExactlyTheBytesOfOneRange) {
    struct Case {
        std::string range, content_range, text;
    };
    for (const Case& c : {Case{"bytes=0-0", "bytes 0-0/5", "h"},
                          {"bytes=1-3", "bytes 1-3/5", "ell"},
                          {"bytes=3-", "bytes 3-4/5", "lo"},
                          {"bytes=-2", "bytes 3-4/5", "lo"},
                          {"bytes=-99", "bytes 0-4/5", "hello"},
                          {"bytes=2-99", "bytes 2-4/5", "llo"}}) {
        auto answer = file_answer(asking({{"range", c.range}}), file_of("hello", "hello"));
        ASSERT_TRUE(answer) << c.range;
        EXPECT_EQ(answer->status, 206) << c.range;
        EXPECT_EQ(answer->stream_size, c.text.size()) << c.range;
        EXPECT_THAT(answer->headers, Contains(Pair("Content-Range", c.content_range)));
        EXPECT_EQ(read(*std::move(answer)), c.text) << c.range;
    }
}

TEST(FileAnswer, SendsTheWholeWhereARangeMeansNothing) {
    for (const char* range :
         {"lines=1-2", "bytes=", "bytes=3-1", "bytes=x-2", "bytes=1-x", "bytes=0-1,3-4", "bytes=1",
          "bytes=+1-2", "bytes=99999999999999999999-"}) {
        auto answer = file_answer(asking({{"range", range}}), file_of("hello", "hello"));
        ASSERT_TRUE(answer) << range;
        EXPECT_EQ(answer->status, 200) << range;
        EXPECT_EQ(read(*std::move(answer)), "hello") << range;
    }
}

TEST(FileAnswer, RefusesARangeOutsideTheFileAndSaysHowLongItIs) {
    for (const char* range : {"bytes=5-", "bytes=5-9", "bytes=-0"}) {
        const auto answer = file_answer(asking({{"range", range}}), file_of("hello", "hello"));
        ASSERT_FALSE(answer) << range;
        EXPECT_EQ(answer.error().status, 416);
        EXPECT_EQ(answer.error().code, "range_not_satisfiable");
        EXPECT_THAT(answer.error().headers, Contains(Pair("Content-Range", "bytes */5")));
    }
}

TEST(FileAnswer, GivesARangeOnlyOfTheFileThatTheReaderKnows) {
    const std::string etag = file_etag(log::sha256("hello"));
    const auto status = [&](const std::string& if_range) {
        auto answer = file_answer(asking({{"range", "bytes=1-2"}, {"if-range", if_range}}),
                                  file_of("hello", "hello"));
        return answer ? answer->status : answer.error().status;
    };
    EXPECT_EQ(status(etag), 206);
    EXPECT_EQ(status("\"another\""), 200);
    EXPECT_EQ(status("W/" + etag), 200);
    EXPECT_EQ(status("Sun, 22 Nov 2026 00:00:00 GMT"), 200);
}

TEST(FileAnswer, SaysNotModifiedToWhoHasIt) {
    const auto answer = file_answer(asking({{"if-none-match", file_etag(log::sha256("hello"))}}),
                                    file_of("hello", "hello"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 304);
    EXPECT_FALSE(answer->stream);
}

TEST(FileAnswer, NeverCompletesBytesThatAreNotThoseOfTheDigest) {
    auto altered = file_answer(asking({}), file_of("hello", "hallo"));
    ASSERT_TRUE(altered);
    EXPECT_THROW(read(*std::move(altered)), std::runtime_error);
}

TEST(FileAnswer, SendsAnEmptyFile) {
    const auto answer = file_answer(asking({}), file_of("", ""));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_FALSE(answer->stream);
}

TEST(FileName, IsReadFromAHeaderInEitherForm) {
    EXPECT_EQ(parse_file_name("UTF-8''caf%C3%A9%20noir.pdf"), "café noir.pdf");
    EXPECT_EQ(parse_file_name("utf-8'fr'caf%C3%A9.pdf"), "café.pdf");
    EXPECT_EQ(parse_file_name("café.pdf"), "café.pdf");
    EXPECT_EQ(parse_file_name("l'an 'quarante'.pdf"), "l'an 'quarante'.pdf");
    EXPECT_EQ(parse_file_name("UTF-8''%E2%80%AEfdp.exe"), "fdp.exe");
    EXPECT_EQ(parse_file_name("UTF-8''..%2F..%2Fetc%2Fpasswd"), "passwd");
    EXPECT_EQ(parse_file_name("C:\\Users\\x\\a.pdf"), "a.pdf");
    EXPECT_EQ(parse_file_name("UTF-8''a%0D%0Ab"), "ab");
    EXPECT_EQ(parse_file_name(std::string(300, 'x'))->size(), 200);
    for (const char* bad : {"UTF-8''%C3", "UTF-8''%zz", "UTF-8''%E", "", "  ", "..", "a/"})
        EXPECT_FALSE(parse_file_name(bad)) << bad;
}

TEST(FileName, IsWrittenSoThatItCannotBreakOut) {
    const auto written = [](std::string_view name) {
        return content_disposition(Disposition::attachment, name);
    };
    EXPECT_EQ(written("a.pdf"), "attachment; filename=\"a.pdf\"");
    EXPECT_EQ(written("a\"; x=\"b"),
              "attachment; filename=\"a_; x=_b\"; filename*=UTF-8''a%22%3B%20x%3D%22b");
    EXPECT_EQ(written("a\r\nSet-Cookie: b"), "attachment; filename=\"aSet-Cookie: b\"");
    EXPECT_EQ(content_disposition(Disposition::in_page, "a.png"), "inline; filename=\"a.png\"");
}

} // namespace
} // namespace daybook::api
