#include "api/present/custody_health.h"

#include "api/present/backup.h"

#include <fmt/format.h>

namespace daybook::api {

using namespace schema;
using custody::CustodyBook;
using custody::Keeping;
using custody::TargetBook;

namespace {

bool is_long_ago(Timestamp at, Timestamp now) {
    return std::chrono::microseconds(now.micros - at.micros) > kBackupOverdue;
}

// The target that its schedule names, while copies there fail; nullptr where all is well.
const TargetBook* failing_target(const Keeping& keeping) {
    const auto found = keeping.targets.find(keeping.schedule.target);
    return found != keeping.targets.end() && found->second.is_failing() ? &found->second : nullptr;
}

// Backups that should lie elsewhere too are not safe where they are.
bool is_copy_overdue(const Keeping& keeping, Timestamp now) {
    const TargetBook* target = failing_target(keeping);
    return target
           && is_long_ago(
               target->copied_at.value_or(keeping.schedule_set_at.value_or(keeping.opened_at)),
               now);
}

bool is_overdue(const Keeping& keeping, Timestamp now) {
    return is_long_ago(keeping.backed_up_at.value_or(keeping.opened_at), now);
}

std::string say(Language language, std::string english, std::string french) {
    return language == Language::french ? std::move(french) : std::move(english);
}

// How many companies there are, and of how many something is to be said.
struct Counts {
    std::size_t companies = 0;
    std::size_t overdue = 0;
    std::size_t copies_overdue = 0;
    std::size_t copies_failing = 0;
    std::size_t never = 0;
};

std::string backup_sentence(const Counts& counts, const std::string& oldest, Language language) {
    if (counts.companies == 0)
        return say(language, "There is nothing to back up yet.",
                   "Il n'y a encore rien à sauvegarder.");
    if (counts.overdue > 0)
        return say(language,
                   fmt::format("No backup of {} of {} companies succeeded in the last 8 days.",
                               counts.overdue, counts.companies),
                   fmt::format("Pour {} société(s) sur {}, aucune sauvegarde n'a réussi depuis "
                               "8 jours.",
                               counts.overdue, counts.companies));
    if (counts.never > 0)
        return say(language,
                   fmt::format("{} of {} companies {} no backup yet; the schedule makes one.",
                               counts.never, counts.companies, counts.never == 1 ? "has" : "have"),
                   fmt::format("{} société(s) sur {} sans sauvegarde pour l'instant ; la "
                               "planification s'en charge.",
                               counts.never, counts.companies));
    return say(language,
               fmt::format("Every company has a verified backup; the oldest is of {}.", oldest),
               fmt::format("Chaque société a une sauvegarde vérifiée ; la plus ancienne est du {}.",
                           oldest));
}

// What is to be said of copies besides; empty while none fails.
std::string copies_sentence(const Counts& counts, Language language) {
    if (counts.copies_overdue > 0)
        return say(language,
                   fmt::format(" No copy of the backups of {} of {} companies reached its target "
                               "in the last 8 days.",
                               counts.copies_overdue, counts.companies),
                   fmt::format(" Pour {} société(s) sur {}, aucune copie des sauvegardes n'est "
                               "arrivée à destination depuis 8 jours.",
                               counts.copies_overdue, counts.companies));
    if (counts.copies_failing > 0)
        return say(language,
                   fmt::format(" The last copy of the backups of {} of {} companies failed.",
                               counts.copies_failing, counts.companies),
                   fmt::format(" Pour {} société(s) sur {}, la dernière copie des sauvegardes a "
                               "échoué.",
                               counts.copies_failing, counts.companies));
    return {};
}

std::string target_sentence(const std::string& target, const TargetBook& kept, Language language) {
    const std::string copied = kept.copied_at ? to_text(*kept.copied_at) : std::string("-");
    if (!kept.is_failing())
        return say(language, fmt::format("Copied to {} at {}.", target, copied),
                   fmt::format("Copie vers {} le {}.", target, copied));
    return say(language,
               fmt::format("The last copy to {} failed at {}: {}. Last success: {}.", target,
                           to_text(kept.failure->at), kept.failure->why, copied),
               fmt::format("La dernière copie vers {} a échoué le {} : {}. Dernière réussite : {}.",
                           target, to_text(kept.failure->at), kept.failure->why, copied));
}

void show_targets(CompanyId company, const Keeping& keeping, Language language, JsonArray& items) {
    for (const auto& [target, kept] : keeping.targets) {
        Json json;
        json.set("company_id", to_text(company));
        json.set("target", target);
        json.set("in_use", target == keeping.schedule.target);
        json.set("copied_at", kept.copied_at ? Json(to_text(*kept.copied_at)) : Json());
        json.set("last_failure", show_not_copied(kept.failure));
        json.set("sentence", target_sentence(target, kept, language));
        items.push_back(std::move(json));
    }
}

} // namespace

bool is_backup_overdue(const CustodyBook& book, Timestamp now) {
    for (const auto& [id, keeping] : book.companies())
        if (is_overdue(keeping, now) || is_copy_overdue(keeping, now))
            return true;
    return false;
}

Json show_last_backup(const CustodyBook& book, Timestamp now, Language language) {
    JsonArray overdue;
    JsonArray copies;
    Counts counts{.companies = book.companies().size()};
    std::optional<Timestamp> oldest;
    std::optional<Timestamp> newest;
    for (const auto& [id, keeping] : book.companies()) {
        const bool copy_overdue = is_copy_overdue(keeping, now);
        if (is_overdue(keeping, now) || copy_overdue)
            overdue.push_back(Json(to_text(id)));
        counts.overdue += is_overdue(keeping, now) ? 1 : 0;
        counts.copies_overdue += copy_overdue ? 1 : 0;
        counts.copies_failing += failing_target(keeping) ? 1 : 0;
        show_targets(id, keeping, language, copies);
        newest = std::max(newest, keeping.backed_up_at); // One without is less than all.
        if (!keeping.backed_up_at)
            ++counts.never;
        else if (!oldest || *keeping.backed_up_at < *oldest)
            oldest = keeping.backed_up_at;
    }
    Json json;
    json.set("at", newest ? Json(to_text(*newest)) : Json());
    json.set("sentence",
             backup_sentence(counts, oldest ? to_text(*oldest) : std::string(), language)
                 + copies_sentence(counts, language));
    json.set("overdue", std::move(overdue));
    json.set("copies", std::move(copies));
    return json;
}

Schema last_backup_schema() {
    return object({{"at", nullable(instant())},
                   {"sentence", text()},
                   {"overdue", array(uuid())},
                   {"copies", array(object({{"company_id", uuid()},
                                            {"target", text()},
                                            {"in_use", boolean()},
                                            {"copied_at", nullable(instant())},
                                            {"last_failure", not_copied_schema()},
                                            {"sentence", text()}}))}});
}

Json show_last_drill(const CustodyBook& book, Language language) {
    const custody::Drill* last = nullptr;
    for (const auto& [id, keeping] : book.companies())
        if (keeping.drill && (!last || last->at < keeping.drill->at))
            last = &*keeping.drill;
    Json json;
    json.set("at", last ? Json(to_text(last->at)) : Json());
    json.set("passed", last ? Json(last->result == custody::kVerified) : Json());
    if (!last) {
        json.set("sentence", say(language, "No backup has been restored for practice yet.",
                                 "Aucune sauvegarde n'a encore été restaurée à l'essai."));
    } else if (last->result == custody::kVerified) {
        const std::string at = to_text(last->at);
        json.set(
            "sentence",
            say(language,
                fmt::format("A backup was restored aside at {} and came to the same books.", at),
                fmt::format("Une sauvegarde a été restaurée à part le {} et a donné les "
                            "mêmes livres.",
                            at)));
    } else {
        const std::string passed = last->passed_at ? to_text(*last->passed_at) : "-";
        json.set("sentence",
                 say(language,
                     fmt::format("The last restore drill failed: {} Last success: {}.",
                                 last->result, passed),
                     fmt::format("Le dernier essai de restauration a échoué : {} Dernière "
                                 "réussite : {}.",
                                 last->result, passed)));
    }
    return json;
}

Schema last_drill_schema() {
    return object(
        {{"at", nullable(instant())}, {"passed", nullable(boolean())}, {"sentence", text()}});
}

bool is_found_unsound(const CustodyBook& book) {
    return book.verification() && book.verification()->result != custody::kVerified;
}

Json show_last_verification(const CustodyBook& book, Language language) {
    const auto& last = book.verification();
    const bool sound = !is_found_unsound(book);
    Json json;
    json.set("at", last ? Json(to_text(last->at)) : Json());
    json.set("sound", last ? Json(sound) : Json());
    json.set("events", last ? Json(last->events) : Json());
    if (!last) {
        json.set("sentence", say(language, "The books have not been verified yet.",
                                 "Les livres n'ont pas encore été vérifiés."));
    } else if (sound) {
        json.set("sentence",
                 say(language,
                     fmt::format("All {} events were verified at {} and are sound.", last->events,
                                 to_text(last->at)),
                     fmt::format("Les {} événements ont été vérifiés le {} et sont intacts.",
                                 last->events, to_text(last->at))));
    } else {
        const std::string sound_at = last->sound_at ? to_text(*last->sound_at) : "-";
        json.set("sentence",
                 say(language,
                     fmt::format("The books are not sound: {}. Last found sound: {}.", last->result,
                                 sound_at),
                     fmt::format("Les livres ne sont pas intacts : {}. Intacts pour la dernière "
                                 "fois : {}.",
                                 last->result, sound_at)));
    }
    return json;
}

Schema last_verification_schema() {
    return object({{"at", nullable(instant())},
                   {"sound", nullable(boolean())},
                   {"events", nullable(integer())},
                   {"sentence", text()}});
}

} // namespace daybook::api
