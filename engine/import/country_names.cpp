#include "engine/import/country_names.h"

#include "engine/domain/countries.h"
#include "engine/import/text.h"

#include <algorithm>
#include <array>

namespace daybook::import {
namespace {

struct CountryName {
    std::string_view folded;
    std::string_view alpha2;
};

constexpr std::array kNames = std::to_array<CountryName>({
    {"algeria", "DZ"},
    {"algérie", "DZ"},
    {"allemagne", "DE"},
    {"argentina", "AR"},
    {"australia", "AU"},
    {"australie", "AU"},
    {"austria", "AT"},
    {"autriche", "AT"},
    {"bahrain", "BH"},
    {"belgique", "BE"},
    {"belgium", "BE"},
    {"brazil", "BR"},
    {"brésil", "BR"},
    {"bulgaria", "BG"},
    {"canada", "CA"},
    {"chine", "CN"},
    {"china", "CN"},
    {"croatia", "HR"},
    {"cyprus", "CY"},
    {"czechia", "CZ"},
    {"czechrepublic", "CZ"},
    {"danemark", "DK"},
    {"denmark", "DK"},
    {"eire", "IE"},
    {"espagne", "ES"},
    {"estonia", "EE"},
    {"finland", "FI"},
    {"finlande", "FI"},
    {"france", "FR"},
    {"germany", "DE"},
    {"greatbritain", "GB"},
    {"greece", "GR"},
    {"grèce", "GR"},
    {"hongkong", "HK"},
    {"hungary", "HU"},
    {"iceland", "IS"},
    {"inde", "IN"},
    {"india", "IN"},
    {"indonesia", "ID"},
    {"ireland", "IE"},
    {"irlande", "IE"},
    {"islande", "IS"},
    {"israel", "IL"},
    {"italie", "IT"},
    {"italy", "IT"},
    {"japan", "JP"},
    {"japon", "JP"},
    {"korea", "KR"},
    {"latvia", "LV"},
    {"lebanon", "LB"},
    {"liban", "LB"},
    {"lithuania", "LT"},
    {"lituanie", "LT"},
    {"luxembourg", "LU"},
    {"malaysia", "MY"},
    {"malta", "MT"},
    {"maroc", "MA"},
    {"mexico", "MX"},
    {"mexique", "MX"},
    {"monaco", "MC"},
    {"morocco", "MA"},
    {"netherlands", "NL"},
    {"newzealand", "NZ"},
    {"nigeria", "NG"},
    {"norvège", "NO"},
    {"norway", "NO"},
    {"paysbas", "NL"},
    {"poland", "PL"},
    {"pologne", "PL"},
    {"portugal", "PT"},
    {"romania", "RO"},
    {"royaumeuni", "GB"},
    {"rsa", "ZA"},
    {"saudiarabia", "SA"},
    {"singapore", "SG"},
    {"slovakia", "SK"},
    {"slovenia", "SI"},
    {"southafrica", "ZA"},
    {"spain", "ES"},
    {"suisse", "CH"},
    {"suède", "SE"},
    {"sweden", "SE"},
    {"switzerland", "CH"},
    {"thailand", "TH"},
    {"thenetherlands", "NL"},
    {"tunisia", "TN"},
    {"tunisie", "TN"},
    {"turkey", "TR"},
    {"türkiye", "TR"},
    {"uk", "GB"},
    {"unitedarabemirates", "AE"},
    {"unitedkingdom", "GB"},
    {"unitedstates", "US"},
    {"unitedstatesofamerica", "US"},
    {"usa", "US"},
});

} // namespace

std::string_view country_of(std::string_view name) {
    const std::string wanted = folded(name);
    const auto found = std::ranges::find(kNames, wanted, &CountryName::folded);
    if (found != kNames.end())
        return found->alpha2;
    return domain::is_country(trimmed(name)) ? trimmed(name) : std::string_view{};
}

} // namespace daybook::import
