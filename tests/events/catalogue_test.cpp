#include "events/catalogue.h"

#include "events/base/reflect.h"
#include "tests/events/sample.h"
#include "tests/events/schema/flatc.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace daybook::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Catalogue, NamesEveryEventAfterItsType) {
    std::size_t index = 0;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, AnyEvent>>(
        [&](auto event) {
            const std::string name = table_name<typename decltype(event)::type>();
            EXPECT_EQ(catalogue()[index].name, name);
            EXPECT_EQ(find_event_type(name), index);
            EXPECT_EQ(info_of(sample_event(index)).name, name);
            ++index;
        });
    EXPECT_EQ(catalogue().size(), index);
    EXPECT_EQ(find_event_type("InvoiceSung"), std::nullopt);
    EXPECT_EQ(find_event_type(""), std::nullopt);
}

TEST(Catalogue, TellsEveryEventInTwoLanguages) {
    for (const EventInfo& info : catalogue()) {
        EXPECT_FALSE(info.english.empty()) << info.name;
        EXPECT_FALSE(info.french.empty()) << info.name;
        EXPECT_NE(info.english, info.french) << info.name;
    }
}

TEST(Catalogue, FillsEveryPlaceInASentence) {
    for (std::size_t i = 0; i < kEventCount; ++i)
        for (const Language language : {Language::english, Language::french}) {
            const std::string told = sentence(sample_event(i), language, 2);
            EXPECT_THAT(told, Not(HasSubstr("–"))) << catalogue()[i].name;
            EXPECT_THAT(told, Not(HasSubstr("{"))) << catalogue()[i].name;
            EXPECT_THAT(told, Not(HasSubstr("\""))) << "a place names a text: " << told;
        }
}

// Both languages say the same: they fill in the same fields, as often.
TEST(Catalogue, FillsTheSameFieldsInBothLanguages) {
    const auto places = [](std::string_view pattern) {
        std::multiset<std::string_view> names;
        for (std::size_t at = 0; (at = pattern.find('{', at)) != std::string_view::npos; ++at)
            names.insert(pattern.substr(at, pattern.find('}', at) - at));
        return names;
    };
    for (const EventInfo& info : catalogue())
        EXPECT_EQ(places(info.english), places(info.french)) << info.name;
}

TEST(Catalogue, KeepsWhatTheDomainCallsIrrevocable) {
    const auto kept = [](std::string_view name) {
        return catalogue()[*find_event_type(name)].kept;
    };
    for (const char* name :
         {"InvoiceIssued",     "InvoiceWrittenOff", "WriteOffReversed",   "CreditNoteIssued",
          "CreditAllocated",   "CreditUnallocated", "CreditRefunded",     "CreditRefundReversed",
          "PaymentRecorded",   "PaymentAllocated",  "PaymentUnallocated", "PaymentRefunded",
          "RefundReversed",    "PaymentReversed",   "SeriesAdvanced",     "SeriesClosed",
          "PeriodLocked",      "PeriodUnlocked",    "PeriodClosed",       "CompanyRetired",
          "CompanyReinstated", "CompanyCopied",     "CompanyRestored",    "CompanyReplaced",
          "LossAccepted",      "CompanyActivated",  "CompanyRolledBack",  "Returned",
          "FileErased",        "PersonErased",      "DocumentRendered",   "DocumentSent",
          "DeliveryReported",  "LifecycleReported"})
        EXPECT_EQ(kept(name), Kept::always) << name;
    for (const char* name : {"InvoiceImported", "CreditNoteImported", "PaymentImported"})
        EXPECT_EQ(kept(name), Kept::once_touched) << name;
    for (const char* name :
         {"CompanyCreated", "CompanyChanged", "ClientCreated", "ClientsMerged", "ProductChanged",
          "InvoiceDrafted", "InvoiceChanged", "InvoiceVoided", "InvoiceAnnotated",
          "PaymentAnnotated", "SeriesDefined", "SeriesChanged", "TaxRateDefined", "TermsDefined",
          "FileAttached", "FileDetached", "ImportRecorded"})
        EXPECT_EQ(kept(name), Kept::no) << name;
}

TEST(Catalogue, IsWhatTheReadmeSays) {
    constexpr const char* kRollback[] = {"goes back", "kept", "kept once touched"};
    std::string table;
    for (const EventInfo& info : catalogue())
        table += fmt::format("| {} | {} | {} | {} |\n",
                             info.entity == EntityKind::none ? "any" : enum_name(info.entity),
                             info.name, info.english, kRollback[static_cast<int>(info.kept)]);
    EXPECT_THAT(read_file(DAYBOOK_SOURCE_DIR "/events/README.md"), HasSubstr(table));
}

TEST(Sentence, ShowsAmountsWithTheDigitsOfTheirCurrency) {
    InvoiceIssued invoice;
    invoice.frozen.number = "FA-2026-000001";
    invoice.frozen.document.currency.code = "EUR";
    invoice.frozen.totals.total = {125'275};
    EXPECT_EQ(sentence(invoice, Language::english, 2),
              "Invoice FA-2026-000001 was issued: 1252.75 EUR");
    invoice.frozen.document.currency.code = "JPY";
    EXPECT_EQ(sentence(invoice, Language::french, 2),
              "La facture FA-2026-000001 a été émise : 125275 JPY");
    EXPECT_EQ(sentence(CompanyChanged{.changed = {"locale", "time_zone"}}, Language::english, 2),
              "The company was changed: locale, time_zone");
}

} // namespace
} // namespace daybook::tests
