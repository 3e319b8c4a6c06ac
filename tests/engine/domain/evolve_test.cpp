#include "engine/domain/states.h"
#include "events/catalogue.h"
#include "tests/support/builders.h"

#include <boost/mp11.hpp>
#include <gtest/gtest.h>
#include <variant>
#include <vector>

namespace daybook::tests {
namespace {

using namespace domain;

template <class S>
S after(State state, const Event& event) {
    const auto result = evolve(std::move(state), event);
    EXPECT_TRUE(result.has_value()) << info_of(event).name;
    return result ? std::get<S>(*result) : S{};
}

// One of each alternative of a variant, empty.
template <class Whole, class Variant>
std::vector<Whole> one_of_each() {
    std::vector<Whole> all;
    boost::mp11::mp_for_each<boost::mp11::mp_iota_c<std::variant_size_v<Variant>>>([&](auto index) {
        all.emplace_back(std::variant_alternative_t<decltype(index)::value, Variant>{});
    });
    return all;
}

// `Returned` is resolved by whoever folds; line 0 is no company's book, though it tells of
// companies.
bool is_about_no_thing_here(const Event& event) {
    return std::holds_alternative<Returned>(event) || std::holds_alternative<CompanyOpened>(event)
           || std::holds_alternative<LineActivated>(event)
           || std::holds_alternative<CompanyClosed>(event)
           || info_of(event).entity > EntityKind::timeline;
}

// Total and consistent: an event makes or changes a thing of the kind that the catalogue says, and
// never one of another kind.
TEST(Evolve, FitsEachEventToTheKindOfTheCatalogue) {
    const auto states = one_of_each<State, AnyState>();
    for (const Event& event : one_of_each<Event, AnyEvent>()) {
        const EntityKind kind = info_of(event).entity;
        SCOPED_TRACE(info_of(event).name);
        int fits = 0;
        for (const State& before : states) {
            const auto after = evolve(before, event);
            fits += after.has_value();
            EXPECT_TRUE(after || after.error().kind == ErrorKind::corrupt);
            EXPECT_TRUE(!after || kind == EntityKind::none || kind_of(*after) == kind);
        }
        EXPECT_EQ(fits > 0, !is_about_no_thing_here(event));
    }
}

TEST(Evolve, RefusesWhatDoesNotFit) {
    const State company = CompanyState{};
    EXPECT_FALSE(evolve(company, CompanyCreated{}).has_value()); // There already.
    EXPECT_FALSE(evolve({}, CompanyChanged{}).has_value());      // Not there.
    EXPECT_FALSE(evolve(company, InvoiceVoided{}).has_value());
    EXPECT_FALSE(evolve(company, Returned{1}).has_value()); // Whoever folds resolves it.
    EXPECT_FALSE(evolve(company, ServerStarted{}).has_value());
    const auto misfit = evolve(company, InvoiceVoided{});
    EXPECT_EQ(misfit.error().what, "InvoiceVoided cannot happen to company");
}

TEST(Evolve, FollowsACompanyThroughItsLives) {
    CompanyState company = after<CompanyState>({}, CompanyCreated{french_company()});
    EXPECT_EQ(company.profile, french_company());
    CompanyRestored restored;
    restored.fork.mode = BookMode::standby;
    EXPECT_EQ(after<CompanyState>(company, restored).mode, BookMode::standby);
    EXPECT_EQ(after<CompanyState>(after<CompanyState>(company, restored), CompanyActivated{}).mode,
              BookMode::live);
    EXPECT_TRUE(after<CompanyState>(company, CompanyRetired{}).retired);
    EXPECT_FALSE(
        after<CompanyState>(after<CompanyState>(company, CompanyRetired{}), CompanyReinstated{})
            .retired);
    EXPECT_TRUE(after<CompanyState>(company, CompanyArchived{}).archived);
}

TEST(Evolve, KeepsWhatHasEndedWithItsDate) {
    Receipt receipt;
    receipt.amount = amount("10");
    receipt.allocations = {{.id = id<AllocationId>(1), .amount = amount("4")},
                           {.id = id<AllocationId>(2), .amount = amount("5")}};
    PaymentState payment = after<PaymentState>({}, PaymentRecorded{receipt});
    ASSERT_EQ(payment.allocations.size(), 2U);
    payment = after<PaymentState>(payment, PaymentUnallocated{id<AllocationId>(1), kToday});
    EXPECT_EQ(payment.allocations[0].ended_on, kToday);
    EXPECT_FALSE(payment.allocations[1].ended_on.has_value());
    const Date later = add_days(kToday, 1);
    payment = after<PaymentState>(payment, PaymentReversed{.reversed_on = later});
    EXPECT_EQ(payment.allocations[0].ended_on, kToday);
    EXPECT_EQ(payment.allocations[1].ended_on, later);
    EXPECT_EQ(payment.receipt, receipt);
}

TEST(Evolve, ShowsADraftThatCannotBeCalculatedWithoutTotals) {
    Document document = document_of(french_walk());
    document.currency = {"XXX"};
    const InvoiceState invoice = after<InvoiceState>({}, InvoiceDrafted{document, {}, {}});
    EXPECT_EQ(invoice.content.document, document);
    EXPECT_EQ(invoice.content.totals, Totals{});
}

TEST(Evolve, TakesAnImportAsItWasStated) {
    Imported imported;
    imported.frozen.number = "536365";
    imported.stated_status = "open";
    const InvoiceState invoice = after<InvoiceState>({}, InvoiceImported{imported});
    EXPECT_TRUE(invoice.imported);
    EXPECT_EQ(invoice.stage, InvoiceStage::issued);
    EXPECT_EQ(invoice.content, imported.frozen);
    EXPECT_EQ(invoice.stated_status, "open");
}

} // namespace
} // namespace daybook::tests
