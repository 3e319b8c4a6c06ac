#include "engine/domain/changed.h"

#include "tests/support/builders.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using Names = std::vector<std::string>;

TEST(ChangedFields, NamesFieldsTwoLevelsDeepInTheirOrder) {
    const CompanyProfile before = french_company();
    CompanyProfile after = before;
    EXPECT_EQ(domain::changed_fields(before, after), Names{});
    after.vat_due = VatDue::payment;
    after.party.address.city = "Nantes";
    after.party.name = "Autre";
    after.default_terms.days = 60;
    EXPECT_EQ(domain::changed_fields(before, after),
              (Names{"party.name", "party.address", "vat_due", "default_terms.days"}));
}

TEST(ChangedFields, NamesAListOrAnOptionalFieldAsAWhole) {
    const ClientProfile before = business("A");
    ClientProfile after = before;
    after.custom = {{"colour", "blue"}};
    after.party.bank = BankAccount{"FR76", "X"};
    EXPECT_EQ(domain::changed_fields(before, after), (Names{"party.bank", "custom"}));
}

} // namespace
} // namespace daybook::tests
