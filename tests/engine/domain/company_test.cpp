// The company: what it must say about itself, and the states that open and shut its books.
#include "tests/support/given_when_then.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

CreateCompany create(CompanyProfile profile) {
    return {kCompany, std::move(profile), kInvoiceSeries, kCreditNoteSeries};
}

NewEvent forked(BookMode mode) {
    return happened(EntityKind::company, kCompany.value, CompanyRestored{{.mode = mode}});
}

const CreateClient kSomeWrite{id<ClientId>(50), business("Durand SA")};
const ArchiveCompany kArchive{kCompany, "sold"};
const UnarchiveCompany kUnarchive{kCompany, "bought back"};
const RetireCompany kRetire{kCompany, "moved elsewhere", {}};
const ReinstateCompany kReinstate{kCompany, "came back"};
const ActivateCompany kActivate{
    kCompany, "gone", {{kInvoiceSeries, "2026", 112}, {kCreditNoteSeries, "2026", 0}}};

TEST(Company, StartsWithItsSeries) {
    Story story(History{});
    const History events = story.accepts(create(french_company()));
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(std::get<CompanyCreated>(events[0].event).profile, french_company());
    EXPECT_EQ(events[1], defined(kInvoiceSeries, DocumentKind::invoice, "FA-{yyyy}-{n:6}"));
    EXPECT_EQ(events[2], defined(kCreditNoteSeries, DocumentKind::credit_note, "AV-{yyyy}-{n:6}"));
}

TEST(Company, OutsideFranceNumbersInEnglishAndRecordsItsDefaults) {
    CompanyProfile profile = french_company();
    profile.country = "CA";
    profile.country_profile.clear();
    profile.year_end.clear();
    Story story(History{});
    const History events = story.accepts(create(profile));
    const CompanyProfile& recorded = std::get<CompanyCreated>(events.at(0).event).profile;
    EXPECT_EQ(recorded.country_profile, "generic");
    EXPECT_EQ(recorded.year_end, "12-31");
    EXPECT_EQ(std::get<SeriesDefined>(events[1].event).series.pattern, "INV-{yyyy}-{n:6}");
    EXPECT_EQ(std::get<SeriesDefined>(events[2].event).series.pattern, "CN-{yyyy}-{n:6}");
}

TEST(Company, IsToldEveryFaultOfItsProfileAtOnce) {
    CompanyProfile profile = french_company();
    profile.party.name = "  ";
    profile.party.siren = "404833049";
    profile.party.siret = "73282932000074";
    profile.party.vat_number = "FR84404833048";
    profile.party.address.country = "Francia";
    profile.country = "XX";
    profile.base_currency = {"EUX"};
    profile.locale = "french!";
    profile.time_zone = "";
    profile.year_end = "02-30";
    profile.country_profile = "Atlantis";
    profile.default_terms.days = 100'000;
    Story story(History{});
    const Refusal refusal = story.refuses(create(profile), Code::invalid_input);
    EXPECT_EQ(refusal.faults.size(), 12U) << describe(refusal);
    EXPECT_EQ(fault_at(refusal, "/name"), "missing_member");
    EXPECT_EQ(fault_at(refusal, "/identifiers/siren"), "siren_checksum");
    EXPECT_EQ(fault_at(refusal, "/identifiers/siret"), "invalid_input");
    EXPECT_EQ(fault_at(refusal, "/identifiers/vat_number"), "invalid_input");
    EXPECT_EQ(fault_at(refusal, "/address/country"), "unknown_country");
    EXPECT_EQ(fault_at(refusal, "/country"), "unknown_country");
    EXPECT_EQ(fault_at(refusal, "/currency"), "unknown_currency");
    EXPECT_EQ(fault_at(refusal, "/locale"), "unknown_value");
    EXPECT_EQ(fault_at(refusal, "/time_zone"), "missing_member");
    EXPECT_EQ(fault_at(refusal, "/year_end"), "bad_date");
    EXPECT_EQ(fault_at(refusal, "/profile"), "unknown_value");
    EXPECT_EQ(fault_at(refusal, "/default_terms/days"), "out_of_range");
}

TEST(Company, IsRefusedByTheOneFaultItHas) {
    CompanyProfile profile = french_company();
    profile.party.siren = "404833049";
    profile.party.vat_number.clear();
    Story story(History{});
    story.refuses(create(profile), Code::siren_checksum);
    profile = french_company();
    profile.time_zone = "Europe/Paris; rm";
    story.refuses(create(profile), Code::unknown_time_zone);
}

TEST(Company, ListsWhatChangedAndWritesNothingForNothing) {
    Story story;
    CompanyProfile profile = french_company();
    EXPECT_TRUE(story.accepts(ChangeCompany{kCompany, profile}).empty());
    profile.party.name = "Atelier Lumière SAS";
    profile.party.address.city = "Lyon";
    profile.locale = "fr-CA";
    const auto changed = only<CompanyChanged>(story.accepts(ChangeCompany{kCompany, profile}));
    EXPECT_EQ(changed.changed, (std::vector<std::string>{"party.name", "party.address", "locale"}));
    EXPECT_EQ(changed.profile, profile);
    profile.time_zone.clear();
    story.refuses(ChangeCompany{kCompany, profile}, Code::missing_member);
}

TEST(Company, FreezesItsCurrencyWithTheFirstDocument) {
    Story story;
    CompanyProfile profile = french_company();
    profile.base_currency = {"CHF"};
    story.accepts(ChangeCompany{kCompany, profile});
    story.accepts(RecordPayment{.id = id<PaymentId>(60), .amount = decimal("1")});
    profile.base_currency = {"EUR"};
    const Refusal refusal =
        story.refuses(ChangeCompany{kCompany, profile}, Code::base_currency_frozen);
    EXPECT_EQ(fault_at(refusal, "/currency"), "base_currency_frozen");
    profile.base_currency = {"CHF"};
    profile.party.trade_name = "Lumière";
    story.accepts(ChangeCompany{kCompany, profile});
}

TEST(Company, IsNotFoundBeforeItIsCreated) {
    Story story(History{});
    story.refuses(kSomeWrite, Code::not_found);
    story.refuses(kUnarchive, Code::not_found);
}

// Every state, every way out of it, and the name of each refusal (domain.md 3).
struct Row {
    const char* state;
    History given;
    Command command;
    std::optional<Code> refusal;
};

std::vector<Row> rows() {
    const auto after = [](Event event) {
        return History{happened(EntityKind::company, kCompany.value, std::move(event))};
    };
    const History live;
    const History archived = after(CompanyArchived{});
    const History retired = after(CompanyRetired{});
    const History standby{forked(BookMode::standby)};
    const History sandbox{forked(BookMode::sandbox)};
    using enum Code;
    return {
        {"live", live, kSomeWrite, {}},
        {"live", live, kArchive, {}},
        {"live", live, kRetire, {}},
        {"live", live, RetireCompany{kCompany, "", {}}, reason_required},
        {"live", live, kUnarchive, not_archived},
        {"live", live, kReinstate, company_not_retired},
        {"live", live, kActivate, company_not_standby},
        {"archived", archived, kSomeWrite, company_archived},
        {"archived", archived, kArchive, company_archived},
        {"archived", archived, kRetire, company_archived},
        {"archived", archived, kReinstate, company_not_retired},
        {"archived", archived, kActivate, company_not_standby},
        {"archived", archived, kUnarchive, {}},
        {"retired", retired, kSomeWrite, company_retired},
        {"retired", retired, kArchive, company_retired},
        {"retired", retired, kRetire, company_retired},
        {"retired", retired, kUnarchive, not_archived},
        {"retired", retired, kActivate, company_not_standby},
        {"retired", retired, ReinstateCompany{kCompany, " "}, reason_required},
        {"retired", retired, kReinstate, {}},
        {"standby", standby, kSomeWrite, company_standby},
        {"standby", standby, kArchive, company_standby},
        {"standby", standby, kRetire, company_standby},
        {"standby", standby, kReinstate, company_not_retired},
        {"standby", standby, kUnarchive, not_archived},
        {"standby", standby, kActivate, {}},
        {"sandbox", sandbox, kSomeWrite, {}},
        {"sandbox", sandbox, kArchive, {}},
        {"sandbox", sandbox, kActivate, {}},
    };
}

TEST(Company, AllowsInEachStateWhatThatStateAllows) {
    for (const Row& row : rows()) {
        SCOPED_TRACE(std::string(row.state) + ", " + std::string(name_of(row.command)));
        Story story;
        for (const NewEvent& event : row.given)
            story.happens(event);
        if (row.refusal)
            story.refuses(row.command, *row.refusal);
        else
            EXPECT_FALSE(story.accepts(row.command).empty());
    }
}

TEST(Company, IsOpenAgainAfterEachWayBack) {
    Story story;
    story.accepts(kArchive);
    story.accepts(kUnarchive);
    story.accepts(kRetire);
    story.accepts(kReinstate);
    story.happens(forked(BookMode::standby));
    story.accepts(kActivate);
    story.accepts(kSomeWrite);
}

// A restored book can be retired, archived and standby at once; it is led out one step at a time.
TEST(Company, IsLedOutOfSeveralShutStatesInAnyOrder) {
    Story story;
    story.accepts(kArchive);
    story.happens(happened(EntityKind::company, kCompany.value, CompanyRetired{}));
    story.happens(forked(BookMode::standby));
    story.refuses(kSomeWrite, Code::company_retired);
    story.accepts(kActivate);
    story.accepts(kReinstate);
    story.refuses(kSomeWrite, Code::company_archived);
    story.accepts(kUnarchive);
    story.accepts(kSomeWrite);
}

} // namespace
} // namespace daybook::tests
