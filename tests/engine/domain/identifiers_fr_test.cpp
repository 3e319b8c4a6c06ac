#include "engine/domain/identifiers_fr.h"

#include <gtest/gtest.h>
#include <string>

namespace daybook::domain {

// So that a failure says the flaw and not its bytes.
static void PrintTo(IdentifierFlaw flaw, std::ostream* out) { *out << static_cast<int>(flaw); }

namespace {

using enum IdentifierFlaw;

TEST(Siren, HasNineDigitsAndLuhnsCheckDigit) {
    EXPECT_EQ(siren_flaw("404833048"), none);
    EXPECT_EQ(siren_flaw("732829320"), none);
    EXPECT_EQ(siren_flaw("356000000"), none);
    EXPECT_EQ(siren_flaw("404833049"), checksum);
    EXPECT_EQ(siren_flaw("123456789"), checksum);
    EXPECT_EQ(siren_flaw(""), form);
    EXPECT_EQ(siren_flaw("40483304"), form);
    EXPECT_EQ(siren_flaw("4048330480"), form);
    EXPECT_EQ(siren_flaw("404 833 048"), form);
    EXPECT_EQ(siren_flaw("40483304O"), form);
}

TEST(Siren, IsRefusedWithAnyOneDigitChanged) {
    const std::string siren = "404833048";
    for (std::size_t at = 0; at < siren.size(); ++at)
        for (char digit = '0'; digit <= '9'; ++digit) {
            std::string changed = siren;
            changed[at] = digit;
            EXPECT_EQ(siren_flaw(changed), changed == siren ? none : checksum) << changed;
        }
}

TEST(Siret, HasFourteenDigitsAndBeginsWithTheSiren) {
    EXPECT_EQ(siret_flaw("40483304800022", "404833048"), none);
    EXPECT_EQ(siret_flaw("40483304800022", "732829320"), not_same_business);
    EXPECT_EQ(siret_flaw("40483304800022", ""), none);
    EXPECT_EQ(siret_flaw("40483304900022", ""), checksum);
    EXPECT_EQ(siret_flaw("4048330480002", "404833048"), form);
    EXPECT_EQ(siret_flaw("404833048 0002", "404833048"), form);
}

TEST(VatNumberFr, HasTheKeyOfItsSiren) {
    EXPECT_EQ(vat_number_flaw_fr("FR83404833048", "404833048"), none);
    EXPECT_EQ(vat_number_flaw_fr("FR83404833048", ""), none);
    EXPECT_EQ(vat_number_flaw_fr("FR84404833048", "404833048"), checksum);
    EXPECT_EQ(vat_number_flaw_fr("FR83404833048", "732829320"), not_same_business);
    EXPECT_EQ(vat_number_flaw_fr("FR8340483304", ""), form);
    EXPECT_EQ(vat_number_flaw_fr("BE83404833048", ""), form);
    EXPECT_EQ(vat_number_flaw_fr("fr83404833048", ""), form);
    EXPECT_EQ(vat_number_flaw_fr("FR8O404833048", ""), form);
}

// Of all keys with letters, one in eleven fits a SIREN; those that are known to be in use do.
TEST(VatNumberFr, MayHaveAKeyWithLetters) {
    EXPECT_EQ(vat_number_flaw_fr("FRK7399859412", "399859412"), none);
    EXPECT_EQ(vat_number_flaw_fr("FRK8399859412", "399859412"), checksum);
}

TEST(VatNumberFr, NeedsNoSirenInMonaco) {
    EXPECT_EQ(vat_number_flaw_fr("FR53000004605", ""), none);
    EXPECT_EQ(vat_number_flaw_fr("FR54000004605", ""), checksum);
}

} // namespace
} // namespace daybook::domain
