#include "api/backups/comparison_text.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

std::string in_english(const backup::Comparison& found) {
    if (found.only_a == 0 && found.only_b == 0)
        return "They hold the same events.";
    if (found.common == 0)
        return "They have no event in common.";
    if (found.only_a == 0)
        return fmt::format("The second is the first plus {} events.", found.only_b);
    if (found.only_b == 0)
        return fmt::format("The first is the second plus {} events.", found.only_a);
    return fmt::format("They are the same up to @{}; then the first has {} events and the second "
                       "{} others.",
                       found.common, found.only_a, found.only_b);
}

std::string in_french(const backup::Comparison& found) {
    if (found.only_a == 0 && found.only_b == 0)
        return "Ils contiennent les mêmes événements.";
    if (found.common == 0)
        return "Ils n'ont aucun événement en commun.";
    if (found.only_a == 0)
        return fmt::format("Le second est le premier plus {} événements.", found.only_b);
    if (found.only_b == 0)
        return fmt::format("Le premier est le second plus {} événements.", found.only_a);
    return fmt::format("Ils sont identiques jusqu'à @{} ; ensuite le premier a {} événements et le "
                       "second {} autres.",
                       found.common, found.only_a, found.only_b);
}

} // namespace

std::string comparison_sentence(const backup::Comparison& found, Language language) {
    return language == Language::french ? in_french(found) : in_english(found);
}

} // namespace daybook::api
