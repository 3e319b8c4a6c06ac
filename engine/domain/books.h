// What a decision may look at: the books of one company as of the moment it is taken.
//
// An interface, so that the sequencer can serve it from folded events and a test from a list of
// them. Implementations answer from events already recorded (or decided earlier in the same group)
// and are not changed by being asked.
#pragma once

#include "engine/domain/timeline.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::domain {

// How far a number series has come in one period. Never goes back, whatever is rolled back.
struct SeriesPosition {
    std::uint64_t last = 0; // 0 = nothing issued, no floor.
    std::optional<Date> last_issued_on;

    bool operator==(const SeriesPosition&) const = default;
};
SeriesPosition farther(SeriesPosition a, const SeriesPosition& b);

class Books {
  public:
    virtual ~Books() = default;

    // Null when the thing does not exist now. The pointer lives until the next event is applied.
    virtual const State* find(EntityRef thing) const = 0;
    // Ids of all existing things of a kind. For small kinds: series, settings, periods.
    virtual std::vector<Uuid> all(EntityKind kind) const = 0;
    // Payments and credit notes whose events ever named that invoice, existing or not.
    virtual std::vector<EntityRef> touching(EntityRef thing) const = 0;
    virtual SeriesPosition series_position(SeriesId series, std::string_view period) const = 0;
    // Latest issued_on over all periods of the series.
    virtual std::optional<Date> series_last_issued_on(SeriesId series) const = 0;
    // Who holds a unique code or source id now (claims.h).
    virtual std::optional<EntityRef> claimant(std::string_view claim) const = 0;
    // True once any document (invoice beyond draft, credit note, payment) was ever recorded.
    virtual bool has_documents() const = 0;
    // How these books came to be; for decisions about going back.
    virtual const Timeline& timeline() const = 0;

    // Typed, nullptr when absent.
    template <class T>
    const T* get(EntityKind kind, Uuid id) const {
        const State* state = find({kind, id});
        return state ? std::get_if<T>(state) : nullptr;
    }
    const CompanyState* company(CompanyId id) const {
        return get<CompanyState>(EntityKind::company, id.value);
    }
    const ClientState* client(ClientId id) const {
        return get<ClientState>(EntityKind::client, id.value);
    }
    const ProductState* product(ProductId id) const {
        return get<ProductState>(EntityKind::product, id.value);
    }
    const InvoiceState* invoice(InvoiceId id) const {
        return get<InvoiceState>(EntityKind::invoice, id.value);
    }
    const CreditNoteState* credit_note(CreditNoteId id) const {
        return get<CreditNoteState>(EntityKind::credit_note, id.value);
    }
    const PaymentState* payment(PaymentId id) const {
        return get<PaymentState>(EntityKind::payment, id.value);
    }
    const SeriesState* series(SeriesId id) const {
        return get<SeriesState>(EntityKind::series, id.value);
    }
};

// The latest lock that is not lifted; nothing when the books are open.
std::optional<Date> locked_through(const Books& books);

} // namespace daybook::domain
