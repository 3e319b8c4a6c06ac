#include "engine/domain/country_profile.h"

#include "tests/support/builders.h"

#include <gtest/gtest.h>
#include <set>

namespace daybook::tests {
namespace {

using namespace domain;

std::set<std::string> missing(const CompanyProfile& company, const Party& buyer,
                              const Document& document = document_of(french_walk())) {
    std::set<std::string> pointers;
    for (const Fault& fault : missing_legal_data(company, buyer, document, kToday))
        pointers.insert(fault.pointer);
    return pointers;
}
using Pointers = std::set<std::string>;

TEST(CountryProfile, IsContentWithACompleteFrenchInvoice) {
    EXPECT_EQ(missing(french_company(), business("Dupont SA").party), Pointers{});
}

TEST(CountryProfile, NamesAllThatIsMissing) {
    CompanyProfile company;
    company.country_profile = "FR";
    Document document = document_of({line("0", "1")});
    document.lines[0].description.clear();
    EXPECT_EQ(missing(company, {}, document),
              (Pointers{"/seller/name", "/seller/address/line1", "/seller/address/postal_code",
                        "/seller/address/city", "/seller/siren", "/seller/vat_number",
                        "/client/name", "/client/address/line1", "/client/address/city",
                        "/lines/0/description", "/lines/0/quantity"}));
}

TEST(CountryProfile, AsksLessOfAConsumerAndOfAnExemptSeller) {
    CompanyProfile company = french_company();
    company.party.vat_number.clear();
    EXPECT_EQ(missing(company, business("Dupont SA").party), Pointers{"/seller/vat_number"});
    company.tax_regime = "exempt";
    Party consumer;
    consumer.kind = PartyKind::consumer;
    consumer.name = "Jeanne";
    EXPECT_EQ(missing(company, consumer), Pointers{});
}

TEST(CountryProfile, AsksOnlyForNamesElsewhere) {
    CompanyProfile company;
    company.country_profile = "generic";
    EXPECT_EQ(missing(company, {}), (Pointers{"/seller/name", "/client/name"}));
    company.country_profile = "an unknown one";
    EXPECT_EQ(missing(company, {}), (Pointers{"/seller/name", "/client/name"}));
}

TEST(CountryProfile, FreezesTextsInTheLanguageOfTheDocument) {
    const Party buyer = business("Dupont SA").party;
    Document document = document_of(french_walk());
    const auto texts = [&] { return legal_texts(french_company(), buyer, document, kToday); };
    ASSERT_EQ(texts().size(), 3U);
    EXPECT_EQ(texts()[0].code, "PMT");
    EXPECT_EQ(texts()[1].code, "PMD");
    EXPECT_EQ(texts()[2].code, "AAB");
    EXPECT_EQ(texts()[2].language, "fr");
    EXPECT_EQ(texts()[2].text, "Pas d'escompte pour paiement anticipé.");
    document.language = "en-GB";
    EXPECT_EQ(texts()[2], (LegalText{"AAB", "en", "No discount for early payment."}));
    document.terms.penalty_rate = "Trois fois le taux légal.";
    EXPECT_EQ(texts()[1].text, "Trois fois le taux légal.");
    Party consumer = buyer;
    consumer.kind = PartyKind::consumer;
    EXPECT_EQ(legal_texts(french_company(), consumer, document, kToday).size(), 1U);
    CompanyProfile abroad = french_company();
    abroad.country_profile = "generic";
    EXPECT_TRUE(legal_texts(abroad, buyer, document, kToday).empty());
}

} // namespace
} // namespace daybook::tests
