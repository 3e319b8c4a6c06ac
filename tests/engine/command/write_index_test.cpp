// Keys and rows of the sequencer's indexes: they are written to disk, so their bytes are promised.
#include "engine/command/write_index.h"
#include "tests/support/builders.h"
#include "tests/support/ok.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::tests {
namespace {

using namespace command;
using namespace std::string_literals;

const EntityRef kInvoice{EntityKind::invoice, uuid(0x0102)};
const EntityRef kPayment{EntityKind::payment, uuid(0x0304)};
const std::string kInvoiceBytes =
    static_cast<char>(EntityKind::invoice) + "\0\0\0\0\0\0\x70\0\x80\0\0\0\0\0\x01\x02"s;
const std::string kPaymentBytes =
    static_cast<char>(EntityKind::payment) + "\0\0\0\0\0\0\x70\0\x80\0\0\0\0\0\x03\x04"s;

TEST(WriteIndex, HasTheBytesItPromises) {
    EXPECT_EQ(thing_prefix(kInvoice), kInvoiceBytes);
    EXPECT_EQ(thing_key(kInvoice, 258), kInvoiceBytes + "\0\0\x01\x02"s);
    EXPECT_EQ(touch_key(kInvoice, kPayment), kInvoiceBytes + kPaymentBytes);
    EXPECT_EQ(series_key({uuid(0x0102)}, "2026"),
              "series\0"s + kInvoiceBytes.substr(1) + "\0002026"s);
    EXPECT_EQ(revision_value(258), "\0\0\0\0\0\0\x01\x02"s);
    EXPECT_EQ(position_value({7, Date{1}}), "\0\0\0\0\0\0\0\x07\0\0\0\x01"s);
    EXPECT_EQ(position_value({7, {}}).size(), 8U);
}

RC_GTEST_PROP(WriteIndex, ReadsWhatItWrote, ()) {
    const auto revision = *rc::gen::arbitrary<Revision>();
    RC_ASSERT(ok(parse_revision(revision_value(revision))) == revision);
    const domain::SeriesPosition dated{*rc::gen::arbitrary<std::uint64_t>(),
                                       Date{*rc::gen::arbitrary<std::int32_t>()}};
    const auto read = ok(parse_position(position_value(dated)));
    RC_ASSERT(read.last == dated.last);
    RC_ASSERT(read.last_issued_on == dated.last_issued_on);
    RC_ASSERT(ok(parse_ref(ref_value(kInvoice))) == kInvoice);
}

TEST(WriteIndex, CallsOtherBytesCorrupt) {
    for (const std::string& bytes : {""s, "x"s, std::string(9, 'x'), std::string(18, 'x')}) {
        EXPECT_EQ(kind_of_failure(parse_revision(bytes)), ErrorKind::corrupt);
        EXPECT_EQ(kind_of_failure(parse_ref(bytes)), ErrorKind::corrupt);
        EXPECT_EQ(kind_of_failure(parse_position(bytes)), ErrorKind::corrupt);
    }
}

TEST(WriteIndex, KeepsTheKeysOfEachActorApart) {
    Actor one, other;
    one.name = "ab";
    other.name = "a";
    EXPECT_EQ(command_key(one, "c"), command_key(one, "c"));
    EXPECT_NE(command_key(one, "c"), command_key(other, "bc"));
    other = one;
    other.realm = uuid(1);
    EXPECT_NE(command_key(one, "c"), command_key(other, "c"));
}

TEST(WriteIndex, ReadsTheKeyOfASeriesBack) {
    const SeriesFloor floor = ok(parse_series_key(series_key(kInvoiceSeries, "2026-03")));
    EXPECT_EQ(floor.series_id, kInvoiceSeries);
    EXPECT_EQ(floor.period, "2026-03");
    EXPECT_EQ(kind_of_failure(parse_series_key("series")), ErrorKind::corrupt);
    EXPECT_EQ(kind_of_failure(parse_series_key(kDocumentsKey)), ErrorKind::corrupt);
}

} // namespace
} // namespace daybook::tests
