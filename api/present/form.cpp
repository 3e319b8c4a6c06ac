#include "api/present/form.h"

#include "api/present/client.h"
#include "api/present/company.h"
#include "api/present/credit_note.h"
#include "api/present/file.h"
#include "api/present/invoice.h"
#include "api/present/payment.h"
#include "api/present/product.h"
#include "api/present/settings.h"
#include "events/json_walk.h"

namespace daybook::api {
namespace {

class Forming {
  public:
    Forming(int digits, const Unseal& unseal) : digits_(digits), unseal_(unseal) {}

    Result<Json> operator()(const std::monostate&) const { return Json(); }
    Result<Json> operator()(const domain::CompanyState& company) const {
        return company_form(company);
    }
    Result<Json> operator()(const domain::ClientState& client) const {
        return client_form(client, TRY(words(client.profile.contacts)),
                           TRY(words(client.profile.private_notes)));
    }
    Result<Json> operator()(const domain::ProductState& product) const {
        return product_form(product);
    }
    Result<Json> operator()(const domain::InvoiceState& invoice) const {
        Json form = invoice_form(invoice);
        form.set("private_notes", TRY(words(invoice.private_notes)));
        return form;
    }
    Result<Json> operator()(const domain::CreditNoteState& note) const {
        return credit_note_form(note);
    }
    Result<Json> operator()(const domain::PaymentState& payment) const {
        Json form = payment_form(payment);
        form.set("private_note", TRY(words(payment.private_note)));
        return form;
    }
    Result<Json> operator()(const domain::FileState& file) const { return file_form(file); }
    // No answer shows these as things: imports, and what happened to the books.
    Result<Json> operator()(const domain::ImportState& import) const {
        return to_json_value(import, digits_);
    }
    Result<Json> operator()(const domain::TimelineState& timeline) const {
        return to_json_value(timeline, digits_);
    }
    Result<Json> operator()(const auto& setting) const { return setting_form(setting); }

  private:
    Result<Json> words(const std::optional<Hash>& name) const {
        if (!name)
            return Json();
        const auto opened = TRY(unseal_(*name));
        return opened ? *opened : Json();
    }

    int digits_;
    const Unseal& unseal_;
};

} // namespace

Result<Json> form_of(const domain::State& state, int digits, const Unseal& unseal) {
    return std::visit(Forming(digits, unseal), state);
}

Result<std::vector<FieldChange>> changes_between(const domain::State& before,
                                                 const domain::State& after, int digits,
                                                 const Unseal& unseal) {
    return changes_between(TRY(form_of(before, digits, unseal)),
                           TRY(form_of(after, digits, unseal)));
}

Json to_json_changes(const std::vector<FieldChange>& changes) {
    JsonArray items;
    for (const FieldChange& change : changes) {
        Json item;
        item.set("pointer", change.pointer);
        item.set("before", change.before);
        item.set("after", change.after);
        items.push_back(std::move(item));
    }
    return items;
}

} // namespace daybook::api
