#include "tests/support/given_when_then.h"

#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using namespace domain;

const ClientId kNew = id<ClientId>(50);

ClientProfile with_code(std::string_view name, std::string_view code) {
    ClientProfile profile = business(name);
    profile.party.code = code;
    return profile;
}

TEST(Client, IsCreatedAsGiven) {
    Story story;
    const ClientProfile profile = with_code("Durand SA", "D1");
    EXPECT_EQ(only<ClientCreated>(story.accepts(CreateClient{kNew, profile})).profile, profile);
}

TEST(Client, IsToldEveryFaultAtOnce) {
    Story story;
    story.accepts(CreateClient{kNew, with_code("Durand SA", "D1")});
    ClientProfile profile = with_code(" ", "d1 ");
    profile.party.siren = "12";
    profile.party.address.country = "UK"; // Reserved, and not the code of the United Kingdom.
    profile.currency = {"XXX"};
    profile.language = "f";
    profile.terms.days = 4'000'000'000;
    profile.tax_default = {vat("20"), vat("100.5")};
    profile.delivery_addresses = {{"Store", address_in("Nice")}, {"Far", address_in("?", "ZZ")}};
    const Refusal refusal =
        story.refuses(CreateClient{id<ClientId>(51), profile}, Code::invalid_input);
    EXPECT_EQ(refusal.faults.size(), 9U) << describe(refusal);
    EXPECT_EQ(fault_at(refusal, "/name"), "missing_member");
    EXPECT_EQ(fault_at(refusal, "/code"), "code_taken");
    EXPECT_EQ(fault_at(refusal, "/identifiers/siren"), "invalid_input");
    EXPECT_EQ(fault_at(refusal, "/address/country"), "unknown_country");
    EXPECT_EQ(fault_at(refusal, "/currency"), "unknown_currency");
    EXPECT_EQ(fault_at(refusal, "/locale"), "unknown_value");
    EXPECT_EQ(fault_at(refusal, "/terms/days"), "out_of_range");
    EXPECT_EQ(fault_at(refusal, "/tax_default/1/rate"), "out_of_range");
    EXPECT_EQ(fault_at(refusal, "/delivery_addresses/1/address/country"), "unknown_country");
}

TEST(Client, HasACodeOfItsOwnHoweverItIsWritten) {
    Story story;
    story.accepts(CreateClient{kNew, with_code("Durand SA", "ÉTÉ-1")});
    const Refusal refusal = story.refuses(
        CreateClient{id<ClientId>(51), with_code("Autre SA", "été-1")}, Code::code_taken);
    EXPECT_EQ(refusal.facts, (std::vector{NamedText{"held_by_kind", "client"},
                                          NamedText{"held_by_id", to_text(kNew)}}));
    // Archived, it keeps its code; changed, it gives the old one up.
    story.accepts(ArchiveClient{kNew, {}});
    story.refuses(CreateClient{id<ClientId>(51), with_code("Autre SA", "été-1")}, Code::code_taken);
    story.accepts(ChangeClient{kNew, with_code("Durand SA", "Été-1")});
    story.accepts(ChangeClient{kNew, with_code("Durand SA", "D2")});
    story.accepts(CreateClient{id<ClientId>(51), with_code("Autre SA", "été-1")});
}

TEST(Client, NeedsNoCode) {
    Story story;
    story.accepts(CreateClient{kNew, with_code("Durand SA", "")});
    story.accepts(CreateClient{id<ClientId>(51), with_code("Autre SA", "")});
}

TEST(Client, ListsWhatChangedAndWritesNothingForNothing) {
    Story story;
    ClientProfile profile = business("Dupont SA");
    EXPECT_TRUE(story.accepts(ChangeClient{kClient, profile}).empty());
    profile.party.kind = PartyKind::consumer;
    profile.currency = {"CHF"};
    EXPECT_EQ(only<ClientChanged>(story.accepts(ChangeClient{kClient, profile})).changed,
              (std::vector<std::string>{"party.kind", "currency"}));
    profile.party.name.clear();
    story.refuses(ChangeClient{kClient, profile}, Code::missing_member);
}

TEST(Client, IsArchivedAndTakenOutOnce) {
    Story story;
    story.refuses(UnarchiveClient{kClient, {}}, Code::not_archived);
    story.accepts(ArchiveClient{kClient, "closed"});
    story.refuses(ArchiveClient{kClient, "closed"}, Code::already_archived);
    story.accepts(UnarchiveClient{kClient, {}});
    story.accepts(ArchiveClient{kClient, {}});
}

TEST(Client, MustExist) {
    Story story;
    story.refuses(ChangeClient{kNew, business("X")}, Code::not_found);
    story.refuses(ArchiveClient{kNew, {}}, Code::not_found);
    story.refuses(UnarchiveClient{kNew, {}}, Code::not_found);
}

} // namespace
} // namespace daybook::tests
