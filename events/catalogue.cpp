#include "events/catalogue.h"

#include "events/json_walk.h"

#include <array>

namespace daybook {
namespace {

using enum EntityKind;
using enum Kept;

struct Row {
    std::size_t index;
    EventInfo info;
};

template <class E>
constexpr Row row(EventInfo info) {
    return {boost::mp11::mp_find<AnyEvent, E>::value, info};
}

#define DAYBOOK_EVENT(type, ...) row<type>({#type, __VA_ARGS__})

constexpr std::array kRows = {
    DAYBOOK_EVENT(CompanyCreated, company, no, "Company {profile.party.name} was created",
                  "L'entreprise {profile.party.name} a été créée"),
    DAYBOOK_EVENT(CompanyChanged, company, no, "The company was changed: {changed}",
                  "L'entreprise a été modifiée : {changed}"),
    DAYBOOK_EVENT(CompanyArchived, company, no, "The company was archived",
                  "L'entreprise a été archivée"),
    DAYBOOK_EVENT(CompanyUnarchived, company, no, "The company was taken out of the archive",
                  "L'entreprise a été sortie des archives"),
    DAYBOOK_EVENT(CompanyRetired, company, always, "The company was retired here: {reason}",
                  "L'entreprise a été retirée ici : {reason}"),
    DAYBOOK_EVENT(CompanyReinstated, company, always, "The company was reinstated: {reason}",
                  "L'entreprise a été rétablie : {reason}"),
    DAYBOOK_EVENT(CompanyCopied, company, always,
                  "The company was copied as of revision {fork.parent.revision}",
                  "L'entreprise a été copiée à la révision {fork.parent.revision}"),
    DAYBOOK_EVENT(CompanyRestored, company, always,
                  "The company was restored as of revision {fork.parent.revision}",
                  "L'entreprise a été restaurée à la révision {fork.parent.revision}"),
    DAYBOOK_EVENT(CompanyReplaced, company, always,
                  "The company was replaced as of revision {fork.parent.revision}",
                  "L'entreprise a été remplacée à la révision {fork.parent.revision}"),
    DAYBOOK_EVENT(LossAccepted, company, always,
                  "A loss of records was accepted and noted: {reason}",
                  "Une perte d'enregistrements a été acceptée et notée : {reason}"),
    DAYBOOK_EVENT(CompanyActivated, company, always,
                  "The company was activated; the original is {original}",
                  "L'entreprise a été activée ; l'original : {original}"),
    DAYBOOK_EVENT(CompanyRolledBack, timeline, always, "The books went back to revision {to}",
                  "Les livres sont revenus à la révision {to}"),
    DAYBOOK_EVENT(Returned, none, always, "It went back to its version {to_version}",
                  "Retour à la version {to_version}"),
    DAYBOOK_EVENT(SeriesDefined, series, no, "Number series {series.pattern} was defined",
                  "La série de numéros {series.pattern} a été définie"),
    DAYBOOK_EVENT(SeriesChanged, series, no, "Number series {series.pattern} was changed",
                  "La série de numéros {series.pattern} a été modifiée"),
    DAYBOOK_EVENT(SeriesAdvanced, series, always, "The number series was advanced to {to}",
                  "La série de numéros a été avancée à {to}"),
    DAYBOOK_EVENT(SeriesClosed, series, always, "The number series was closed: {reason}",
                  "La série de numéros a été close : {reason}"),
    DAYBOOK_EVENT(TaxRateDefined, tax_rate, no, "Tax rate {tax.name} {tax.rate} % was defined",
                  "Le taux de taxe {tax.name} {tax.rate} % a été défini"),
    DAYBOOK_EVENT(TaxRateRetired, tax_rate, no, "The tax rate was retired",
                  "Le taux de taxe a été retiré"),
    DAYBOOK_EVENT(TermsDefined, terms, no, "Payment terms {name} were defined",
                  "Les conditions de paiement {name} ont été définies"),
    DAYBOOK_EVENT(MoneyAccountDefined, money_account, no, "Money account {name} was defined",
                  "Le compte de trésorerie {name} a été défini"),
    DAYBOOK_EVENT(MoneyAccountRetired, money_account, no, "The money account was retired",
                  "Le compte de trésorerie a été retiré"),
    DAYBOOK_EVENT(PeriodLocked, period, always, "The books were locked through {through}",
                  "Les livres ont été verrouillés jusqu'au {through}"),
    DAYBOOK_EVENT(PeriodUnlocked, period, always, "The lock of the books was lifted",
                  "Le verrou des livres a été levé"),
    DAYBOOK_EVENT(PeriodClosed, period, always, "The period {from} to {to} was closed",
                  "La période du {from} au {to} a été clôturée"),
    DAYBOOK_EVENT(ClientCreated, client, no, "Client {profile.party.name} was created",
                  "Le client {profile.party.name} a été créé"),
    DAYBOOK_EVENT(ClientChanged, client, no, "Client {profile.party.name} was changed: {changed}",
                  "Le client {profile.party.name} a été modifié : {changed}"),
    DAYBOOK_EVENT(ClientArchived, client, no, "The client was archived", "Le client a été archivé"),
    DAYBOOK_EVENT(ClientUnarchived, client, no, "The client was taken out of the archive",
                  "Le client a été sorti des archives"),
    DAYBOOK_EVENT(ClientsMerged, client, no, "The client was merged into another",
                  "Le client a été fusionné avec un autre"),
    DAYBOOK_EVENT(ProductCreated, product, no, "Product {profile.code} was created",
                  "Le produit {profile.code} a été créé"),
    DAYBOOK_EVENT(ProductChanged, product, no, "Product {profile.code} was changed: {changed}",
                  "Le produit {profile.code} a été modifié : {changed}"),
    DAYBOOK_EVENT(ProductArchived, product, no, "The product was archived",
                  "Le produit a été archivé"),
    DAYBOOK_EVENT(ProductUnarchived, product, no, "The product was taken out of the archive",
                  "Le produit a été sorti des archives"),
    DAYBOOK_EVENT(InvoiceDrafted, invoice, no, "An invoice was drafted",
                  "Une facture a été préparée"),
    DAYBOOK_EVENT(InvoiceChanged, invoice, no, "The draft was changed",
                  "Le brouillon a été modifié"),
    DAYBOOK_EVENT(InvoiceVoided, invoice, no, "The draft was voided: {reason}",
                  "Le brouillon a été annulé : {reason}"),
    DAYBOOK_EVENT(InvoiceIssued, invoice, always,
                  "Invoice {frozen.number} was issued: {frozen.totals.total} "
                  "{frozen.document.currency}",
                  "La facture {frozen.number} a été émise : {frozen.totals.total} "
                  "{frozen.document.currency}"),
    DAYBOOK_EVENT(InvoiceImported, invoice, once_touched,
                  "Invoice {imported.frozen.number} was imported: {imported.frozen.totals.total} "
                  "{imported.frozen.document.currency}",
                  "La facture {imported.frozen.number} a été importée : "
                  "{imported.frozen.totals.total} {imported.frozen.document.currency}"),
    DAYBOOK_EVENT(InvoiceAnnotated, invoice, no, "The invoice was annotated",
                  "La facture a été annotée"),
    DAYBOOK_EVENT(InvoiceWrittenOff, invoice, always, "{write_off.amount} was written off",
                  "{write_off.amount} a été passé en perte"),
    DAYBOOK_EVENT(WriteOffReversed, invoice, always, "The write-off was reversed",
                  "Le passage en perte a été annulé"),
    DAYBOOK_EVENT(CreditNoteIssued, credit_note, always,
                  "Credit note {frozen.number} was issued: {frozen.totals.total} "
                  "{frozen.document.currency}",
                  "L'avoir {frozen.number} a été émis : {frozen.totals.total} "
                  "{frozen.document.currency}"),
    DAYBOOK_EVENT(CreditNoteImported, credit_note, once_touched,
                  "Credit note {imported.frozen.number} was imported: "
                  "{imported.frozen.totals.total} {imported.frozen.document.currency}",
                  "L'avoir {imported.frozen.number} a été importé : "
                  "{imported.frozen.totals.total} {imported.frozen.document.currency}"),
    DAYBOOK_EVENT(CreditAllocated, credit_note, always,
                  "{allocation.amount} of the credit note was set against an invoice",
                  "{allocation.amount} de l'avoir a été imputé sur une facture"),
    DAYBOOK_EVENT(CreditUnallocated, credit_note, always,
                  "An allocation of the credit note was taken back",
                  "Une imputation de l'avoir a été retirée"),
    DAYBOOK_EVENT(CreditRefunded, credit_note, always,
                  "{refund.amount} of the credit note was refunded",
                  "{refund.amount} de l'avoir a été remboursé"),
    DAYBOOK_EVENT(CreditRefundReversed, credit_note, always,
                  "A refund of the credit note was reversed",
                  "Un remboursement de l'avoir a été annulé"),
    DAYBOOK_EVENT(PaymentRecorded, payment, always,
                  "A payment of {receipt.amount} {receipt.currency} was recorded",
                  "Un paiement de {receipt.amount} {receipt.currency} a été enregistré"),
    DAYBOOK_EVENT(PaymentImported, payment, once_touched,
                  "A payment of {receipt.amount} {receipt.currency} was imported",
                  "Un paiement de {receipt.amount} {receipt.currency} a été importé"),
    DAYBOOK_EVENT(PaymentAllocated, payment, always,
                  "{allocation.paid_amount} of the payment was set against an invoice",
                  "{allocation.paid_amount} du paiement a été imputé sur une facture"),
    DAYBOOK_EVENT(PaymentUnallocated, payment, always,
                  "An allocation of the payment was taken back",
                  "Une imputation du paiement a été retirée"),
    DAYBOOK_EVENT(PaymentRefunded, payment, always, "{refund.amount} of the payment was refunded",
                  "{refund.amount} du paiement a été remboursé"),
    DAYBOOK_EVENT(RefundReversed, payment, always, "A refund of the payment was reversed",
                  "Un remboursement du paiement a été annulé"),
    DAYBOOK_EVENT(PaymentReversed, payment, always, "The payment was reversed: {cause}",
                  "Le paiement a été contre-passé : {cause}"),
    DAYBOOK_EVENT(PaymentAnnotated, payment, no, "The payment was annotated",
                  "Le paiement a été annoté"),
    DAYBOOK_EVENT(FileAttached, file, no, "File {name} was attached",
                  "Le fichier {name} a été joint"),
    DAYBOOK_EVENT(FileDetached, file, no, "A file was detached", "Un fichier a été détaché"),
    DAYBOOK_EVENT(FileErased, file, always, "A file was erased: {legal_basis}",
                  "Un fichier a été effacé : {legal_basis}"),
    DAYBOOK_EVENT(PersonErased, file, always, "Personal data were erased: {legal_basis}",
                  "Des données personnelles ont été effacées : {legal_basis}"),
    DAYBOOK_EVENT(ImportRecorded, import, no, "File {file.name} was imported",
                  "Le fichier {file.name} a été importé"),
    DAYBOOK_EVENT(DocumentRendered, none, always, "The document was rendered",
                  "Le document a été mis en page"),
    DAYBOOK_EVENT(DocumentSent, none, always, "The document was sent: {result}",
                  "Le document a été envoyé : {result}"),
    DAYBOOK_EVENT(DeliveryReported, none, always, "Delivery was reported: {code}",
                  "La remise a été signalée : {code}"),
    DAYBOOK_EVENT(LifecycleReported, none, always, "The platform reported {platform_code}",
                  "La plateforme a signalé {platform_code}"),
    DAYBOOK_EVENT(HistoryLeftOut, company, always,
                  "The books of {profile.party.name} begin here; what led to revision "
                  "{of.revision} was left out",
                  "Les livres de {profile.party.name} commencent ici ; ce qui a mené à la révision "
                  "{of.revision} a été omis"),
    DAYBOOK_EVENT(CommandsKept, company, always,
                  "Commands of the history that was left out are remembered",
                  "Les commandes de l'historique omis sont mémorisées"),
    DAYBOOK_EVENT(SeriesOpened, series, always, "Number series {series.pattern} was taken over",
                  "La série de numéros {series.pattern} a été reprise"),
    DAYBOOK_EVENT(TaxRateOpened, tax_rate, always,
                  "Tax rate {definition.tax.name} {definition.tax.rate} % was taken over",
                  "Le taux de taxe {definition.tax.name} {definition.tax.rate} % a été repris"),
    DAYBOOK_EVENT(TermsOpened, terms, always, "Payment terms {definition.name} were taken over",
                  "Les conditions de paiement {definition.name} ont été reprises"),
    DAYBOOK_EVENT(MoneyAccountOpened, money_account, always,
                  "Money account {definition.name} was taken over",
                  "Le compte de trésorerie {definition.name} a été repris"),
    DAYBOOK_EVENT(PeriodOpened, period, always,
                  "A lock of the books through {through} was taken "
                  "over",
                  "Un verrou des livres jusqu'au {through} a été repris"),
    DAYBOOK_EVENT(ClientOpened, client, always, "Client {profile.party.name} was taken over",
                  "Le client {profile.party.name} a été repris"),
    DAYBOOK_EVENT(ProductOpened, product, always, "Product {profile.code} was taken over",
                  "Le produit {profile.code} a été repris"),
    DAYBOOK_EVENT(InvoiceOpened, invoice, always,
                  "Invoice {content.number} was taken over: {content.totals.total} "
                  "{content.document.currency}",
                  "La facture {content.number} a été reprise : {content.totals.total} "
                  "{content.document.currency}"),
    DAYBOOK_EVENT(CreditNoteOpened, credit_note, always,
                  "Credit note {content.number} was taken over: {content.totals.total} "
                  "{content.document.currency}",
                  "L'avoir {content.number} a été repris : {content.totals.total} "
                  "{content.document.currency}"),
    DAYBOOK_EVENT(PaymentOpened, payment, always,
                  "A payment of {receipt.amount} {receipt.currency} was taken over",
                  "Un paiement de {receipt.amount} {receipt.currency} a été repris"),
    DAYBOOK_EVENT(FileOpened, file, always, "File {file.name} was taken over",
                  "Le fichier {file.name} a été repris"),
    DAYBOOK_EVENT(ImportOpened, import, always,
                  "The import of file {record.file.name} was taken "
                  "over",
                  "L'import du fichier {record.file.name} a été repris"),
    DAYBOOK_EVENT(InstanceInitialised, instance, always, "The instance was initialised",
                  "L'instance a été initialisée"),
    DAYBOOK_EVENT(ServerStarted, instance, always, "The server started, version {version}",
                  "Le serveur a démarré, version {version}"),
    DAYBOOK_EVENT(ServerStopped, instance, always, "The server stopped", "Le serveur s'est arrêté"),
    DAYBOOK_EVENT(SoftwareUpgraded, instance, always, "The software went from {from} to {to}",
                  "Le logiciel est passé de {from} à {to}"),
    DAYBOOK_EVENT(ClockSkewSeen, instance, always, "The clock stood at {clock_at}",
                  "L'horloge indiquait {clock_at}"),
    DAYBOOK_EVENT(SigningKeyIntroduced, signing_key, always, "Signing key {key} was introduced",
                  "La clé de signature {key} a été introduite"),
    DAYBOOK_EVENT(SigningKeyRetired, signing_key, always, "Signing key {key} was retired",
                  "La clé de signature {key} a été retirée"),
    DAYBOOK_EVENT(CompanyOpened, company, always, "The book of {name} was opened",
                  "Le livre de {name} a été ouvert"),
    DAYBOOK_EVENT(LineActivated, company, always, "Epoch {epoch} of the book became current",
                  "L'époque {epoch} du livre est devenue courante"),
    DAYBOOK_EVENT(CompanyClosed, company, always, "The book was closed: {reason}",
                  "Le livre a été fermé : {reason}"),
    DAYBOOK_EVENT(OperationMoved, operation, always, "Operation {kind} is {state}",
                  "L'opération {kind} est {state}"),
    DAYBOOK_EVENT(UserInvited, principal, always, "{principal} was invited",
                  "{principal} a été invité"),
    DAYBOOK_EVENT(UserJoined, principal, always, "{principal} joined", "{principal} a rejoint"),
    DAYBOOK_EVENT(CredentialChanged, principal, always, "A credential of {principal} was changed",
                  "Un identifiant de {principal} a été changé"),
    DAYBOOK_EVENT(RoleGranted, principal, always, "{principal} became {role}",
                  "{principal} est devenu {role}"),
    DAYBOOK_EVENT(RoleRevoked, principal, always, "{principal} is no longer {role}",
                  "{principal} n'est plus {role}"),
    DAYBOOK_EVENT(TokenIssued, principal, always, "A token was issued to {principal}",
                  "Un jeton a été remis à {principal}"),
    DAYBOOK_EVENT(TokenRevoked, principal, always, "A token of {principal} was revoked",
                  "Un jeton de {principal} a été révoqué"),
    DAYBOOK_EVENT(SessionStarted, principal, always, "{principal} logged in",
                  "{principal} s'est connecté"),
    DAYBOOK_EVENT(SessionEnded, principal, always, "{principal} logged out",
                  "{principal} s'est déconnecté"),
    DAYBOOK_EVENT(LoginFailed, principal, always, "A login as {principal} failed",
                  "Une connexion de {principal} a échoué"),
    DAYBOOK_EVENT(BackupMade, backup, always, "A backup was made", "Une sauvegarde a été faite"),
    DAYBOOK_EVENT(BackupVerified, backup, always, "A backup was verified: {result}",
                  "Une sauvegarde a été vérifiée : {result}"),
    DAYBOOK_EVENT(BackupExpired, backup, always, "A backup expired", "Une sauvegarde a expiré"),
    DAYBOOK_EVENT(DrillRun, backup, always, "A restore drill was run: {result}",
                  "Un exercice de restauration a eu lieu : {result}"),
    DAYBOOK_EVENT(LinkIssued, backup, always, "A download link was issued",
                  "Un lien de téléchargement a été créé"),
    DAYBOOK_EVENT(LinkRevoked, backup, always, "A download link was revoked",
                  "Un lien de téléchargement a été révoqué"),
    DAYBOOK_EVENT(FileDownloaded, backup, always, "A file was downloaded: {target}",
                  "Un fichier a été téléchargé : {target}"),
    DAYBOOK_EVENT(ExportMade, backup, always, "An export was made: {target}",
                  "Un export a été fait : {target}"),
    DAYBOOK_EVENT(RecordsRead, instance, always, "Records were read", "Des données ont été lues"),
    DAYBOOK_EVENT(VerificationRun, instance, always, "A verification was run: {result}",
                  "Une vérification a eu lieu : {result}"),
    DAYBOOK_EVENT(ScheduleSet, schedule, always, "A schedule was set: {target}",
                  "Un calendrier a été fixé : {target}"),
};

#undef DAYBOOK_EVENT

static_assert(kRows.size() == kEventCount, "every event has its row");

constexpr auto kCatalogue = [] {
    std::array<EventInfo, kRows.size()> infos{};
    for (const Row& row : kRows)
        infos[row.index] = row.info;
    return infos;
}();

// A list reads as "a, b"; anything else as its own text.
std::string plain(const Json& value) {
    if (const auto* text = std::get_if<std::string>(&value.value))
        return *text;
    const auto* array = std::get_if<JsonArray>(&value.value);
    if (!array)
        return to_json(value);
    std::string joined;
    for (const Json& item : *array)
        joined += (joined.empty() ? "" : ", ") + plain(item);
    return joined;
}

std::string look_up(const Json& payload, std::string_view path) {
    const Json* at = &payload;
    while (at && !path.empty()) {
        const std::size_t dot = path.find('.');
        at = at->find(path.substr(0, dot));
        path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
    }
    return at ? plain(*at) : "–";
}

} // namespace

std::span<const EventInfo> catalogue() { return kCatalogue; }

const EventInfo& info_of(const Event& event) { return kCatalogue[event.index()]; }

std::optional<std::size_t> find_event_type(std::string_view name) {
    for (std::size_t i = 0; i < kCatalogue.size(); ++i)
        if (kCatalogue[i].name == name)
            return i;
    return std::nullopt;
}

std::string sentence(const Event& event, Language language, int digits) {
    const EventInfo& info = info_of(event);
    std::string_view pattern = language == Language::french ? info.french : info.english;
    if (pattern.find('{') == std::string_view::npos)
        return std::string(pattern);
    const Json payload = event_to_json(event, digits);
    std::string text;
    while (!pattern.empty()) {
        const std::size_t open = pattern.find('{');
        text += pattern.substr(0, open);
        if (open == std::string_view::npos)
            break;
        const std::size_t close = pattern.find('}', open);
        text += look_up(payload, pattern.substr(open + 1, close - open - 1));
        pattern.remove_prefix(close + 1);
    }
    return text;
}

} // namespace daybook
