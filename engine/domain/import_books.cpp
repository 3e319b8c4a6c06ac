#include "engine/domain/import_books.h"

#include "engine/domain/claims.h"
#include "engine/domain/outcome.h"
#include "engine/domain/period.h"
#include "events/codec/limits.h"
#include "events/json_difference.h"
#include "events/json_walk.h"

#include <algorithm>
#include <fmt/format.h>
#include <initializer_list>
#include <map>
#include <string>

namespace daybook::domain {
namespace {

// What makes two documents of one source the same document: all that was stated, without what we
// gave it ourselves: line ids, seller, language. The buyer is the client's business: he may have
// been changed here since.
Frozen as_stated(Frozen frozen) {
    frozen.seller = {};
    frozen.buyer.reset();
    frozen.document.language.clear();
    for (Line& line : frozen.document.lines)
        line.id = {};
    return frozen;
}

// What the sums of deciders rely on.
bool amounts_in_range(const Frozen& frozen) {
    const auto all_in_range = [](std::initializer_list<Amount> amounts) {
        return std::ranges::all_of(amounts, [](Amount amount) { return in_range(amount.minor); });
    };
    const Totals& t = frozen.totals;
    return all_in_range({t.lines, t.discount, t.charges, t.net, t.tax, t.total, t.prepaid,
                         t.rounding, t.payable})
           && std::ranges::all_of(frozen.taxes,
                                  [&](const TaxRow& row) {
                                      return all_in_range({row.base, row.amount});
                                  })
           && std::ranges::all_of(frozen.document.lines, [&](const Line& line) {
                  return all_in_range({line.net, line.discount_share, line.taxable});
              });
}

// "/due_on is 2010-12-01 here, 2010-12-02 in the file", of the first few fields that differ.
std::string differences(const Frozen& here, const Frozen& given) {
    constexpr std::size_t kTold = 3;
    constexpr std::string_view kOfDocument = "/document";
    const auto changes =
        changes_between(to_json_value(as_stated(here), 0), to_json_value(as_stated(given), 0));
    std::string text;
    for (std::size_t i = 0; i < changes.size() && i < kTold; ++i) {
        std::string_view pointer = changes[i].pointer;
        if (pointer.starts_with(kOfDocument))
            pointer.remove_prefix(kOfDocument.size());
        text += fmt::format("{}{} is {} here, {} in the file", i == 0 ? "" : "; ", pointer,
                            to_json(changes[i].before), to_json(changes[i].after));
    }
    if (changes.size() > kTold)
        text += fmt::format("; and {} more", changes.size() - kTold);
    return text;
}

// Where a document came from: the column of its number, in its first line of the file. What comes
// of no file is named by its place in the command.
std::string place_of(const ImportBooks& command, std::size_t index) {
    const External& external = command.documents[index].external;
    if (external.row == 0)
        return fmt::format("/documents/{}", index);
    const auto number = std::ranges::find(command.record.mapping, "number", &NamedText::value);
    const bool named = number != command.record.mapping.end();
    return fmt::format("/rows/{}{}", external.row,
                       named ? "/" + to_pointer_token(number->name) : std::string());
}

// "line 2, document "536365": "
std::string name_of_source(const ImportedDocument& document) {
    const std::uint64_t row = document.external.row;
    return fmt::format("{}document \"{}\": ", row == 0 ? "" : fmt::format("line {}, ", row),
                       document.imported.frozen.number);
}

bool is_credit_note(const ImportedDocument& document) {
    return document.imported.frozen.document.kind == DocumentKind::credit_note;
}

class Import {
  public:
    Import(const Books& books, const ImportBooks& command) : books_(books), command_(command) {}

    Decision run() {
        if (command_.clients.empty() && command_.documents.empty())
            return refuse(Code::import_empty);
        for (const ImportedClient& client : command_.clients)
            take(client);
        for (std::size_t i = 0; i < command_.documents.size(); ++i)
            take(command_.documents[i], i);
        if (!faults_.empty())
            return all_faults();
        if (events_.empty())
            return nothing_happens();
        events_.push_back(
            {{EntityKind::import, command_.record.import_id.value}, command_.record, {}, {}});
        if (events_.size() > kCommitEventsMax)
            return std::unexpected(too_large());
        return std::move(events_);
    }

  private:
    // ---- clients: one that is here already is that one, whatever became of him -----------------
    void take(const ImportedClient& client) {
        const std::string claim = source_claim(client.external);
        const auto holder = books_.claimant(claim);
        if (holder && holder->kind == EntityKind::client) {
            known_clients_[client.id] = {ClientId{holder->id},
                                         books_.client({holder->id})->profile.party};
            return;
        }
        const auto [first, is_new] = claims_.try_emplace(claim, client.id.value);
        known_clients_[client.id] = {ClientId{first->second}, {}};
        if (is_new)
            events_.push_back({ref(client.id), ClientCreated{client.profile}, {}, client.external});
    }

    // ---- documents
    // -------------------------------------------------------------------------------
    void take(const ImportedDocument& document, std::size_t index) {
        const std::string at = fmt::format("/documents/{}", index);
        Imported imported = document.imported;
        if (!take_client(imported.frozen, at) || !check(imported.frozen, at))
            return;
        const std::string claim = source_claim(document.external);
        if (const Frozen* here = find(claim)) {
            if (as_stated(*here) != as_stated(imported.frozen))
                faults_.push_back({place_of(command_, index), Code::import_conflict,
                                   name_of_source(document) + differences(*here, imported.frozen)});
            return;
        }
        const auto issued_on = imported.frozen.document.issued_on;
        NewEvent event{
            {is_credit_note(document) ? EntityKind::credit_note : EntityKind::invoice, document.id},
            InvoiceImported{},
            issued_on,
            document.external};
        if (is_credit_note(document))
            event.event = CreditNoteImported{std::move(imported), {}, document.credit_kind};
        else
            event.event = InvoiceImported{std::move(imported)};
        events_at_[claim] = events_.size();
        events_.push_back(std::move(event));
    }

    // The content that claim stands for: of the books, or earlier in this import.
    const Frozen* find(const std::string& claim) const {
        if (const auto earlier = events_at_.find(claim); earlier != events_at_.end())
            return frozen_of(events_[earlier->second].event);
        const auto holder = books_.claimant(claim);
        if (!holder)
            return nullptr;
        if (const auto* invoice = books_.invoice({holder->id}))
            return &invoice->content;
        const auto* note = books_.credit_note({holder->id});
        return note ? &note->content : nullptr;
    }
    static const Frozen* frozen_of(const Event& event) {
        if (const auto* invoice = std::get_if<InvoiceImported>(&event))
            return &invoice->imported.frozen;
        return &std::get<CreditNoteImported>(event).imported.frozen;
    }

    bool take_client(Frozen& frozen, const std::string& at) {
        auto& client_id = frozen.document.client_id;
        if (!client_id)
            return true;
        if (const auto known = known_clients_.find(*client_id); known != known_clients_.end()) {
            client_id = known->second.id;
            if (known->second.party) {
                // Who he is, the books know; where the document went, the document knows.
                Party buyer = *known->second.party;
                if (frozen.buyer)
                    buyer.address = frozen.buyer->address;
                frozen.buyer = std::move(buyer);
            }
            return true;
        }
        if (books_.client(*client_id))
            return true;
        faults_.push_back({at + "/client_id", Code::not_found, to_text(*client_id)});
        return false;
    }

    // Stated amounts are facts, but 0 <= due <= payable holds for every invoice, and what is
    // written must be readable again.
    bool check(const Frozen& frozen, const std::string& at) {
        const std::size_t before = faults_.size();
        const Document& document = frozen.document;
        const auto add = [&](const char* where, Code code, std::string detail) {
            faults_.push_back({at + where, code, std::move(detail)});
        };
        if (!document.currency.digits())
            add("/currency", Code::unknown_currency, document.currency.code);
        if (document.lines.size() > kLinesMax)
            add("/lines", Code::too_many_lines,
                fmt::format("{} of at most {}", document.lines.size(), kLinesMax));
        for (std::size_t i = 0; i < document.lines.size(); ++i)
            check_taxes_of(document.lines[i], fmt::format("{}/lines/{}/taxes", at, i));
        if (frozen.totals.total < Amount{} || frozen.totals.payable < Amount{})
            add("", Code::negative_total, frozen.number);
        if (!amounts_in_range(frozen))
            add("", Code::amount_overflow, frozen.number);
        if (document.issued_on)
            if (const auto open = not_locked(books_, *document.issued_on, at + "/issued_on"); !open)
                add("/issued_on", Code::period_locked, to_text(*document.issued_on));
        return faults_.size() == before;
    }

    // What can be credited must have rates that can be calculated with.
    void check_taxes_of(const Line& line, const std::string& at) {
        if (line.taxes.size() > kTaxesPerLineMax)
            faults_.push_back({at, Code::too_many_taxes, {}});
        for (const Tax& tax : line.taxes)
            if (tax.rate < Decimal{} || tax.rate > Decimal{100 * kMicro})
                faults_.push_back({at, Code::out_of_range, to_text(tax.rate) + " %"});
    }

    // The first are listed, all are counted: a whole file may be there with other content.
    Decision all_faults() {
        constexpr std::size_t kListed = 100;
        const std::size_t count = faults_.size();
        auto no = refuse_for(std::move(faults_));
        Refusal& refusal = no.error();
        if (count > kListed)
            refusal.faults.resize(kListed);
        refusal.detail =
            fmt::format("{} faults in {} documents; {}: {}", count, command_.documents.size(),
                        refusal.faults.front().pointer, refusal.faults.front().detail);
        return no;
    }

    Refusal too_large() const {
        return {Code::commit_too_large,
                fmt::format("{} events of at most {}", events_.size(), kCommitEventsMax),
                {},
                {{"events", std::to_string(events_.size())}}};
    }

    struct KnownClient {
        ClientId id;
        std::optional<Party> party; // Of one that was here before.
    };

    const Books& books_;
    const ImportBooks& command_;
    std::map<ClientId, KnownClient> known_clients_; // By the id that the command gave.
    std::map<std::string, Uuid> claims_;            // Of clients that this import makes.
    std::map<std::string, std::size_t> events_at_;  // Documents of this import by claim.
    std::vector<NewEvent> events_;
    Faults faults_;
};

} // namespace

Decision decide(const Books& books, const ImportBooks& command, const Circumstances&) {
    return Import(books, command).run();
}

} // namespace daybook::domain
