#include "engine/domain/country_profile.h"

#include "engine/domain/identifiers_fr.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace daybook::domain {
namespace {

constexpr Date kAlways{-25'567};             // 1900-01-01: since before we look.
constexpr Date kUntilFurtherNotice{376'199}; // 2999-12-31

struct Law {
    std::string_view profile;
    Date from;
    Date until;
};

bool holds(const Law& law, std::string_view profile, Date on) {
    return law.profile == profile && on >= law.from && on <= law.until;
}
std::string_view profile_of(const CompanyProfile& company) {
    return is_known_profile(company.country_profile) ? std::string_view(company.country_profile)
                                                     : "generic";
}
constexpr Law kFrance{"FR", kAlways, kUntilFurtherNotice};
constexpr Law kGeneric{"generic", kAlways, kUntilFurtherNotice};

// ---- compulsory members: a row is a law, where it looks and how it is written ------------------
std::string_view first_line(const Address& address) {
    return address.lines.empty() ? std::string_view{} : std::string_view(address.lines.front());
}
// The small-business exemption has no VAT number to show.
bool pays_vat(const CompanyProfile& company) {
    return company.tax_regime != "exempt" && company.tax_regime != "franchise";
}
bool always(const CompanyProfile&) { return true; }
bool anyone(const Party&) { return true; }
bool not_a_consumer(const Party& buyer) { return buyer.kind != PartyKind::consumer; }

struct SellerRule {
    Law law;
    std::string_view pointer;
    std::string_view (*member)(const Party&);
    bool (*applies)(const CompanyProfile&) = always;
};
constexpr auto kSellerRules = std::to_array<SellerRule>({
    {kGeneric, "/seller/name", [](const Party& p) -> std::string_view { return p.name; }},
    {kFrance, "/seller/name", [](const Party& p) -> std::string_view { return p.name; }},
    {kFrance, "/seller/address/line1", [](const Party& p) { return first_line(p.address); }},
    {kFrance, "/seller/address/postal_code",
     [](const Party& p) -> std::string_view { return p.address.postal_code; }},
    {kFrance, "/seller/address/city",
     [](const Party& p) -> std::string_view { return p.address.city; }},
    {kFrance, "/seller/siren", [](const Party& p) -> std::string_view { return p.siren; }},
    {kFrance, "/seller/vat_number", [](const Party& p) -> std::string_view { return p.vat_number; },
     pays_vat},
});

struct BuyerRule {
    Law law;
    std::string_view pointer;
    std::string_view (*member)(const Party&);
    bool (*applies)(const Party&) = anyone;
};
constexpr auto kBuyerRules = std::to_array<BuyerRule>({
    {kGeneric, "/client/name", [](const Party& p) -> std::string_view { return p.name; }},
    {kFrance, "/client/name", [](const Party& p) -> std::string_view { return p.name; }},
    {kFrance, "/client/address/line1", [](const Party& p) { return first_line(p.address); },
     not_a_consumer},
    {kFrance, "/client/address/city",
     [](const Party& p) -> std::string_view { return p.address.city; }, not_a_consumer},
});

struct LineRule {
    Law law;
    std::string_view member;
    bool (*missing)(const Line&);
};
constexpr auto kLineRules = std::to_array<LineRule>({
    {kFrance, "description", [](const Line& line) { return blank(line.description); }},
    {kFrance, "quantity", [](const Line& line) { return line.quantity == Decimal{}; }},
});

// ---- texts to freeze, named by the subject codes of UNTDID 4451 --------------------------------
struct TextRule {
    Law law;
    std::string_view code;
    std::string_view french;
    std::string_view english;
    std::string PaymentTerms::*own; // What the terms say instead, when they say it.
    bool (*applies)(const Party&);
};
constexpr auto kTextRules = std::to_array<TextRule>({
    {kFrance, "PMT", "Indemnité forfaitaire pour frais de recouvrement en cas de retard : 40 €.",
     "Fixed compensation for recovery costs in case of late payment: EUR 40.",
     &PaymentTerms::recovery_fee, not_a_consumer},
    {kFrance, "PMD",
     "Pénalités de retard : taux de refinancement de la Banque centrale européenne majoré de "
     "10 points.",
     "Late payment penalties: refinancing rate of the European Central Bank plus 10 points.",
     &PaymentTerms::penalty_rate, not_a_consumer},
    {kFrance, "AAB", "Pas d'escompte pour paiement anticipé.", "No discount for early payment.",
     &PaymentTerms::early_discount, anyone},
});

bool is_french(std::string_view language) {
    return language == "fr" || language.starts_with("fr-");
}

std::string text_of(const TextRule& rule, const PaymentTerms& terms, bool french) {
    const std::string& own = terms.*rule.own;
    return blank(own) ? std::string(french ? rule.french : rule.english) : own;
}

} // namespace

bool is_known_profile(std::string_view name) { return name == "FR" || name == "generic"; }

Faults missing_seller_data(const CompanyProfile& seller, Date issued_on) {
    Faults missing;
    for (const SellerRule& rule : kSellerRules)
        if (holds(rule.law, profile_of(seller), issued_on) && rule.applies(seller)
            && blank(rule.member(seller.party)))
            missing.push_back({std::string(rule.pointer), Code::missing_legal_data, {}});
    if (profile_of(seller) == "FR" && !blank(seller.party.siren)
        && siren_flaw(seller.party.siren) != IdentifierFlaw::none)
        missing.push_back({"/seller/siren", Code::siren_checksum, seller.party.siren});
    return missing;
}

Faults missing_legal_data(const CompanyProfile& seller, const Party& buyer,
                          const Document& document, Date issued_on) {
    const std::string_view profile = profile_of(seller);
    Faults missing = missing_seller_data(seller, issued_on);
    for (const BuyerRule& rule : kBuyerRules)
        if (holds(rule.law, profile, issued_on) && rule.applies(buyer) && blank(rule.member(buyer)))
            missing.push_back({std::string(rule.pointer), Code::missing_legal_data, {}});
    for (std::size_t i = 0; i < document.lines.size(); ++i)
        for (const LineRule& rule : kLineRules)
            if (document.lines[i].kind == LineKind::item && holds(rule.law, profile, issued_on)
                && rule.missing(document.lines[i]))
                missing.push_back(
                    {fmt::format("/lines/{}/{}", i, rule.member), Code::missing_legal_data, {}});
    return missing;
}

std::vector<LegalText> legal_texts(const CompanyProfile& seller, const Party& buyer,
                                   const Document& document, Date issued_on) {
    const bool french = is_french(document.language);
    std::vector<LegalText> texts;
    for (const TextRule& rule : kTextRules)
        if (holds(rule.law, profile_of(seller), issued_on) && rule.applies(buyer))
            texts.push_back({std::string(rule.code), french ? "fr" : "en",
                             text_of(rule, document.terms, french)});
    return texts;
}

} // namespace daybook::domain
