#include "api/samples/sample_books.h"

namespace daybook::api {
namespace {

constexpr std::int64_t kUnit = kMicro; // 1, as a Decimal.

Decimal decimal(std::int64_t hundredths) { return {hundredths * kUnit / 100}; }

Tax vat(std::int64_t hundredths_percent, const char* name) {
    return {"VAT", TaxCategory::S, decimal(hundredths_percent), name, {}, {}};
}

const Tax kNormal = vat(2000, "TVA 20 %");
const Tax kReduced = vat(550, "TVA 5,5 %");

// Submits as the company's owner would and stops at the first "no".
class Bookkeeper {
  public:
    explicit Bookkeeper(Application& application) : application_(application) {}

    Result<Revision> tell(domain::Command command, std::string reason = {}) {
        command::Submission submission;
        submission.company = company_;
        const std::string name(domain::name_of(command));
        submission.command = std::move(command);
        submission.actor.kind = ActorKind::system;
        submission.actor.name = "Camille Dupré";
        submission.source.channel = "sample";
        submission.source.program = application_.software();
        submission.reason = std::move(reason);
        const command::Outcome outcome = application_.submit_and_wait(std::move(submission));
        if (const auto* committed = std::get_if<command::Committed>(&outcome))
            return committed->last;
        if (const auto* refusal = std::get_if<domain::Refusal>(&outcome)) {
            std::string faults;
            for (const domain::Fault& fault : refusal->faults)
                faults += " " + fault.pointer + " " + std::string(name_of(fault.code));
            return fail(ErrorKind::invalid, name + ": " + std::string(name_of(refusal->code)) + " "
                                                + refusal->detail + faults);
        }
        return std::unexpected(std::get<Error>(outcome).within(name));
    }

    Uuid fresh() { return application_.ids().next_id(); }
    void work_for(CompanyId company) { company_ = company; }
    Date days_ago(int days) const {
        const auto today = application_.local_date(application_.clock().now(), "Europe/Paris");
        return add_days(today.value_or(Date{}), -days);
    }

  private:
    Application& application_;
    CompanyId company_{};
};

Party company_party() {
    Party party;
    party.name = "Atelier Dupré";
    party.legal_form = "SARL";
    party.capital = "8 000 €";
    party.siren = "404833048";
    party.siret = "40483304800014";
    party.register_entry = "RCS Lyon 404 833 048";
    party.vat_number = "FR83404833048";
    party.address = {{"12 rue des Capucins"}, "69001", "Lyon", "", "FR", ""};
    party.bank = BankAccount{"FR7630006000011234567890189", "AGRIFRPP"};
    return party;
}

CompanyProfile company_profile() {
    CompanyProfile profile;
    profile.party = company_party();
    profile.country = "FR";
    profile.base_currency = {"EUR"};
    profile.locale = "fr-FR";
    profile.time_zone = "Europe/Paris";
    profile.year_end = "12-31";
    profile.default_terms.days = 30;
    profile.default_terms.penalty_rate = "3 fois le taux d'intérêt légal";
    profile.default_terms.recovery_fee = "40 €";
    profile.default_terms.early_discount = "Pas d'escompte pour paiement anticipé";
    profile.country_profile = "FR";
    return profile;
}

struct SampleClient {
    const char* code;
    const char* name;
    const char* street;
    const char* postal_code;
    const char* city;
    PartyKind kind = PartyKind::business;
};

ClientProfile client_profile(const SampleClient& sample) {
    ClientProfile profile;
    profile.party.kind = sample.kind;
    profile.party.code = sample.code;
    profile.party.name = sample.name;
    profile.party.address = {{sample.street}, sample.postal_code, sample.city, "", "FR", ""};
    profile.currency = {"EUR"};
    profile.language = "fr-FR";
    return profile;
}

ProductProfile product_profile(const char* code, const char* name, std::int64_t price_cents,
                               const Tax& tax, Nature nature, const char* unit) {
    ProductProfile profile;
    profile.code = code;
    profile.names = {{"fr-FR", name}};
    profile.unit = unit;
    profile.prices = {{{"EUR"}, decimal(price_cents), PriceSide::without_tax}};
    profile.taxes = {tax};
    profile.nature = nature;
    return profile;
}

struct SampleLine {
    const char* description;
    std::int64_t quantity_hundredths;
    std::int64_t price_cents;
    const Tax& tax;
    Nature nature;
};

domain::DraftInvoice draft(Bookkeeper& keeper, ClientId client, Date issued_on,
                           const std::vector<SampleLine>& lines) {
    domain::DraftInvoice command;
    command.id = InvoiceId{keeper.fresh()};
    Document& document = command.input.document;
    document.client_id = client;
    document.issued_on = issued_on;
    document.delivered_on = issued_on;
    for (const SampleLine& sample : lines) {
        Line line;
        line.id = LineItemId{keeper.fresh()};
        line.position = static_cast<std::uint32_t>(document.lines.size() + 1);
        line.description = sample.description;
        line.quantity = decimal(sample.quantity_hundredths);
        line.unit_price = decimal(sample.price_cents);
        line.nature = sample.nature;
        line.taxes = {sample.tax};
        document.lines.push_back(std::move(line));
        command.input.line_discounts.emplace_back();
    }
    return command;
}

Result<InvoiceId> issued(Bookkeeper& keeper, ClientId client, Date on,
                         const std::vector<SampleLine>& lines) {
    domain::DraftInvoice command = draft(keeper, client, on, lines);
    const InvoiceId id = command.id;
    TRY(keeper.tell(std::move(command)));
    TRY(keeper.tell(domain::IssueInvoice{id, on, {}}));
    return id;
}

Result<void> pay(Bookkeeper& keeper, ClientId client, InvoiceId invoice, std::int64_t cents,
                 Date on, const char* method, const char* reference) {
    domain::RecordPayment command;
    command.id = PaymentId{keeper.fresh()};
    command.client_id = client;
    command.amount = decimal(cents);
    command.received_on = on;
    command.method = method;
    command.reference = reference;
    command.allocations = {{AllocationId{keeper.fresh()}, invoice, decimal(cents)}};
    TRY(keeper.tell(std::move(command)));
    return {};
}

Result<std::vector<ClientId>> make_clients(Bookkeeper& keeper) {
    const SampleClient samples[] = {
        {"C001", "Café Olé", "3 place Bellecour", "69002", "Lyon"},
        {"C002", "Librairie du Parc", "48 avenue Foch", "69006", "Lyon"},
        {"C003", "Mairie de Villeurbanne", "Place Lazare-Goujon", "69100", "Villeurbanne",
         PartyKind::public_body},
        {"C004", "Hôtel des Terreaux", "16 rue Lanterne", "69001", "Lyon"}};
    std::vector<ClientId> clients;
    for (const SampleClient& sample : samples) {
        clients.push_back(ClientId{keeper.fresh()});
        TRY(keeper.tell(domain::CreateClient{clients.back(), client_profile(sample)}));
    }
    return clients;
}

Result<void> make_products(Bookkeeper& keeper) {
    const ProductProfile products[] = {
        product_profile("CONS", "Conseil et conception", 9'000, kNormal, Nature::service, "heure"),
        product_profile("POSE", "Pose sur place", 6'500, kNormal, Nature::service, "heure"),
        product_profile("LIVRE", "Livret d'entretien", 500, kReduced, Nature::goods, "pièce"),
        product_profile("TABLE", "Table en chêne", 120'000, kNormal, Nature::goods, "pièce")};
    for (const ProductProfile& profile : products)
        TRY(keeper.tell(domain::CreateProduct{ProductId{keeper.fresh()}, profile}));
    for (const Tax& tax : {kNormal, kReduced})
        TRY(keeper.tell(domain::DefineTaxRate{TaxRateId{keeper.fresh()}, {tax, {}, {}, "FR"}}));
    return {};
}

// One of each: paid, overdue, part-paid, credited, issued lately, a draft.
Result<void> make_invoices(Bookkeeper& keeper, const std::vector<ClientId>& clients) {
    const auto service = Nature::service;
    const auto goods = Nature::goods;
    const InvoiceId paid = TRY(issued(keeper, clients[0], keeper.days_ago(75),
                                      {{"Conseil et conception", 1'000, 10'000, kNormal, service},
                                       {"Livrets d'entretien", 1'000, 500, kReduced, goods}}));
    TRY(issued(keeper, clients[1], keeper.days_ago(60),
               {{"Table en chêne", 100, 120'000, kNormal, goods}}));
    const InvoiceId part_paid = TRY(issued(keeper, clients[2], keeper.days_ago(40),
                                           {{"Pose sur place", 1'600, 6'500, kNormal, service}}));
    const InvoiceId credited = TRY(issued(keeper, clients[3], keeper.days_ago(20),
                                          {{"Tables en chêne", 200, 120'000, kNormal, goods},
                                           {"Pose sur place", 400, 6'500, kNormal, service}}));
    TRY(issued(keeper, clients[0], keeper.days_ago(5),
               {{"Conseil et conception", 350, 9'000, kNormal, service}}));
    TRY(pay(keeper, clients[0], paid, 125'275, keeper.days_ago(50), "transfer", "VIR-881"));
    TRY(pay(keeper, clients[2], part_paid, 60'000, keeper.days_ago(12), "cheque", "CHQ 4471"));
    domain::CreditInvoice credit;
    credit.invoice_id = credited;
    credit.credit_note_id = CreditNoteId{keeper.fresh()};
    credit.allocation_id = AllocationId{keeper.fresh()};
    credit.all = true;
    credit.kind = CreditKind::return_of_goods;
    credit.reason = "Commande annulée par le client";
    credit.issued_on = keeper.days_ago(3);
    TRY(keeper.tell(credit, credit.reason));
    TRY(keeper.tell(draft(keeper, clients[1], keeper.days_ago(0),
                          {{"Table en chêne", 100, 120'000, kNormal, goods},
                           {"Livret d'entretien", 100, 500, kReduced, goods}})));
    return {};
}

} // namespace

Result<void> write_sample_books(Application& application) {
    Bookkeeper keeper(application);
    domain::CreateCompany command;
    command.id = CompanyId{keeper.fresh()};
    command.profile = company_profile();
    command.invoice_series = SeriesId{keeper.fresh()};
    command.credit_note_series = SeriesId{keeper.fresh()};
    keeper.work_for(command.id);
    TRY(keeper.tell(std::move(command)));
    const std::vector<ClientId> clients = TRY(make_clients(keeper));
    TRY(make_products(keeper));
    return make_invoices(keeper, clients);
}

} // namespace daybook::api
