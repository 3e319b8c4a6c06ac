#include "api/problem.h"

#include "api/http/header_list.h"
#include "events/base/reflect.h"
#include "events/base/whole_number.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <ranges>

namespace daybook::api {
namespace {

using domain::Code;

struct HttpCode {
    std::string_view code;
    std::string_view english;
    std::string_view french;
};

// Codes that no decider knows.
constexpr std::array kHttpCodes = std::to_array<HttpCode>({
    {"bad_request", "The request is not one that can be served.",
     "La requête ne peut pas être traitée."},
    {"malformed_request", "The request is not sound HTTP.", "La requête n'est pas du HTTP valide."},
    {"host_not_allowed", "That host is not served here.", "Cet hôte n'est pas servi ici."},
    {"expectation_failed", "Only Expect: 100-continue is understood.",
     "Seul Expect: 100-continue est compris."},
    {"too_many_connections", "Too many connections are open; try again shortly.",
     "Trop de connexions sont ouvertes ; réessayez bientôt."},
    {"malformed_json", "The body is not JSON.", "Le corps n'est pas du JSON."},
    {"duplicate_member", "A member stands twice in the body.",
     "Un membre figure deux fois dans le corps."},
    {"unknown_parameter", "A query parameter is not known.",
     "Un paramètre de requête est inconnu."},
    {"bad_parameter", "A query parameter cannot be understood.",
     "Un paramètre de requête est incompréhensible."},
    {"bad_cursor", "The cursor is not one of ours, or belongs to another list.",
     "Le curseur n'est pas le nôtre, ou appartient à une autre liste."},
    {"method_not_allowed", "This path does not take that method.",
     "Ce chemin n'accepte pas cette méthode."},
    {"not_acceptable", "None of the forms asked for can be made.",
     "Aucune des formes demandées n'est disponible."},
    {"body_too_large", "The body is larger than this path takes.",
     "Le corps dépasse la taille admise par ce chemin."},
    {"range_not_satisfiable", "The file has no such bytes.", "Le fichier n'a pas ces octets."},
    {"header_too_large", "The header section is too large.",
     "La section d'en-têtes est trop grande."},
    {"request_timeout", "The request did not arrive in time.",
     "La requête n'est pas arrivée à temps."},
    {"unsupported_media_type", "This path takes another media type.",
     "Ce chemin accepte un autre type de contenu."},
    {"version_not_supported", "Only HTTP/1.0 and 1.1 are spoken here.",
     "Seuls HTTP/1.0 et 1.1 sont acceptés."},
    {"not_implemented", "That form of request is not supported.",
     "Cette forme de requête n'est pas prise en charge."},
    {"replaying", "The views are being rebuilt from the log; try again shortly.",
     "Les vues sont en reconstruction depuis le journal ; réessayez bientôt."},
    {"overloaded", "Too much is going on; try again shortly.",
     "Trop de requêtes en cours ; réessayez bientôt."},
    {"read_only", "Only reads are served at present.",
     "Seules les lectures sont servies pour le moment."},
    {"storage_failed", "The store failed; what became of the command is unknown until a restart.",
     "Le stockage a échoué ; l'issue de la commande est inconnue jusqu'au redémarrage."},
    {"disk_full", "The disk is full; nothing was changed. Make room and try again.",
     "Le disque est plein ; rien n'a été modifié. Libérez de la place et réessayez."},
    {"damaged", "Stored bytes are not what was written.",
     "Des octets stockés ne sont pas ceux qui ont été écrits."},
    {"internal_error", "Something went wrong on our side.",
     "Une erreur s'est produite de notre côté."},
    {"file_missing", "The bytes of the file are not here; upload the same file to join it again.",
     "Le contenu du fichier n'est pas ici ; envoyez le même fichier pour le rattacher."},
    {"file_detached", "The file was detached.", "Le fichier a été détaché."},
    {"file_erased", "The file was erased.", "Le fichier a été effacé."},
    {"file_differs", "These are not the bytes of that file.",
     "Ce contenu n'est pas celui de ce fichier."},
    {"operation_not_proposed", "The operation is not a proposal waiting to be run.",
     "L'opération n'est pas une proposition en attente."},
    {"operation_ended", "The operation has ended.", "L'opération est terminée."},
    {"backup_expired", "The backup's file was removed.",
     "Le fichier de la sauvegarde a été supprimé."},
    {"link_expired", "The link has expired.", "Le lien a expiré."},
    {"link_revoked", "The link was revoked.", "Le lien a été révoqué."},
    {"backup_damaged", "The backup is damaged, cut, or not what was written.",
     "La sauvegarde est endommagée, tronquée, ou n'est pas ce qui a été écrit."},
    {"pass_phrase_required", "The backup is sealed: its pass phrase is needed.",
     "La sauvegarde est scellée : sa phrase secrète est nécessaire."},
    {"pass_phrase_wrong", "The pass phrase is not the one the backup was sealed with.",
     "Cette phrase secrète n'est pas celle qui a scellé la sauvegarde."},
    {"newer_format", "The file was made by a newer release.",
     "Le fichier a été produit par une version plus récente."},
    {"books_unbalanced", "The books in the backup do not balance.",
     "Les livres de la sauvegarde ne sont pas équilibrés."},
    {"other_company", "The backup is of another company.",
     "La sauvegarde est celle d'une autre entreprise."},
    {"not_its_past", "The backup is not an earlier state of this company's book.",
     "La sauvegarde n'est pas un état antérieur du livre de cette entreprise."},
    {"not_replaced", "That book is not the one that replaced another here.",
     "Ce livre n'est pas celui qui en a remplacé un autre ici."},
    {"not_inspected", "The file has not been inspected yet.",
     "Le fichier n'a pas encore été inspecté."},
    {"upload_offset_mismatch", "The upload goes on at another place.",
     "Le téléversement se poursuit à un autre endroit."},
    {"upload_incomplete", "The upload is not complete yet.",
     "Le téléversement n'est pas encore complet."},
    {"upload_busy", "Somebody is writing to the upload.",
     "Le téléversement est en cours d'écriture."},
    {"upload_too_large", "There is no room for a file of that size.",
     "Il n'y a pas de place pour un fichier de cette taille."},
    {"too_many_uploads", "Too many uploads are waiting.",
     "Trop de téléversements sont en attente."},
    {"digest_mismatch", "The bytes that arrived are not those that were sent.",
     "Les octets reçus ne sont pas ceux qui ont été envoyés."},
});

const HttpCode* find_http_code(std::string_view code) {
    const auto found = std::ranges::find(kHttpCodes, code, &HttpCode::code);
    return found == kHttpCodes.end() ? nullptr : &*found;
}

} // namespace

int status_of(Code code) {
    switch (code) {
    case Code::not_found:
    case Code::not_yet_created:
    case Code::removed_by_rollback:
        return 404;
    case Code::stale_version:
        return 412;
    case Code::if_match_required:
        return 428;
    case Code::history_not_kept:
        return 410;
    case Code::commit_too_large:
        return 413;
    case Code::clock_implausible:
        return 503;
    case Code::invoice_not_draft:
    case Code::invoice_not_issued:
    case Code::invoice_is_draft:
    case Code::client_archived:
    case Code::client_has_documents:
    case Code::product_archived:
    case Code::already_archived:
    case Code::not_archived:
    case Code::code_taken:
    case Code::series_closed:
    case Code::period_locked:
    case Code::payment_reversed:
    case Code::refund_live:
    case Code::company_standby:
    case Code::company_retired:
    case Code::company_archived:
    case Code::company_not_retired:
    case Code::company_not_standby:
    case Code::base_currency_frozen:
    case Code::import_conflict:
    case Code::request_in_progress:
    case Code::depended_on:
    case Code::irrevocable:
    case Code::stale_revision:
        return 409;
    default:
        return 422; // The business says no to what was asked.
    }
}

Problem problem_of(const domain::Refusal& refusal) {
    Problem problem{status_of(refusal.code),
                    std::string(name_of(refusal.code)),
                    {},
                    refusal.detail,
                    {},
                    refusal.facts,
                    refusal.things,
                    {},
                    {}};
    for (const domain::Fault& fault : refusal.faults)
        problem.faults.push_back({fault.pointer, std::string(name_of(fault.code)), fault.detail});
    return problem;
}

Problem problem_of(const Error& error) {
    switch (error.kind) {
    case ErrorKind::io:
        return problem(503, "storage_failed", error.what);
    case ErrorKind::full:
        return problem(507, "disk_full", error.what);
    case ErrorKind::busy:
        return problem(503, "replaying", error.what);
    case ErrorKind::corrupt:
        return problem(500, "damaged", error.what);
    case ErrorKind::conflict:
        return problem(409, "request_in_progress", error.what);
    case ErrorKind::invalid:
        return problem(400, "bad_request", error.what);
    case ErrorKind::unsupported:
        return problem(422, "not_supported_yet", error.what);
    }
    return problem(500, "internal_error");
}

Problem problem(int status, std::string code, std::string detail) {
    return {status, std::move(code), {}, std::move(detail), {}, {}, {}, {}, {}};
}

std::unexpected<Problem> bad_parameter(std::string_view name, const std::string& takes) {
    Problem no = problem(400, "bad_parameter", std::string(name) + ": " + takes);
    no.faults.push_back({"?" + std::string(name), "bad_parameter", takes});
    return std::unexpected(std::move(no));
}

std::unexpected<Problem> bad_cursor() {
    Problem no = problem(400, "bad_cursor",
                         "a cursor goes with the parameters of its first page: repeat them "
                         "(filters, q, sort, as_of, epoch), or ask without cursor");
    no.faults.push_back({"?cursor", "bad_cursor", {}});
    return std::unexpected(std::move(no));
}

std::string_view title_of(std::string_view code, Language language) {
    if (const HttpCode* http = find_http_code(code))
        return language == Language::french ? http->french : http->english;
    for (std::size_t i = 0; i < domain::kCodeCount; ++i)
        if (const auto known = static_cast<Code>(i); name_of(known) == code)
            return sentence_of(known, language);
    return {};
}

std::vector<std::string_view> all_problem_codes() {
    std::vector<std::string_view> codes;
    for (const HttpCode& http : kHttpCodes)
        codes.push_back(http.code);
    for (std::size_t i = 0; i < domain::kCodeCount; ++i)
        codes.push_back(name_of(static_cast<Code>(i)));
    return codes;
}

Language language_of(std::string_view accept_language) {
    constexpr std::array<std::string_view, 2> kLanguages = {"en", "fr"};
    return preferred_language(accept_language, kLanguages) == 1U ? Language::french
                                                                 : Language::english;
}

namespace {

JsonArray things_json(const std::vector<domain::Obstacle>& obstacles) {
    JsonArray things;
    for (const domain::Obstacle& obstacle : obstacles) {
        Json thing;
        thing.set("kind", enum_name(obstacle.thing.kind));
        thing.set("id", to_text(obstacle.thing.id));
        thing.set("detail", obstacle.detail);
        things.push_back(std::move(thing));
    }
    return things;
}

// The answers to a question stand beside it as a fact of its name: "GBP|USD".
JsonArray choices_of(const Problem& problem, const ProblemFault& fault) {
    JsonArray choices;
    for (const NamedText& fact : problem.facts)
        if ("/" + fact.name == fault.pointer)
            for (const auto choice : std::views::split(fact.value, '|'))
                choices.emplace_back(std::string_view(choice));
    return choices;
}

} // namespace

// Refusals carry their facts as text, wherever they are made. Money stays text on the wire.
bool is_count(std::string_view fact) {
    constexpr std::array kCounts =
        std::to_array<std::string_view>({"current_version", "given_version", "revision",
                                         "first_revision", "epoch", "events", "faults", "offset"});
    return std::ranges::find(kCounts, fact) != kCounts.end();
}

void add_facts(Json& body, const Problem& problem) {
    for (const NamedText& fact : problem.facts) {
        const auto number = is_count(fact.name) ? whole_number<std::uint64_t>(fact.value)
                                                : std::optional<std::uint64_t>();
        body.set(fact.name, number ? Json(*number) : Json(fact.value));
    }
    for (const auto& [name, value] : problem.members)
        body.set(name, value);
}

Json show_fault(const Problem& problem, const ProblemFault& fault, Language language) {
    Json error;
    error.set("pointer", fault.pointer);
    error.set("code", fault.code);
    error.set("detail",
              fault.detail.empty() ? std::string(title_of(fault.code, language)) : fault.detail);
    if (fault.code == name_of(Code::needs_choice))
        error.set("choices", choices_of(problem, fault));
    return error;
}

Response to_response(const Problem& problem, Language language, std::string_view path,
                     std::string_view request_id) {
    std::string slug = problem.code;
    std::ranges::replace(slug, '_', '-');
    Json body;
    body.set("type", "/problems/" + slug);
    body.set("title",
             problem.title.empty() ? std::string(title_of(problem.code, language)) : problem.title);
    body.set("status", problem.status);
    body.set("code", problem.code);
    body.set("detail", problem.detail.empty() ? std::string(title_of(problem.code, language))
                                              : problem.detail);
    body.set("instance", path);
    body.set("request_id", request_id);
    JsonArray errors;
    for (const ProblemFault& fault : problem.faults)
        errors.push_back(show_fault(problem, fault, language));
    body.set("errors", std::move(errors));
    add_facts(body, problem);
    if (!problem.things.empty())
        body.set("things", things_json(problem.things));
    Response response{problem.status,
                      {{"Content-Type", "application/problem+json"},
                       {"Content-Language", language == Language::french ? "fr" : "en"}},
                      to_json(body),
                      nullptr};
    std::ranges::copy(problem.headers, std::back_inserter(response.headers));
    if (problem.status == 503)
        response.headers.emplace_back("Retry-After", "1");
    return response;
}

} // namespace daybook::api
