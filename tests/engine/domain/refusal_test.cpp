#include "engine/domain/refusal.h"

#include <gtest/gtest.h>
#include <set>

namespace daybook::domain {
namespace {

TEST(Refusal, SaysEachCodeInTwoLanguages) {
    std::set<std::string_view> names, sentences;
    for (std::size_t i = 0; i < kCodeCount; ++i) {
        const auto code = static_cast<Code>(i);
        SCOPED_TRACE(name_of(code));
        for (const Language language : {Language::english, Language::french}) {
            const std::string_view sentence = sentence_of(code, language);
            EXPECT_TRUE(sentence.ends_with('.'));
            EXPECT_GT(sentence.size(), 5U);
            EXPECT_TRUE(sentences.insert(sentence).second) << "said twice: " << sentence;
        }
        EXPECT_TRUE(names.insert(name_of(code)).second);
        EXPECT_EQ(name_of(code).find_first_not_of("abcdefghijklmnopqrstuvwxyz_"),
                  std::string_view::npos);
    }
    EXPECT_EQ(name_of(Code::invoice_not_draft), "invoice_not_draft");
    EXPECT_EQ(name_of(Code::as_of_in_future), "as_of_in_future");
}

} // namespace
} // namespace daybook::domain
