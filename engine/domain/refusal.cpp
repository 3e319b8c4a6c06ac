// One row a code: its name, and one sentence for a person in English and in French. What exactly
// was found stands in the refusal's detail, faults and facts, not here.
#include "engine/domain/refusal.h"

#include "events/base/check.h"

#include <array>

namespace daybook::domain {
namespace {

struct Row {
    Code code;
    std::string_view name;
    std::string_view english;
    std::string_view french;
};

#define DAYBOOK_CODE(code, ...)                                                                    \
    Row { Code::code, #code, __VA_ARGS__ }

constexpr std::array kRows = {
    // what was sent cannot be meant
    DAYBOOK_CODE(invalid_input, "Something in the request is not valid.",
                 "La demande contient une valeur non valable."),
    DAYBOOK_CODE(missing_member, "A compulsory value is missing.",
                 "Une valeur obligatoire manque."),
    DAYBOOK_CODE(unknown_member, "The request holds a member that is not known here.",
                 "La demande contient un membre inconnu ici."),
    DAYBOOK_CODE(wrong_type, "A value is of the wrong type.", "Une valeur n'a pas le bon type."),
    DAYBOOK_CODE(money_must_be_string, "Amounts, quantities and rates are written as text.",
                 "Les montants, quantités et taux s'écrivent comme du texte."),
    DAYBOOK_CODE(not_a_decimal, "This is not a plain decimal number.",
                 "Ceci n'est pas un nombre décimal simple."),
    DAYBOOK_CODE(too_many_decimals, "There are more decimals than allowed here.",
                 "Il y a plus de décimales que permis ici."),
    DAYBOOK_CODE(out_of_range, "The value is out of range.", "La valeur est hors limites."),
    DAYBOOK_CODE(bad_date, "This is not a date such as 2026-03-31.",
                 "Ceci n'est pas une date telle que 2026-03-31."),
    DAYBOOK_CODE(bad_id, "This is not an identifier.", "Ceci n'est pas un identifiant."),
    DAYBOOK_CODE(unknown_value, "The value is not one of those allowed.",
                 "La valeur n'est pas parmi celles permises."),
    DAYBOOK_CODE(text_too_long, "The text is too long.", "Le texte est trop long."),
    DAYBOOK_CODE(not_supported_yet, "This is not supported yet.",
                 "Ceci n'est pas encore pris en charge."),
    DAYBOOK_CODE(unknown_currency, "The currency is not known.", "La monnaie est inconnue."),
    DAYBOOK_CODE(unknown_time_zone, "The time zone is not known.",
                 "Le fuseau horaire est inconnu."),
    DAYBOOK_CODE(unknown_country, "The country is not known.", "Le pays est inconnu."),
    DAYBOOK_CODE(siren_checksum, "The SIREN has a wrong digit.",
                 "Le SIREN contient un chiffre faux."),
    DAYBOOK_CODE(reason_required, "A reason is required.", "Un motif est obligatoire."),
    DAYBOOK_CODE(too_many_lines, "The document has too many lines.",
                 "Le document a trop de lignes."),
    DAYBOOK_CODE(too_many_taxes, "A line has too many taxes.", "Une ligne a trop de taxes."),
    DAYBOOK_CODE(duplicate_line_id, "The same line is named twice.",
                 "La même ligne est nommée deux fois."),
    DAYBOOK_CODE(unknown_line, "The document has no such line.",
                 "Le document n'a pas cette ligne."),
    // the thing is not there, or not in the state for it
    DAYBOOK_CODE(not_found, "It was not found.", "Introuvable."),
    DAYBOOK_CODE(not_yet_created, "It did not exist yet at that moment.",
                 "Cela n'existait pas encore à ce moment."),
    DAYBOOK_CODE(removed_by_rollback, "It was taken away when the books went back.",
                 "Cela a disparu lorsque les livres sont revenus en arrière."),
    DAYBOOK_CODE(stale_version, "It has changed since you read it.",
                 "Cela a changé depuis votre lecture."),
    DAYBOOK_CODE(if_match_required, "Say which version you have read (If-Match).",
                 "Indiquez la version que vous avez lue (If-Match)."),
    DAYBOOK_CODE(invoice_not_draft, "The invoice is not a draft any more.",
                 "La facture n'est plus un brouillon."),
    DAYBOOK_CODE(invoice_not_issued, "The invoice is not issued.", "La facture n'est pas émise."),
    DAYBOOK_CODE(invoice_is_draft, "The invoice is still a draft.",
                 "La facture est encore un brouillon."),
    DAYBOOK_CODE(nothing_to_issue, "The invoice has no line to charge for.",
                 "La facture n'a aucune ligne à facturer."),
    DAYBOOK_CODE(negative_total, "The total of the document would be negative.",
                 "Le total du document serait négatif."),
    DAYBOOK_CODE(client_required, "The invoice names no client.",
                 "La facture ne nomme aucun client."),
    DAYBOOK_CODE(client_archived, "The client is archived.", "Le client est archivé."),
    DAYBOOK_CODE(client_mismatch, "This belongs to another client.",
                 "Ceci appartient à un autre client."),
    DAYBOOK_CODE(client_has_documents, "The client has documents.", "Le client a des documents."),
    DAYBOOK_CODE(currency_mismatch, "The currencies differ.", "Les monnaies diffèrent."),
    DAYBOOK_CODE(product_archived, "The product is archived.", "Le produit est archivé."),
    DAYBOOK_CODE(already_archived, "It is archived already.", "C'est déjà archivé."),
    DAYBOOK_CODE(not_archived, "It is not archived.", "Ce n'est pas archivé."),
    DAYBOOK_CODE(code_taken, "Another one bears that code.", "Un autre porte ce code."),
    DAYBOOK_CODE(series_not_found, "There is no such number series.",
                 "Il n'y a pas de telle série de numéros."),
    DAYBOOK_CODE(series_closed, "The number series is closed.", "La série de numéros est close."),
    DAYBOOK_CODE(series_pattern_invalid, "The pattern cannot number documents.",
                 "Le modèle ne permet pas de numéroter des documents."),
    DAYBOOK_CODE(number_invalid, "The number would break the rules for numbers.",
                 "Le numéro enfreindrait les règles des numéros."),
    DAYBOOK_CODE(series_out_of_order, "The series would not be continuous any more.",
                 "La série ne serait plus continue."),
    DAYBOOK_CODE(issued_in_future, "A document cannot be issued in the future.",
                 "Un document ne peut être émis dans l'avenir."),
    DAYBOOK_CODE(issued_before_last, "A later document of the series is issued already.",
                 "Un document plus récent de la série est déjà émis."),
    DAYBOOK_CODE(due_before_issue, "It would be due before it is issued.",
                 "L'échéance précéderait l'émission."),
    DAYBOOK_CODE(period_locked, "The books are locked at that date.",
                 "Les livres sont verrouillés à cette date."),
    DAYBOOK_CODE(lock_not_later, "The books are locked through a later date already.",
                 "Les livres sont déjà verrouillés jusqu'à une date plus tardive."),
    DAYBOOK_CODE(lock_not_found, "There is no such lock.", "Il n'y a pas de tel verrou."),
    DAYBOOK_CODE(missing_legal_data, "The law asks for data that are missing.",
                 "Des mentions obligatoires manquent."),
    DAYBOOK_CODE(exchange_rate_missing, "A rate of exchange is missing.",
                 "Un taux de change manque."),
    DAYBOOK_CODE(discount_too_large, "The discount is more than it is taken from.",
                 "La remise dépasse ce dont elle est déduite."),
    // money
    DAYBOOK_CODE(amount_not_positive, "The amount must be greater than zero.",
                 "Le montant doit être supérieur à zéro."),
    DAYBOOK_CODE(amount_exceeds_due, "The amount is more than what is due.",
                 "Le montant dépasse le reste dû."),
    DAYBOOK_CODE(amount_exceeds_unallocated, "The amount is more than what is left of the payment.",
                 "Le montant dépasse ce qui reste du paiement."),
    DAYBOOK_CODE(amount_exceeds_remaining,
                 "The amount is more than what is left of the credit note.",
                 "Le montant dépasse ce qui reste de l'avoir."),
    DAYBOOK_CODE(credit_exceeds_invoice, "More would be credited than was invoiced.",
                 "L'avoir dépasserait ce qui a été facturé."),
    DAYBOOK_CODE(nothing_to_credit, "There is nothing left to credit.",
                 "Il ne reste rien à créditer."),
    DAYBOOK_CODE(allocation_not_found, "There is no such live allocation.",
                 "Il n'y a pas de telle imputation en cours."),
    DAYBOOK_CODE(refund_not_found, "There is no such live refund.",
                 "Il n'y a pas de tel remboursement en cours."),
    DAYBOOK_CODE(write_off_not_found, "There is no such live write-off.",
                 "Il n'y a pas de telle perte en cours."),
    DAYBOOK_CODE(payment_reversed, "The payment was reversed.", "Le paiement a été annulé."),
    DAYBOOK_CODE(refund_live, "A refund stands in the way; reverse it first.",
                 "Un remboursement s'y oppose ; annulez-le d'abord."),
    DAYBOOK_CODE(amount_overflow, "The amount is too large.", "Le montant est trop grand."),
    DAYBOOK_CODE(dated_in_future, "The date is in the future.", "La date est dans l'avenir."),
    DAYBOOK_CODE(dated_before_document, "The date is before that of the document.",
                 "La date précède celle du document."),
    // the company
    DAYBOOK_CODE(company_standby, "The company is on standby; activate it first.",
                 "L'entreprise est en attente ; activez-la d'abord."),
    DAYBOOK_CODE(company_retired, "The company is retired here.", "L'entreprise est retirée ici."),
    DAYBOOK_CODE(company_archived, "The company is archived.", "L'entreprise est archivée."),
    DAYBOOK_CODE(company_not_retired, "The company is not retired.",
                 "L'entreprise n'est pas retirée."),
    DAYBOOK_CODE(company_not_standby, "The company is not on standby.",
                 "L'entreprise n'est pas en attente."),
    DAYBOOK_CODE(base_currency_frozen, "The currency is fixed once documents exist.",
                 "La monnaie est fixe dès qu'il y a des documents."),
    DAYBOOK_CODE(last_numbers_required, "Say the last number of each series.",
                 "Indiquez le dernier numéro de chaque série."),
    // imports
    DAYBOOK_CODE(needs_choice, "The file can be read in more than one way; choose one.",
                 "Le fichier peut se lire de plusieurs façons ; choisissez."),
    DAYBOOK_CODE(import_broken_row, "A row of the file cannot be read.",
                 "Une ligne du fichier est illisible."),
    DAYBOOK_CODE(import_conflict, "A document of that source is here with other content.",
                 "Un document de cette source est déjà là avec un autre contenu."),
    DAYBOOK_CODE(import_empty, "The file holds nothing to import.",
                 "Le fichier ne contient rien à importer."),
    DAYBOOK_CODE(unknown_format, "The format of the file is not known.",
                 "Le format du fichier est inconnu."),
    // the commit
    DAYBOOK_CODE(commit_too_large, "This is too much for one commit.",
                 "C'est trop pour une seule écriture."),
    DAYBOOK_CODE(idempotency_key_reused, "The key was used for another request.",
                 "La clé a servi à une autre demande."),
    DAYBOOK_CODE(request_in_progress, "The same request is still running.",
                 "La même demande est encore en cours."),
    DAYBOOK_CODE(clock_implausible, "The clock of the server is not plausible.",
                 "L'horloge du serveur n'est pas plausible."),
    DAYBOOK_CODE(depended_on, "Something later depends on it.",
                 "Quelque chose de plus récent en dépend."),
    DAYBOOK_CODE(inside_commit, "That revision is inside a commit.",
                 "Cette révision est à l'intérieur d'une écriture."),
    DAYBOOK_CODE(as_of_in_future, "That moment is in the future.", "Ce moment est dans l'avenir."),
    // going back
    DAYBOOK_CODE(irrevocable, "It is a fact in the books; only its own inverse answers it.",
                 "C'est un fait comptable ; seule son écriture inverse y répond."),
    DAYBOOK_CODE(stale_revision, "The books have moved on since you looked.",
                 "Les livres ont avancé depuis votre lecture."),
    DAYBOOK_CODE(history_not_kept, "That part of the history is not kept here.",
                 "Cette partie de l'historique n'est pas conservée ici."),
};

constexpr bool rows_are_in_order() {
    for (std::size_t i = 0; i < kRows.size(); ++i)
        if (kRows[i].code != static_cast<Code>(i))
            return false;
    return true;
}
static_assert(kRows.size() == kCodeCount && rows_are_in_order(), "one row a code, in its order");

const Row& row_of(Code code) {
    const auto index = static_cast<std::size_t>(code);
    CHECK(index < kRows.size(), "a code is one of the enumeration");
    return kRows[index];
}

} // namespace

std::string_view sentence_of(Code code, Language language) {
    const Row& row = row_of(code);
    return language == Language::french ? row.french : row.english;
}

std::string_view name_of(Code code) { return row_of(code).name; }

} // namespace daybook::domain
