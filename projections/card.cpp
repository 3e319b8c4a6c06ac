#include "projections/card.h"

#include "events/base/reflect.h"
#include "projections/search_text.h"

#include <initializer_list>

namespace daybook::projections {
namespace {

constexpr std::int64_t kMicrosADay = 86'400'000'000;

std::string searched(std::initializer_list<std::string_view> texts) {
    std::string all;
    for (const std::string_view text : texts)
        if (!text.empty())
            all.append(text) += '\n';
    return fold_text(all);
}

void describe_document(Card& card, const Frozen& content) {
    const Document& document = content.document;
    card.client_id = document.client_id;
    card.currency = document.currency;
    card.dated = document.issued_on;
    card.due_on = document.due_on;
    card.number = content.number;
    card.net = content.totals.net;
    card.tax = content.totals.tax;
    card.total = content.totals.total;
    card.payable = content.totals.payable;
    card.series_id = content.series_id;
    card.period = content.series_period;
    card.sequence = content.sequence;
    const Party buyer = content.buyer.value_or(Party{});
    card.search = searched({content.number, buyer.name, buyer.trade_name, buyer.code,
                            document.buyer_reference, document.purchase_order, document.contract});
}

void describe(Card& card, const domain::InvoiceState& invoice) {
    describe_document(card, invoice.content);
    card.draft = invoice.stage == domain::InvoiceStage::draft;
    card.written_off = domain::written_off(invoice);
    if (invoice.stage != domain::InvoiceStage::issued)
        card.status = enum_name(domain::status(invoice, {}));
}

void describe(Card& card, const domain::CreditNoteState& note) {
    describe_document(card, note.content);
    card.remaining = domain::remaining(note);
    card.status = enum_name(domain::status(note));
}

void describe(Card& card, const domain::PaymentState& payment) {
    const Receipt& receipt = payment.receipt;
    card.client_id = receipt.client_id;
    card.currency = receipt.currency;
    card.dated = receipt.received_on;
    card.number = receipt.number;
    card.total = receipt.amount;
    card.remaining = domain::unallocated(payment);
    card.status = enum_name(domain::status(payment));
    card.search = searched({receipt.number, receipt.payer, receipt.reference, receipt.method});
}

void describe(Card& card, const domain::ClientState& client) {
    const Party& party = client.profile.party;
    card.status = client.archived ? "archived" : "live";
    card.currency = client.profile.currency;
    card.number = party.code;
    card.name = fold_text(party.name);
    card.search = searched({party.code, party.name, party.trade_name, party.siren, party.siret,
                            party.vat_number, party.address.postal_code, party.address.city});
}

void describe(Card& card, const domain::ProductState& product) {
    const ProductProfile& profile = product.profile;
    card.status = product.archived ? "archived" : "live";
    card.number = profile.code;
    std::string names;
    for (const LocalName& local : profile.names)
        names.append(local.name) += '\n';
    if (!profile.names.empty())
        card.name = fold_text(profile.names.front().name);
    card.search = searched({profile.code, names, profile.description});
}

void describe(Card& card, const domain::FileState& file) {
    card.client_id = ClientId{file.file.owner.id};
    card.status = file.erased ? "erased" : file.detached ? "detached" : "live";
    card.search = searched({file.file.name, file.file.media_type});
}

// Settings are found by what people call them; locks and imports are searched by nobody. All are
// listed in order of creation.
void describe(Card& card, const domain::CompanyState& company) {
    card.status = company.archived ? "archived" : "live";
}
void describe(Card& card, const domain::SeriesState& series) {
    card.status = series.closed ? "closed" : "live";
    card.search = searched({series.series.pattern, series.series.purpose});
}
std::string words_of(const TaxRateDefined& rate) {
    return searched({rate.tax.name, rate.tax.scheme, to_text(rate.tax.rate), rate.country});
}
std::string words_of(const TermsDefined& terms) { return searched({terms.name, terms.terms.text}); }
std::string words_of(const MoneyAccountDefined& account) {
    return searched({account.name, account.iban, account.ledger_account});
}
void describe(Card& card, const auto& state) {
    if constexpr (requires { words_of(state.definition); })
        card.search = words_of(state.definition);
    if constexpr (requires { state.retired; })
        card.status = state.retired ? "retired" : "live";
    else
        card.status = "live";
}

// As much of an invoice as its balance depends on.
domain::InvoiceState abridged(const Card& card) {
    domain::InvoiceState invoice;
    invoice.stage = domain::InvoiceStage::issued;
    invoice.content.totals.payable = card.payable;
    invoice.content.document.due_on = card.due_on;
    if (card.written_off != Amount{})
        invoice.write_offs.push_back({{.amount = card.written_off}, {}});
    return invoice;
}

bool is_issued_invoice(const Card& card) { return card.exists && card.status.empty(); }

} // namespace

Card card_of(const EntityRow& row) {
    Card card{.version = row.version,
              .revision = row.revision,
              .first = row.first,
              .created_at = row.created_at,
              .updated_at = row.updated_at,
              .exists = domain::exists(row.state)};
    std::visit(
        [&](const auto& state) {
            if constexpr (!std::is_same_v<decltype(state), const std::monostate&>)
                describe(card, state);
        },
        row.state);
    return card;
}

Amount due_of(const Card& invoice, const domain::Settled& settled) {
    return is_issued_invoice(invoice) ? domain::due(abridged(invoice), settled) : Amount{};
}

bool is_overdue(const Card& invoice, const domain::Settled& settled, Date today) {
    return is_issued_invoice(invoice) && domain::overdue(abridged(invoice), settled, today);
}

std::string status_of(EntityKind kind, const Card& card, const domain::Settled& settled) {
    if (kind == EntityKind::invoice && is_issued_invoice(card))
        return enum_name(domain::status(abridged(card), settled));
    return card.status;
}

Date day_of(const Card& card) {
    if (card.dated)
        return *card.dated;
    const std::int64_t micros = card.created_at.micros;
    const std::int64_t days = micros / kMicrosADay - (micros % kMicrosADay < 0 ? 1 : 0);
    return {static_cast<std::int32_t>(days)};
}

} // namespace daybook::projections
