#include "api/present/label.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

struct Labels {
    Language language;

    std::string operator()(const std::monostate&) const { return {}; }
    std::string operator()(const domain::CompanyState& company) const {
        return company.profile.party.name;
    }
    std::string operator()(const domain::SeriesState& series) const {
        return series.series.pattern;
    }
    std::string operator()(const domain::TaxRateState& rate) const {
        const Tax& tax = rate.definition.tax;
        return tax.name.empty() ? tax.scheme + " " + to_text(tax.rate) + " %" : tax.name;
    }
    std::string operator()(const domain::TermsState& terms) const { return terms.definition.name; }
    std::string operator()(const domain::MoneyAccountState& account) const {
        return account.definition.name;
    }
    std::string operator()(const domain::PeriodState& period) const {
        return words("through ", "jusqu'au ") + to_text(period.through);
    }
    std::string operator()(const domain::ClientState& client) const {
        return client.profile.party.name;
    }
    std::string operator()(const domain::ProductState& product) const {
        const ProductProfile& profile = product.profile;
        if (!profile.code.empty() || profile.names.empty())
            return profile.code;
        return profile.names.front().name;
    }
    std::string operator()(const domain::InvoiceState& invoice) const {
        const Frozen& content = invoice.content;
        if (!content.number.empty())
            return content.number;
        return words("draft of ", "brouillon de ")
               + money(content.totals.total, content.document.currency);
    }
    std::string operator()(const domain::CreditNoteState& note) const {
        return note.content.number;
    }
    std::string operator()(const domain::PaymentState& payment) const {
        const Receipt& receipt = payment.receipt;
        if (!receipt.number.empty())
            return receipt.number;
        return money(receipt.amount, receipt.currency) + words(" of ", " du ")
               + to_text(receipt.received_on);
    }
    std::string operator()(const domain::FileState& file) const { return file.file.name; }
    std::string operator()(const domain::ImportState& import) const {
        return import.record.file.name;
    }
    std::string operator()(const domain::TimelineState& timeline) const {
        return words("back to @", "retour à @") + std::to_string(timeline.last.to);
    }

  private:
    std::string words(const char* english, const char* french) const {
        return language == Language::french ? french : english;
    }
    static std::string money(Amount amount, const Currency& currency) {
        return to_text(amount, currency.digits().value_or(2)) + " " + currency.code;
    }
};

} // namespace

std::string label_of(const domain::State& state, Language language) {
    return std::visit(Labels{language}, state);
}

} // namespace daybook::api
