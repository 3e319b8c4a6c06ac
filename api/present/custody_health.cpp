#include "api/present/custody_health.h"

#include <fmt/format.h>

namespace daybook::api {

using namespace schema;
using custody::CustodyBook;
using custody::Keeping;

namespace {

bool is_overdue(const Keeping& keeping, Timestamp now) {
    const Timestamp safe_at = keeping.backed_up_at.value_or(keeping.opened_at);
    return std::chrono::microseconds(now.micros - safe_at.micros) > kBackupOverdue;
}

std::string say(Language language, std::string english, std::string french) {
    return language == Language::french ? std::move(french) : std::move(english);
}

std::string backup_sentence(std::size_t companies, std::size_t overdue, std::size_t never,
                            const std::string& oldest, Language language) {
    if (companies == 0)
        return say(language, "There is nothing to back up yet.",
                   "Il n'y a encore rien à sauvegarder.");
    if (overdue > 0)
        return say(language,
                   fmt::format("No backup of {} of {} companies succeeded in the last 8 days.",
                               overdue, companies),
                   fmt::format("Pour {} société(s) sur {}, aucune sauvegarde n'a réussi depuis "
                               "8 jours.",
                               overdue, companies));
    if (never > 0)
        return say(language,
                   fmt::format("{} of {} companies has no backup yet; the schedule makes one.",
                               never, companies),
                   fmt::format("{} société(s) sur {} sans sauvegarde pour l'instant ; la "
                               "planification s'en charge.",
                               never, companies));
    return say(language,
               fmt::format("Every company has a verified backup; the oldest is of {}.", oldest),
               fmt::format("Chaque société a une sauvegarde vérifiée ; la plus ancienne est du {}.",
                           oldest));
}

} // namespace

bool is_backup_overdue(const CustodyBook& book, Timestamp now) {
    for (const auto& [id, keeping] : book.companies())
        if (is_overdue(keeping, now))
            return true;
    return false;
}

Json show_last_backup(const CustodyBook& book, Timestamp now, Language language) {
    JsonArray overdue;
    std::size_t never = 0;
    std::optional<Timestamp> oldest;
    for (const auto& [id, keeping] : book.companies()) {
        if (is_overdue(keeping, now))
            overdue.push_back(Json(to_text(id)));
        if (!keeping.backed_up_at)
            ++never;
        else if (!oldest || *keeping.backed_up_at < *oldest)
            oldest = keeping.backed_up_at;
    }
    const std::string at = oldest ? to_text(*oldest) : std::string();
    Json json;
    json.set("at", never == 0 && oldest ? Json(at) : Json());
    json.set("sentence",
             backup_sentence(book.companies().size(), overdue.size(), never, at, language));
    json.set("overdue", std::move(overdue));
    return json;
}

Schema last_backup_schema() {
    return object({{"at", nullable(instant())}, {"sentence", text()}, {"overdue", array(uuid())}});
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
