#include "api/handlers/list_cursor.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::api {
namespace {

RC_GTEST_PROP(ListCursor, IsReadAsItWasWrittenAndForItsQuestionOnly, ()) {
    const auto position = *rc::gen::nonEmpty<std::string>();
    const auto days = *rc::gen::inRange<std::int32_t>(kFirstDate.days, kLastDate.days);
    const ListCursor cursor{*rc::gen::arbitrary<std::uint64_t>(), Date{days},
                            *rc::gen::arbitrary<bool>(), position};
    const std::string text = encode_cursor(cursor, "invoices");
    RC_ASSERT(decode_cursor(text, "invoices") == cursor);
    RC_ASSERT(!decode_cursor(text, "payments"));
    RC_ASSERT(text.find_first_of("+/= ") == std::string::npos);
}

RC_GTEST_PROP(ListCursor, OfAnybodyElseIsRefusedQuietly, (const std::string& text)) {
    RC_ASSERT(!decode_cursor(text, "invoices"));
}

} // namespace
} // namespace daybook::api
